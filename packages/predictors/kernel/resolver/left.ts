/**
 * Left context: the characters before a letter, all of them known by now. What is before a sentence does not count, so
 * that the start of a text is like any start of a sentence.
 */
import { LAST_OF_WORD, NOTHING, SPACE, STOP } from "./symbols";

/** The last symbols at the start of a sentence. */
const START: u64 = (<u64>STOP << 6) | SPACE;

const PREVIOUS_FACTOR: u64 = 0x8ebc6af09c88c6e3;

/** The last symbols, 6 bits each, the nearest lowest. */
export let past: u64 = START;
/** Symbols of the word so far, 6 bits each, up to 10 and a part of the eleventh; 0 between words. */
export let word: u64 = 0;
/** Hash of the word before. */
export let previous: u64 = 0;

export function startLeft(): void {
  past = START;
  word = 0;
  previous = 0;
}

/** Appends a symbol. */
// @ts-ignore: decorator
@inline
export function pushSymbol(symbol: i32): void {
  if (symbol == NOTHING) return;
  past = (past << 6) | symbol;
  if (symbol <= LAST_OF_WORD) word = (word << 6) | symbol;
  else if (word != 0) {
    previous = word * PREVIOUS_FACTOR;
    word = 0;
  }
  if ((past & 0xfff) == START) {
    past = START;
    previous = 0;
  }
}

/** Bytes of a saved left context. */
export const LEFT_BYTES: usize = 24;

export function saveLeft(address: usize): void {
  store<u64>(address, past, 0);
  store<u64>(address, word, 8);
  store<u64>(address, previous, 16);
}

export function restoreLeft(address: usize): void {
  past = load<u64>(address, 0);
  word = load<u64>(address, 8);
  previous = load<u64>(address, 16);
}

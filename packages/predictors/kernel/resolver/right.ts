/**
 * Right contexts: what is known of the characters after a letter. They come from the cells alone, so they are worked
 * out ahead, from right to left, a slice at a time. No context reaches further than 34 characters, hence no further than
 * {@link REACH} cells: the slices leave no trace.
 */
import {
  FIRST_CODE, LAST_OF_WORD, NOTHING, STOP, cellAt, isAmbiguous, knownSymbol, leftSymbol, member, rightSymbol,
} from "./symbols";

/** Cells whose contexts are worked out at a time. */
const SLICE: i32 = 2048;
/** 34 characters of up to four bytes. */
const REACH: i32 = 136;

// A record a cell.
const RECORD: usize = 24;
/** u64: hash of the codes of the rest of the word, up to 12 and a part of the 13th. */
export const REST: usize = 0;
/** u64: the same of the next word, if it begins within 8 characters after this one, which ends within 12; else 0. */
export const NEXT: usize = 8;
/** u32: the next four right symbols, 5 bits each, the nearest lowest. */
export const FOLLOWING: usize = 16;
/** u8: left symbol of a cell that is not ambiguous. */
export const SYMBOL: usize = 20;

const LONGEST_REST: i32 = 12;
const LONGEST_GAP: i32 = 8;

const REST_FACTOR: u64 = 0xd6e8feb86659fd93;
const NEXT_FACTOR: u64 = 0xa0761d6478bd642f;

const records = memory.data(<i32>RECORD * SLICE, 64);
let first: i32 = 0;
let end: i32 = 0;

/** Forgets the slice: other cells follow. */
export function startRight(): void {
  first = 0;
  end = 0;
}

/** The record of place i; places are asked for from left to right. */
// @ts-ignore: decorator
@inline
export function rightOf(cells: usize, length: i32, i: i32): usize {
  if (i >= end) lookAhead(cells, length, i);
  return records + <usize>(i - first) * RECORD;
}

function lookAhead(cells: usize, length: i32, from: i32): void {
  first = from;
  end = min(length, from + SLICE);
  // Nothing beyond the end of the sentence counts, and the text ends as a sentence does.
  let following: u32 = rightSymbol(0x2e, STOP);
  let rest: u64 = 0;
  let restLength = 0;
  let next: u64 = 0;
  let after: u64 = 0;
  let gap = LONGEST_GAP + 1;
  for (let i = min(length, end + REACH) - 1; i >= from; i--) {
    const cell = cellAt(cells, i);
    const ambiguous = isAmbiguous(cell);
    const byte = cell < FIRST_CODE ? cell : member(cell - FIRST_CODE, 0);
    const left = ambiguous ? leftSymbol(byte) : knownSymbol(cells, i, length, cell);
    if (restLength == 0) next = gap <= LONGEST_GAP ? after : 0;
    if (i < end) {
      const record = records + <usize>(i - from) * RECORD;
      store<u64>(record, rest * REST_FACTOR, REST);
      store<u64>(record, restLength > LONGEST_REST ? 0 : next * NEXT_FACTOR, NEXT);
      store<u32>(record, following, FOLLOWING);
      store<u8>(record, <u8>left, SYMBOL);
    }
    if (left == NOTHING) continue;
    const symbol = rightSymbol(byte, left);
    following = left == STOP ? symbol : ((following << 5) | symbol) & 0xfffff;
    if (left <= LAST_OF_WORD) {
      rest = (rest << 5) | symbol;
      restLength++;
      gap = 0;
      after = rest;
    } else {
      rest = 0;
      restLength = 0;
      gap = left == STOP ? LONGEST_GAP + 1 : gap + 1;
    }
  }
}

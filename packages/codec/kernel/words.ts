/**
 * Codes to text, in slices: what `src/transforms/words/decode.ts` does, quickly. What it finds wrong it only says to be wrong.
 * `controls.ts` and `slots.ts` there have the same numbers.
 */

/** Bytes of codes and of text in a slice. */
const CODES: i32 = 32_768;
const TEXT: i32 = 131_072;
/** Room that a step may take: a word of 31 letters and its space, stored sixteen at a time; a flag and a code. */
const SPARE: i32 = 64;
const LONGEST_CODE: i32 = 4;

const JOIN: i32 = 0x0b;
const ESCAPE: i32 = 0x0c;
const FIRST_CAPITAL: i32 = 0x0e;
const ALL_CAPITALS: i32 = 0x0f;
const SPACE: i32 = 0x20;
const TWO_BYTES: i32 = 64;
const THREE_BYTES: i32 = 64 + 48 * 64;
const GROUP: i32 = 32 * 64;

const AFTER_OTHER: i32 = 0;
const AFTER_LETTERS: i32 = 1;
const AFTER_CODE: i32 = 2;

const codes = memory.data(CODES + 8, 64);
const text = memory.data(TEXT + SPARE, 64);
let starts: usize = 0;
let letters: usize = 0;

let previous: i32 = AFTER_OTHER;
/** Whether the last byte was a literal of 0x80 or more. */
let literal: bool = false;
/** Of letters that are written out and may go on in the next slice: what of them is kept; 0: there are none. */
let run: i32 = 0;
let consumed: i32 = 0;
let isWrong: bool = false;

/** Makes room for a dictionary; its letters and starts are then put at their addresses. */
export function reserve(lettersLength: i32, slots: i32): void {
  starts = (__heap_base + 63) & ~63;
  letters = starts + 4 * (slots + 1);
  const pages = <i32>((letters + lettersLength + SPARE + 0xffff) >>> 16) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) unreachable();
}

/** Where each slot's word starts among the letters, u32; and where the last one ends. */
export function startsAddress(): usize {
  return starts;
}

export function lettersAddress(): usize {
  return letters;
}

export function codesAddress(): usize {
  return codes;
}

export function textAddress(): usize {
  return text;
}

/** Codes of a slice at most. */
export function sliceLength(): i32 {
  return CODES;
}

export function start(): void {
  previous = AFTER_OTHER;
  literal = false;
  run = 0;
  isWrong = false;
}

/** How many codes the last slice took. */
export function taken(): i32 {
  return consumed;
}

/** 1 if no encoder writes what was found, else 0. */
export function wrong(): i32 {
  return <i32>isWrong;
}

// @ts-ignore: decorator
@inline
function isLetter(byte: i32): bool {
  return <u32>((byte | 0x20) - 0x61) < 26;
}

// @ts-ignore: decorator
@inline
function isSmall(byte: i32): bool {
  return <u32>(byte - 0x61) < 26;
}

/**
 * Decodes a slice: of `available` bytes at codesAddress as many as the room for text allows, and as are there in full.
 *
 * @param isLast 1 if no others follow, else 0
 * @returns bytes of text at textAddress
 */
export function decode(available: i32, isLast: i32): i32 {
  let at = codes;
  const end = codes + available;
  /** No code may begin here or beyond, unless all are there. */
  const stop = isLast ? end : end - LONGEST_CODE;
  let to = text;
  const full = text + TEXT - SPARE;
  let before = previous;
  let isLiteral = literal;
  let mask = run;
  while (at < stop && to < full) {
    let byte: i32 = load<u8>(at);
    if (mask != 0) {
      if (isLetter(byte)) {
        do {
          store<u8>(to, byte & mask);
          to++;
          at++;
          // The first letter alone is a capital, unless all are.
          if (mask == 0x1df) mask = 0xff;
          byte = load<u8>(at);
        } while (at < end && to < full && isLetter(byte));
        continue;
      }
      mask = 0;
    }
    let flag = 0;
    if (byte == FIRST_CAPITAL || byte == ALL_CAPITALS) {
      flag = byte;
      at++;
      byte = at < end ? <i32>load<u8>(at) : 0;
      isLiteral = false;
      if (byte < 0x80 && !isSmall(byte)) {
        isWrong = true;
        break;
      }
    }
    if (byte >= 0x80 && !isLiteral) {
      let slot = byte - 0x80;
      if (byte >= 0xf0) {
        const middle = <i32>load<u8>(at, 1) - 0x80;
        const last = <i32>load<u8>(at, 2) - 0x80;
        if (at + 2 >= end || <u32>middle > 31 || <u32>last > 63) {
          isWrong = true;
          break;
        }
        slot = THREE_BYTES + (byte - 0xf0) * GROUP + middle * 64 + last;
        at += 3;
      } else if (byte >= 0xc0) {
        const last = <i32>load<u8>(at, 1) - 0x80;
        if (at + 1 >= end || <u32>last > 63) {
          isWrong = true;
          break;
        }
        slot = TWO_BYTES + (byte - 0xc0) * 64 + last;
        at += 2;
      } else at++;
      const from: i32 = load<u32>(starts + slot * 4);
      const length = <i32>load<u32>(starts + slot * 4, 4) - from;
      if (length == 0) {
        isWrong = true;
        break;
      }
      store<u8>(to, SPACE);
      to += before == AFTER_OTHER ? 0 : 1;
      const capitals = i8x16.splat(<i8>(flag == ALL_CAPITALS ? 0xdf : 0xff));
      v128.store(to, v128.and(v128.load(letters + from), capitals));
      if (length > 16) v128.store(to, v128.and(v128.load(letters + from, 16), capitals), 16);
      if (flag != 0) store<u8>(to, load<u8>(to) & 0xdf);
      to += length;
      before = AFTER_CODE;
    } else if (isLetter(byte)) {
      if (before == AFTER_CODE || (before == AFTER_LETTERS && flag != 0)) {
        store<u8>(to, SPACE);
        to++;
      }
      mask = flag == 0 ? 0xff : flag == ALL_CAPITALS ? 0xdf : 0x1df;
      before = AFTER_LETTERS;
      isLiteral = false;
    } else {
      at++;
      before = AFTER_OTHER;
      if (byte == JOIN) {
        isLiteral = false;
        continue;
      }
      if (byte == ESCAPE) {
        if (at >= end) {
          isWrong = true;
          break;
        }
        byte = load<u8>(at);
        at++;
        isLiteral = byte >= 0x80;
      } else if (byte < 0x80) isLiteral = false;
      store<u8>(to, byte);
      to++;
    }
  }
  previous = before;
  literal = isLiteral;
  run = mask;
  consumed = <i32>(at - codes);
  return <i32>(to - text);
}

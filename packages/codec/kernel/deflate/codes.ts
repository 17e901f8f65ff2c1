/** The codes of RFC 1951: which symbol a length and a distance have, and the bits that follow it. */

/** Symbols of literals, of the end of a block, and of lengths. */
export const LITERALS: i32 = 286;
export const END_OF_BLOCK: i32 = 256;
/** The symbol of the shortest length is the one after the end of a block. */
export const FIRST_LENGTH: i32 = 257;
export const DISTANCES: i32 = 30;
/** Symbols of the code that code lengths are written in. */
export const LENGTH_CODES: i32 = 19;

export const MIN_MATCH: i32 = 3;
export const MAX_MATCH: i32 = 258;
export const MAX_DISTANCE: i32 = 32768;

/** Longest codes: of literals and distances, and of code lengths. */
export const MAX_CODE: i32 = 15;
export const MAX_LENGTH_CODE: i32 = 7;

/** Repeats the length before 3 to 6 times, zero 3 to 10 times, zero 11 to 138 times. */
export const REPEAT_LAST: i32 = 16;
export const REPEAT_ZERO: i32 = 17;
export const REPEAT_ZERO_LONG: i32 = 18;

const lengthBases = memory.data(29 * 2);
const lengthExtras = memory.data(29);
/** By length less 3. */
const lengthSymbols = memory.data(256);
const distanceBases = memory.data(30 * 4);
const distanceExtras = memory.data(30);
/** By distance less 1 up to 256, and by its upper bits behind that. */
const distanceSymbols = memory.data(512);
/** The order in which the lengths of the code of code lengths are written. */
const order = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

/** Fills the tables; once an instance. */
export function initCodes(): void {
  let length = MIN_MATCH;
  for (let symbol = 0; symbol < 28; symbol++) {
    const extra = symbol < 8 ? 0 : (symbol >> 2) - 1;
    store<u16>(lengthBases + (symbol << 1), length);
    store<u8>(lengthExtras + symbol, extra);
    for (let i = 0; i < 1 << extra; i++) store<u8>(lengthSymbols + length++ - MIN_MATCH, symbol);
  }
  // The longest has a symbol of its own, though the one before reaches it, too.
  store<u16>(lengthBases + 56, MAX_MATCH);
  store<u8>(lengthExtras + 28, 0);
  store<u8>(lengthSymbols + MAX_MATCH - MIN_MATCH, 28);
  let distance = 1;
  for (let symbol = 0; symbol < DISTANCES; symbol++) {
    const extra = symbol < 4 ? 0 : (symbol >> 1) - 1;
    store<u32>(distanceBases + (symbol << 2), distance);
    store<u8>(distanceExtras + symbol, extra);
    for (let i = 0; i < 1 << extra; i++, distance++) {
      if (distance <= 256) store<u8>(distanceSymbols + distance - 1, symbol);
      else store<u8>(distanceSymbols + 256 + ((distance - 1) >> 7), symbol);
    }
  }
}

/** The symbol of a length, less that of the shortest. */
// @ts-ignore: decorator
@inline
export function lengthSymbol(length: i32): i32 {
  return load<u8>(lengthSymbols + length - MIN_MATCH);
}

// @ts-ignore: decorator
@inline
export function lengthBase(symbol: i32): i32 {
  return load<u16>(lengthBases + (symbol << 1));
}

// @ts-ignore: decorator
@inline
export function lengthExtra(symbol: i32): i32 {
  return load<u8>(lengthExtras + symbol);
}

// @ts-ignore: decorator
@inline
export function distanceSymbol(distance: i32): i32 {
  return distance <= 256
    ? load<u8>(distanceSymbols + distance - 1)
    : load<u8>(distanceSymbols + 256 + ((distance - 1) >> 7));
}

// @ts-ignore: decorator
@inline
export function distanceBase(symbol: i32): i32 {
  return load<u32>(distanceBases + (symbol << 2));
}

// @ts-ignore: decorator
@inline
export function distanceExtra(symbol: i32): i32 {
  return load<u8>(distanceExtras + symbol);
}

/** The symbol whose code length is written at a place. */
// @ts-ignore: decorator
@inline
export function orderedSymbol(place: i32): i32 {
  return load<u8>(order + place);
}

/** Code length of a literal in the fixed code. */
// @ts-ignore: decorator
@inline
export function fixedLength(symbol: i32): i32 {
  return symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8;
}

/** Code length of every distance in the fixed code. */
export const FIXED_DISTANCE: i32 = 5;

/** Bits behind a symbol of the code of code lengths. */
// @ts-ignore: decorator
@inline
export function repeatExtra(symbol: i32): i32 {
  return symbol < REPEAT_LAST ? 0 : symbol == REPEAT_LAST ? 2 : symbol == REPEAT_ZERO ? 3 : 7;
}

/** The fewest repeats that a symbol of the code of code lengths stands for. */
// @ts-ignore: decorator
@inline
export function repeatBase(symbol: i32): i32 {
  return symbol < REPEAT_LAST ? 1 : symbol == REPEAT_ZERO_LONG ? 11 : 3;
}

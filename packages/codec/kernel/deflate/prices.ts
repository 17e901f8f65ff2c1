/**
 * Prices of a block's symbols in 1/16 of a bit, as an encoder may have them that goes over its block more than once: from
 * the lengths of its codes, and where that is asked for, refined by how often each symbol came in the block so far.
 */

import { isLiteral, matchDistance, matchLength } from "./block";
import {
  DISTANCES, distanceExtra, distanceSymbol, FIRST_LENGTH, lengthExtra, LITERALS, lengthSymbol, MAX_MATCH, MIN_MATCH,
} from "./codes";

/** Log2 of the parts of a bit. */
const PARTS: i32 = 4;
/** What a symbol without a code takes: more than anything else. */
const NEVER: i32 = 1 << 16;
/** Log2 of how many tokens the lengths of the codes count for, and of what a token counts: a code of any length is one. */
const KNOWN: i32 = 8;
const TOKEN: i32 = 8;
/** Prices are refined after so many tokens, a power of two. */
const OFTEN: i32 = 256;

const symbols = memory.data(4 * (LITERALS + DISTANCES));
/** The same of each length and of each symbol of a distance, with the bits behind them. */
const lengthPrices = memory.data(4 * (MAX_MATCH + 1));
const distancePrices = memory.data(4 * DISTANCES);
/** How often each symbol came. */
const counts = memory.data(4 * (LITERALS + DISTANCES));

/** Lengths of the codes: of literals and lengths, then of distances. */
let codes: usize = 0;
let refines: bool = false;
let tokens: i32 = 0;
let matches: i32 = 0;

/** Starts on a block. @param lengths of its codes: of literals and lengths, then of distances */
export function startPrices(lengths: usize, areRefined: bool): void {
  codes = lengths;
  refines = areRefined;
  tokens = 0;
  matches = 0;
  memory.fill(counts, 0, 4 * (LITERALS + DISTANCES));
  setPrices();
}

/** Learns a token of the block. */
export function countPrice(token: i32): void {
  if (!refines) return;
  if (isLiteral(token)) increase(token);
  else {
    increase(FIRST_LENGTH + lengthSymbol(matchLength(token)));
    increase(LITERALS + distanceSymbol(matchDistance(token)));
    matches++;
  }
  tokens++;
  if ((tokens & (OFTEN - 1)) == 0) setPrices();
}

// @ts-ignore: decorator
@inline
export function fineLiteral(byte: u8): i32 {
  return load<i32>(symbols + (<usize>byte << 2));
}

// @ts-ignore: decorator
@inline
export function fineLength(length: i32): i32 {
  return load<i32>(lengthPrices + (<usize>length << 2));
}

// @ts-ignore: decorator
@inline
export function fineDistance(distance: i32): i32 {
  return load<i32>(distancePrices + (<usize>distanceSymbol(distance) << 2));
}

function increase(symbol: i32): void {
  const at = counts + (<usize>symbol << 2);
  store<i32>(at, load<i32>(at) + 1);
}

function setPrices(): void {
  for (let symbol = 0; symbol < LITERALS + DISTANCES; symbol++) {
    store<i32>(symbols + (symbol << 2), priceOf(symbol, symbol < LITERALS ? tokens : matches));
  }
  for (let length = MIN_MATCH; length <= MAX_MATCH; length++) {
    const symbol = lengthSymbol(length);
    const ofSymbol = load<i32>(symbols + ((FIRST_LENGTH + symbol) << 2));
    store<i32>(lengthPrices + (length << 2), ofSymbol + (lengthExtra(symbol) << PARTS));
  }
  for (let symbol = 0; symbol < DISTANCES; symbol++) {
    const ofSymbol = load<i32>(symbols + ((LITERALS + symbol) << 2));
    store<i32>(distancePrices + (symbol << 2), ofSymbol + (distanceExtra(symbol) << PARTS));
  }
}

/** The price of a symbol, one of so many that came. */
function priceOf(symbol: i32, all: i32): i32 {
  const length: i32 = load<u8>(codes + symbol);
  if (length == 0) return NEVER;
  if (!refines) return length << PARTS;
  const known = 1 << (KNOWN + TOKEN);
  return log2((all << TOKEN) + known) - log2((load<i32>(counts + (<usize>symbol << 2)) << TOKEN) + (known >> length));
}

/** Log2 of a number above 0, in parts. */
function log2(value: i32): i32 {
  let result = 31 - clz(value);
  let rest = <u64>value << (31 - result);
  for (let i = 0; i < PARTS; i++) {
    rest = (rest * rest) >> 31;
    const isAbove = <i32>(rest >>> 32);
    result = (result << 1) | isAbove;
    rest >>= isAbove;
  }
  return result;
}

/**
 * Codes choices, each under an adaptive probability, one way for encoder and decoder: an encoder gives the value, which
 * comes back; a decoder's value is ignored, and what was coded comes back.
 */

import { decodeBit, encodeBit } from "../../../entropy/kernel/binary-coder";
import { cell, initStateMaps, learnt } from "../../../predictors/kernel/state-map";
import { chooseMixed, markMixture, startMixture, undoMixture } from "./mixture";

/** Updates after which a probability moves slowest. */
const LIMIT: i32 = 255;

/** Nodes of the code of a number: its size in bits, then three bits behind the leading one for each size. */
const SIZES: i32 = 32;
export const NUMBER_NODES: i32 = SIZES + SIZES * 8;

/** Contexts of all choices, by what is chosen. */
export const TOKENS: i32 = 0; // is the guess right: 2 kinds of guess x 8 of what came before
export const KINDS: i32 = TOKENS + 16; // what is it instead: 2 x 2
export const RANKS: i32 = KINDS + 8;
export const SHORTENED: i32 = RANKS + NUMBER_NODES;
export const RANKED: i32 = SHORTENED + NUMBER_NODES + 2;
export const MATCH_LENGTHS: i32 = RANKED + 2; // a tree of 8 bits
export const DISTANCES: i32 = MATCH_LENGTHS + 256;
export const BLOCKS: i32 = DISTANCES + NUMBER_NODES; // how the block ends, what type it has: flags
export const BLOCK_TOKENS: i32 = BLOCKS + 64;
export const STORED_LENGTHS: i32 = BLOCK_TOKENS + NUMBER_NODES;
export const CODE_LENGTHS: i32 = STORED_LENGTHS + NUMBER_NODES; // 3 alphabets x 16 guessed lengths x (right, up, 16 values)
export const RUNS: i32 = CODE_LENGTHS + 3 * 16 * 64;
export const COUNTS: i32 = RUNS + 4 + 32 + NUMBER_NODES;
export const SETTINGS: i32 = COUNTS + 3 * NUMBER_NODES;
export const FIRST_RANK: i32 = SETTINGS + 512; // is it the choice of the first rank: 9 pairs of kinds x 11 gaps x 4 of before
export const NEXT_RANKS: i32 = FIRST_RANK + 9 * 11 * 4; // is it that of one of the next: 4 x 9 x 11 x 11 losses
export const ON_WAY: i32 = NEXT_RANKS + 4 * 9 * 11 * 11; // is it on the cheapest way: 9 pairs of kinds x 21 gaps x 4 of before
const ALL: i32 = ON_WAY + 9 * 21 * 4;

const cells = memory.data(ALL * 4, 64);
/** As they were at {@link markChoices}. */
const marked = memory.data(ALL * 4, 64);

let decoding: bool = false;

/** Forgets what was learnt. */
export function startChoices(isDecoder: bool): void {
  decoding = isDecoder;
  initStateMaps();
  for (let i = 0; i < ALL; i++) store<i32>(cells + (<usize>i << 2), cell(32768, 0));
  startMixture();
}

/** Whether values come from the coded choices. */
// @ts-ignore: decorator
@inline
export function isDecoding(): bool {
  return decoding;
}

/** Keeps what was learnt, for {@link undoChoices}. */
export function markChoices(): void {
  memory.copy(marked, cells, ALL * 4);
  markMixture();
}

export function undoChoices(): void {
  memory.copy(cells, marked, ALL * 4);
  undoMixture();
}

/** A choice between 0 and 1. */
export function choose(value: i32, context: i32): i32 {
  const at = cells + (<usize>context << 2);
  const known = load<i32>(at);
  const p16 = max(1, min(65535, known >>> 16));
  let bit = value;
  if (decoding) bit = decodeBit(p16);
  else encodeBit(value, p16);
  store<i32>(at, learnt(known, bit, LIMIT));
  return bit;
}

/** A choice between 0 and 1 under a context and two that are hashed. @param set of the weights, below SETS */
export function chooseAmong(value: i32, context: i32, second: u32, third: u32, set: i32): i32 {
  return chooseMixed(value, decoding, cells + (<usize>context << 2), second, third, set);
}

/** A value of so many bits, by a tree of contexts: `1 << count` of them. */
export function chooseBits(value: i32, count: i32, context: i32): i32 {
  let node = 1;
  for (let i = count - 1; i >= 0; i--) node = (node << 1) | choose((value >> i) & 1, context + node);
  return node - (1 << count);
}

/** A number from 0 up to 2^30, small ones in fewer bits. */
export function chooseNumber(value: i32, context: i32): i32 {
  const coded = value + 1;
  const size = 31 - clz(coded);
  let bits = 0;
  while (bits < 30 && choose(<i32>(bits < size), context + bits) != 0) bits++;
  let result = 1;
  for (let left = bits - 1; left >= 0; left--) {
    const depth = bits - 1 - left;
    const bit = (coded >> left) & 1;
    if (depth < 3) {
      const node = depth == 0 ? 1 : depth == 1 ? 2 | (result & 1) : 4 | (result & 3);
      result = (result << 1) | choose(bit, context + SIZES + (bits << 3) + node);
    } else result = (result << 1) | chooseEvenly(bit);
  }
  return result - 1;
}

// @ts-ignore: decorator
@inline
function chooseEvenly(value: i32): i32 {
  if (decoding) return decodeBit(32768);
  encodeBit(value, 32768);
  return value;
}

/**
 * Codes a choice under several contexts at once: their probabilities are mixed in the logistic domain, under weights that
 * are learnt as it goes. Two of the contexts are hashed, into cells that nothing checks.
 */

import { decodeBit, encodeBit } from "../../../entropy/kernel/binary-coder";
import { clampStretch, initMath, squash, stretch } from "../../../predictors/kernel/math";
import { cell, learnt, probability12 } from "../../../predictors/kernel/state-map";

const INPUTS: i32 = 3;
/** Log2 of the cells of a hashed context. */
const CELL_BITS: i32 = 14;
const CELLS: usize = (1 << CELL_BITS) * 4;
/** Updates after which a cell moves slowest: of a context by itself, and of one that is hashed. */
const LIMIT: i32 = 255;
const HASHED_LIMIT: i32 = 127;
/** Sets of weights. */
export const SETS: i32 = 16;
const FIRST_WEIGHT: f32 = 0.4;
const RATE: f32 = 0.02;

const WEIGHTS: usize = SETS * INPUTS * 4;
const STATE: usize = WEIGHTS + (INPUTS - 1) * CELLS;
/** The weights, then the cells of each hashed context. */
const state = memory.data(<i32>STATE, 64);
/** As they were at {@link markMixture}. */
const marked = memory.data(<i32>STATE, 64);

/** Forgets what was learnt. */
export function startMixture(): void {
  initMath();
  for (let i: usize = 0; i < WEIGHTS; i += 4) store<f32>(state + i, FIRST_WEIGHT);
  for (let i = WEIGHTS; i < STATE; i += 4) store<i32>(state + i, cell(32768, 0));
}

/** Keeps what was learnt, for {@link undoMixture}. */
export function markMixture(): void {
  memory.copy(marked, state, STATE);
}

export function undoMixture(): void {
  memory.copy(state, marked, STATE);
}

// @ts-ignore: decorator
@inline
function hashed(input: i32, context: u32): usize {
  return state + WEIGHTS + <usize>(input - 1) * CELLS + ((<usize>((context * 0x9e3779b1) >>> (32 - CELL_BITS))) << 2);
}

/**
 * A choice between 0 and 1.
 *
 * @param decoding whether it comes from the coded choices
 * @param first address of the cell of a context by itself
 * @param second a context that is hashed; third: another one
 * @param set of the weights, below {@link SETS}
 */
export function chooseMixed(value: i32, decoding: bool, first: usize, second: u32, third: u32, set: i32): i32 {
  const two = hashed(1, second);
  const three = hashed(2, third);
  const weights = state + <usize>(set * INPUTS * 4);
  const a = stretch(probability12(load<i32>(first)));
  const b = stretch(probability12(load<i32>(two)));
  const c = stretch(probability12(load<i32>(three)));
  const mixed = load<f32>(weights) * a + load<f32>(weights, 4) * b + load<f32>(weights, 8) * c;
  const p16 = squash(clampStretch(mixed));
  let bit = value;
  if (decoding) bit = decodeBit(p16);
  else encodeBit(value, p16);
  addCost(bit, p16);
  const step = (<f32>((bit << 16) - p16) / 65536.0) * RATE;
  store<f32>(weights, load<f32>(weights) + step * a);
  store<f32>(weights, load<f32>(weights, 4) + step * b, 4);
  store<f32>(weights, load<f32>(weights, 8) + step * c, 8);
  store<i32>(first, learnt(load<i32>(first), bit, LIMIT));
  store<i32>(two, learnt(load<i32>(two), bit, HASHED_LIMIT));
  store<i32>(three, learnt(load<i32>(three), bit, HASHED_LIMIT));
  return bit;
}

export let cat: i32 = 0;
export const sums = memory.data(8 * 32, 16);
export function setCat(c: i32): void { cat = c; }
export function addCost(bit: i32, p16: i32): void {
  const p = <f64>(bit ? p16 : 65536 - p16) / 65536.0;
  store<f64>(sums + (cat << 3), load<f64>(sums + (cat << 3)) - Math.log2(p));
  store<f64>(sums + 128 + (cat << 3), load<f64>(sums + 128 + (cat << 3)) + 1);
}

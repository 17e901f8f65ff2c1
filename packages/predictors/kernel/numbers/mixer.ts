/**
 * Mixer: gated logistic mixing of the inputs under SETS weight vectors, each picked from its set by what is known about
 * the decision, and a final mixer of their results.
 *
 * Weights are kept as differences from their initial value, so that an untouched vector is all zeros.
 *
 * Source: M. Mahoney, "Adaptive weighing of context models for lossless data compression" (2005).
 */

import { clampStretch, squash } from "../math";
import { allocate } from "../memory";
import { addScaled, dot, dots3 } from "../simd";

/** Bytes of a vector: f32, in whole pairs of SIMD registers. */
export const VECTOR: i32 = ((SLOTS + DIRECTS + 1 + 7) & ~7) * 4;
/** Weight vectors of a set: for 66 kinds of numbers, 2 of planes, 16 decisions. */
const VECTORS: i32 = 66 * 32;
/** The final mixer's inputs: up to eight sets. */
const FINAL_VECTOR: i32 = 8 * 4;
const FINAL_VECTORS: i32 = 1024;

/** An error of one, in 16-bit probability, times this and the rate is a step of the weights. */
const STEP: f32 = 1.0 / 67108864.0; // 2^-26
/** Learning rate in the end, what is added at the start, and the decisions after which half of that is gone. */
const RATE: f32 = 3;
const RATE_START: f32 = 12;
const RATE_HALF_LIFE: f32 = 65536;
/** The rate is set anew that often: a power of two. */
const RATE_PERIOD: i32 = 256;
const FINAL_RATE: f32 = 2;
/** Smaller errors (0.5 %) teach nothing. */
const LEAST_ERROR: i32 = 300;
const INITIAL_WEIGHT: f32 = <f32>1.4 / <f32>(SLOTS + DIRECTS);

/** The mixer's inputs, f32. */
export const inputs = memory.data(VECTOR, 64);

const initial = memory.data(VECTOR, 64); // f32: the initial weights, all the same
const chosen = memory.data(SETS * 4, 64); // usize [set]: weight vector in use
const guesses = memory.data(SETS * 4, 64); // i32 [set]: 16-bit probability
const finalInputs = memory.data(FINAL_VECTOR, 64); // f32 [set]: stretched

let weights: usize = 0;
let finalWeights: usize = 0;
let finalChosen: usize = 0;
let finalGuess: i32 = 0;
let rate: f32 = 0;
let decisions: i32 = 0;

export function startMixer(): void {
  weights = allocate(SETS * VECTORS * VECTOR);
  finalWeights = allocate(FINAL_VECTORS * FINAL_VECTOR);
  memory.fill(inputs, 0, VECTOR);
  memory.fill(finalInputs, 0, FINAL_VECTOR);
  for (let i = 0; i < VECTOR; i += 4) store<f32>(initial + i, INITIAL_WEIGHT);
  decisions = 0;
  rate = RATE + RATE_START;
}

/** Picks vector `n`, 0 … 2111, of a set. */
// @ts-ignore: decorator
@inline
export function pick(set: i32, n: i32): void {
  if (set < SETS) store<usize>(chosen + (set << 2), weights + (set * VECTORS + n) * VECTOR);
}

/** Picks the final mixer's vector `n`, 0 … 1023. */
// @ts-ignore: decorator
@inline
export function pickFinal(n: i32): void {
  finalChosen = finalWeights + n * FINAL_VECTOR;
}

/** Mixes the inputs; returns the stretched probability of a one in 1/256. */
export function mix(): i32 {
  // Together, since what vectors are multiplied with is then loaded once.
  const sums = dots3(initial, load<usize>(chosen), load<usize>(chosen, 4), inputs, VECTOR);
  const base = f32x4.extract_lane(sums, 0);
  let mean: f32 = 0;
  // unroll SETS
  for (let set: u8 = 0; set < SETS; set++) {
    const sum = set < 2 ? f32x4.extract_lane(sums, 1 + (set & 1)) : dot(load<usize>(chosen + (set << 2)), inputs, VECTOR);
    const x = clampStretch(base + sum);
    const stretched = <f32>x * (1.0 / 256.0);
    mean += stretched;
    store<f32>(finalInputs + (set << 2), stretched);
    store<i32>(guesses + (set << 2), squash(x));
  }
  const x = clampStretch(mean * (<f32>1 / <f32>SETS) + dot(finalChosen, finalInputs, FINAL_VECTOR));
  finalGuess = squash(x);
  return x;
}

export function learnMix(bit: i32): void {
  decisions++;
  if ((decisions & (RATE_PERIOD - 1)) == 0) {
    rate = RATE + RATE_START * (RATE_HALF_LIFE / (RATE_HALF_LIFE + <f32>decisions));
  }
  const target = bit << 16;
  // unroll SETS
  for (let set: i32 = 0; set < SETS; set++) {
    const error = target - load<i32>(guesses + (set << 2));
    if (error > LEAST_ERROR || error < -LEAST_ERROR) {
      addScaled(load<usize>(chosen + (set << 2)), inputs, VECTOR, <f32>error * STEP * rate);
    }
  }
  addScaled(finalChosen, finalInputs, FINAL_VECTOR, <f32>(target - finalGuess) * STEP * FINAL_RATE);
}

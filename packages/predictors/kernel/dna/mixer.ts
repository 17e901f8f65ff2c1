/**
 * Mixer: gated logistic mixing of the inputs under SETS weight vectors, each picked from its set by what is known
 * about the situation, and a final mixer of their results.
 *
 * Source: M. Mahoney, "Adaptive weighing of context models for lossless data compression" (2005).
 */
import { allocate } from "../memory";
import { clampStretch, squash } from "../math";
import { addScaled, dot } from "../simd";

/** Four of the copies, one of the reading frames, a constant. */
const FURTHER_INPUTS: i32 = 6;
/** Bytes of a vector: f32, in whole pairs of SIMD registers. */
const VECTOR: i32 = ((LOW_ORDERS + 2 * HIGH_ORDERS + FRAME_ORDERS + FURTHER_INPUTS + 7) & ~7) * 4;
/** Weight vectors of a set. */
const VECTORS: i32 = 1024;
const INITIAL_WEIGHT: f32 = 0.08;

/** The final mixer's inputs: up to eight sets. */
const FINAL_VECTOR: i32 = 8 * 4;
/** One for each of the three decisions. */
const FINAL_VECTORS: i32 = 3;

/** An error of one, in 16-bit probability, times this and the rate is a step of the weights. */
const STEP: f32 = 1.0 / 67108864.0; // 2^-26
/** Learning rate in the end, what is added at the start, and the decisions after which half of that is gone. */
const RATE: f32 = 2;
const RATE_START: f32 = 15;
const RATE_HALF_LIFE: f32 = 65536;
/** The rate is set anew that often: a power of two. */
const RATE_PERIOD: i32 = 256;
const FINAL_RATE: f32 = 1;

/** The mixer's inputs, f32; those that no model writes stay zero. */
export const inputs = memory.data(VECTOR, 64);

const chosen = memory.data(SETS * 4, 64); // usize [set]: weight vector in use
const guesses = memory.data(SETS * 4, 64); // i32 [set]: 16-bit probability
const finalInputs = memory.data(FINAL_VECTOR, 64); // f32 [set]: stretched
const finalWeights = memory.data(FINAL_VECTORS * FINAL_VECTOR, 64);

let finalChosen: usize = 0;
let finalGuess: i32 = 0;
let weights: usize = 0;
let rate: f32 = 0;
let decisions: i32 = 0;

export function startMixer(): void {
  weights = allocate(SETS * VECTORS * VECTOR);
  for (let i = 0; i < SETS * VECTORS * VECTOR; i += 4) store<f32>(weights + i, INITIAL_WEIGHT);
  memory.fill(inputs, 0, VECTOR);
  memory.fill(finalInputs, 0, FINAL_VECTOR);
  for (let i = 0; i < FINAL_VECTORS * FINAL_VECTOR; i += 4) store<f32>(finalWeights + i, <f32>1 / <f32>SETS);
  decisions = 0;
  rate = RATE + RATE_START;
}

/** Picks vector `n`, 0 … 1023, of a set. */
// @ts-ignore: decorator
@inline
export function pick(set: i32, n: i32): void {
  store<usize>(chosen + (set << 2), weights + (set * VECTORS + n) * VECTOR);
}

/** Mixes the inputs for a decision, 0 … 2; returns the stretched probability of a one in 1/256. */
// @ts-ignore: decorator
@inline
export function mix(node: i32): i32 {
  // unroll SETS
  for (let set: i32 = 0; set < SETS; set++) {
    const x = clampStretch(dot(load<usize>(chosen + (set << 2)), inputs, VECTOR));
    store<f32>(finalInputs + (set << 2), <f32>x * (1.0 / 256.0));
    store<i32>(guesses + (set << 2), squash(x));
  }
  finalChosen = finalWeights + node * FINAL_VECTOR;
  const x = clampStretch(dot(finalChosen, finalInputs, FINAL_VECTOR));
  finalGuess = squash(x);
  return x;
}

// @ts-ignore: decorator
@inline
export function learnMix(bit: i32): void {
  decisions++;
  if ((decisions & (RATE_PERIOD - 1)) == 0) {
    rate = RATE + RATE_START * (RATE_HALF_LIFE / (RATE_HALF_LIFE + <f32>decisions));
  }
  const target = bit << 16;
  // unroll SETS
  for (let set: i32 = 0; set < SETS; set++) {
    const error = <f32>(target - load<i32>(guesses + (set << 2))) * STEP;
    addScaled(load<usize>(chosen + (set << 2)), inputs, VECTOR, error * rate);
  }
  addScaled(finalChosen, finalInputs, FINAL_VECTOR, <f32>(target - finalGuess) * STEP * FINAL_RATE);
}

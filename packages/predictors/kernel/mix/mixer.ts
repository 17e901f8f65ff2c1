/**
 * Mixer: gated logistic mixing. Each weight set picks a weight vector and adds up the stretched predictions of all
 * inputs under it; final mixers do the same with the sets' results, and their mean is the mix.
 *
 * Weights are kept as differences from their initial value, so that an untouched table is all zeros and costs
 * neither time nor memory; what the initial weights add is the same for all sets and comes as `base`.
 *
 * Source: M. Mahoney, "Adaptive weighing of context models for lossless data compression" (2005); the schedule of
 * the learning rate is measured here: it must be low, and decay.
 */

import { allocate } from "../memory";
import { clampStretch, squash } from "../math";
import { addScaled, dot } from "../simd";
import { INPUT_BYTES } from "./config";
import { hasSet } from "./contexts/select";
import { VECTORS, select } from "./selectors";

/** Bits after which the learning rate has lost half of what is added at the start. */
const RATE_HALF_LIFE: f32 = 65536;
/** Learning rate of the final mixers. */
const FINAL_RATE: f32 = 1.0;
/** An error of one, in 16-bit probability, times this is a step of the weights. */
const STEP: f32 = 1.0 / 67108864.0; // 2^-26
/** Smaller errors (0.3 %) teach nothing: skipping them is free speed. */
const LEAST_ERROR: i32 = 200;

/** Bytes of a final mixer's input and weight vector: up to 16 f32. */
const FINAL_BYTES: i32 = ((SETS + 7) & ~7) * 4;
const FINAL_VECTORS: i32 = 1024;

/** The mixer's inputs, f32; those that no model writes stay zero. */
export const inputs = memory.data(INPUT_BYTES, 64);

const chosen = memory.data(SETS * 4, 64); // usize [set]: weight vector in use
const guesses = memory.data(SETS * 4, 64); // i32 [set]: 16-bit probability
const finalInputs = memory.data(FINAL_BYTES, 64); // f32 [set]: stretched
const finalChosen = memory.data(FINALS * 4 + 4, 16);
const finalGuesses = memory.data(FINALS * 4 + 4, 16);

let weights: usize = 0;
let finalWeights: usize = 0;
let rate: f32 = 0;
let bits: i32 = 0;

export function startMixer(): void {
  weights = allocate(<usize>(SETS * VECTORS * INPUT_BYTES));
  finalWeights = allocate(<usize>(FINALS * FINAL_VECTORS * FINAL_BYTES));
  memory.fill(inputs, 0, INPUT_BYTES);
  memory.fill(finalInputs, 0, FINAL_BYTES);
  bits = 0;
  rate = <f32>(RATE + RATE_START) * 0.1;
}

/** Mixes the inputs; `base` is what the initial weights add. Returns the stretched mix, in 1/256. */
export function mix(base: f32, seen: i32, sure: i32, selection0: i32, selection1: i32, selection2: i32): i32 {
  let mean: f32 = 0;
  // unroll 15
  for (let n: i32 = 0; n < 15; n++) {
    if (hasSet(n)) {
      const set = popcnt<u32>(SETS_ON & ((1 << n) - 1));
      const vector = weights + <usize>((set * VECTORS + select(n, seen, sure)) * INPUT_BYTES);
      store<usize>(chosen + (set << 2), vector);
      const x = clampStretch(dot(vector, inputs, INPUT_BYTES) + base);
      const stretched = <f32>x * (1.0 / 256.0);
      store<f32>(finalInputs + (set << 2), stretched);
      store<i32>(guesses + (set << 2), squash(x));
      mean += stretched;
    }
  }
  mean *= <f32>1.0 / <f32>SETS;
  if (FINALS == 0) return clampStretch(mean);
  let sum = 0;
  // unroll FINALS
  for (let k: i32 = 0; k < FINALS; k++) {
    const selection = k == 0 ? selection0 : k == 1 ? selection1 : selection2;
    const vector = finalWeights + <usize>((k * FINAL_VECTORS + selection) * FINAL_BYTES);
    store<usize>(finalChosen + (k << 2), vector);
    const x = clampStretch(dot(vector, finalInputs, FINAL_BYTES) + mean);
    store<i32>(finalGuesses + (k << 2), squash(x));
    sum += x;
  }
  return sum / max(1, FINALS);
}

export function learnMix(bit: i32): void {
  bits++;
  if ((bits & 255) == 0) {
    rate = (<f32>RATE + <f32>RATE_START * (RATE_HALF_LIFE / (RATE_HALF_LIFE + <f32>bits))) * 0.1;
  }
  const target = bit << 16;
  // unroll SETS
  for (let set: i32 = 0; set < SETS; set++) {
    const error = target - load<i32>(guesses + (set << 2));
    if (error > LEAST_ERROR || error < -LEAST_ERROR) {
      addScaled(load<usize>(chosen + (set << 2)), inputs, INPUT_BYTES, <f32>error * STEP * rate);
    }
  }
  // unroll FINALS
  for (let k: i32 = 0; k < FINALS; k++) {
    const error = target - load<i32>(finalGuesses + (k << 2));
    addScaled(load<usize>(finalChosen + (k << 2)), finalInputs, FINAL_BYTES, <f32>error * STEP * FINAL_RATE);
  }
}

/** Mixes the inputs under several selected weight vectors, and their results under another. */
import { allocate } from "../memory";
import { clampStretch, squash } from "../math";
import { addScaled, dot } from "../simd";

const STEP: f32 = 1.0 / 67108864.0; // 2^-26
export const INPUT_BYTES: i32 = ((LOW_ORDERS + HIGH_ORDERS * 2 + EXTRA + 7) & ~7) * 4;
const VECTORS: i32 = 1024;

export const inputs = memory.data(INPUT_BYTES, 64);
export const selected = memory.data(8 * 4, 64); // i32 [set]
const chosen = memory.data(8 * 4, 64);
const guesses = memory.data(8 * 4, 64);
const finalInputs = memory.data(32, 64);
const finalWeights = memory.data(256 * 32, 64);
let finalChosen: usize = 0;
let finalGuess: i32 = 0;
let weights: usize = 0;
let rate: f32 = 0;
let steps: i32 = 0;

export function startMixer(): void {
  weights = allocate(<usize>SETS * VECTORS * INPUT_BYTES);
  for (let i: usize = 0; i < <usize>SETS * VECTORS * INPUT_BYTES; i += 4) store<f32>(weights + i, <f32>WEIGHT / 1000);
  memory.fill(inputs, 0, INPUT_BYTES);
  memory.fill(finalInputs, 0, 32);
  for (let i = 0; i < 256 * 32; i += 4) store<f32>(finalWeights + i, (i & 31) < SETS * 4 ? <f32>1.0 / <f32>SETS : 0);
  steps = 0;
  rate = <f32>(RATE + RATE_START) * 0.1;
}

// @ts-ignore: decorator
@inline
export function mix(finalSelection: i32): i32 {
  // unroll SETS
  for (let n: i32 = 0; n < SETS; n++) {
    const vector = weights + ((n * VECTORS + load<i32>(selected + (n << 2)))) * INPUT_BYTES;
    store<usize>(chosen + (n << 2), vector);
    const x = clampStretch(dot(vector, inputs, INPUT_BYTES));
    store<f32>(finalInputs + (n << 2), <f32>x * (1.0 / 256.0));
    store<i32>(guesses + (n << 2), squash(x));
  }
  finalChosen = finalWeights + (finalSelection << 5);
  const x = clampStretch(dot(finalChosen, finalInputs, 32));
  finalGuess = squash(x);
  return x;
}

// @ts-ignore: decorator
@inline
export function learnMix(bit: i32): void {
  steps++;
  if ((steps & 255) == 0) rate = <f32>0.1 * (<f32>RATE + <f32>RATE_START * (<f32>RATE_HALF / (<f32>RATE_HALF + <f32>steps)));
  const target = bit << 16;
  // unroll SETS
  for (let n: i32 = 0; n < SETS; n++) {
    const error = <f32>(target - load<i32>(guesses + (n << 2))) * STEP;
    addScaled(load<usize>(chosen + (n << 2)), inputs, INPUT_BYTES, error * rate);
  }
  addScaled(finalChosen, finalInputs, 32, <f32>(target - finalGuess) * STEP * (<f32>FINAL_RATE * <f32>0.1));
}

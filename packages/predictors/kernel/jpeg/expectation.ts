/**
 * What a coefficient is expected to be: a linear function of what is known around it, whose weights are learnt, for each
 * frequency and kind of plane. There are two: one of values with their signs, and one of magnitudes, log2(1 + |x|).
 *
 * Source: normalised least mean squares (Nagumo, Noda 1967).
 */

import { allocate } from "../memory";
import { addScaled, dot } from "../simd";

export const VALUE: i32 = 0;
export const MAGNITUDE: i32 = 1;

/** Features, at most, and their bytes. */
const FEATURES: i32 = 24;
const VECTOR: i32 = FEATURES * 4;
/** Frequencies of the planes: the first, and the others. */
const VECTORS: i32 = 128;
/** Added to the square of the features, so that a step is bounded. */
const LEAST_SQUARE: f32 = 4;
/** Of magnitudes; those of values are 0. */
const INITIAL_WEIGHT: f32 = 0.07;

const features = memory.data(2 * 96, 64); // f32
const chosen = memory.data(2 * 4, 16); // usize
const expected = memory.data(2 * 4, 16); // f32
let weights: usize = 0;

export function startExpectations(): void {
  weights = allocate(2 * VECTORS * VECTOR);
  memory.fill(features, 0, 2 * 96);
  // A magnitude is at first taken for the mean of some of its neighbours'.
  for (let i = 0; i < VECTORS * VECTOR; i += 4) {
    store<f32>(weights + MAGNITUDE * VECTORS * VECTOR + i, INITIAL_WEIGHT);
  }
}

/** Says a feature, 0 … 23; those that are not said are 0. */
// @ts-ignore: decorator
@inline
export function feature(which: i32, n: i32, value: f32): void {
  store<f32>(features + ((which * FEATURES + n) << 2), value);
}

/** What the features say of a frequency, 0 … 127. */
// @ts-ignore: decorator
@inline
export function expectation(which: i32, frequency: i32): f32 {
  const vector = weights + (which * VECTORS + frequency) * VECTOR;
  store<usize>(chosen + (which << 2), vector);
  const sum = dot(vector, features + which * VECTOR, VECTOR);
  store<f32>(expected + (which << 2), sum);
  return sum;
}

/** Learns what came. @param rate 0 … 1 */
// @ts-ignore: decorator
@inline
export function learnExpectation(which: i32, value: f32, rate: f32): void {
  const vector = features + which * VECTOR;
  const error = value - load<f32>(expected + (which << 2));
  addScaled(load<usize>(chosen + (which << 2)), vector, VECTOR, (error * rate) / (LEAST_SQUARE + dot(vector, vector, VECTOR)));
}

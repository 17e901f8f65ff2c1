/**
 * Mixer: gated logistic mixing. Each weight set picks a weight vector and adds up the stretched predictions of all
 * inputs under it; final mixers do the same with the sets' results, and their mean is the mix.
 *
 * Weights are kept as differences from their initial value, so that an untouched table is all zeros and costs
 * neither time nor memory; what the initial weights add is the same for all sets and comes as `base`.
 *
 * Source: M. Mahoney, "Adaptive weighing of context models for lossless data compression" (2005); the schedule of
 * the learning rate is measured here: it must be low, and decay. Of models that are NORMALISED, a step is divided by the
 * energy of the inputs (normalised least mean squares): where many are sure and agree, the same step would go far too far.
 */

import { allocate } from "../memory";
import { unscale4 } from "../math";
import { clampMix4, squashMix } from "./domain";
import { addScaled, dot, dots2, dots3 } from "../simd";
import { INPUT_BYTES, inputs } from "./inputs";
import { touch } from "./journal";

/** Weight vectors a set. */
export const VECTORS: i32 = 2048;

/** Bits after which the learning rate has lost half of what is added at the start. */
const HALF_LIFE: f32 = <f32>RATE_HALF_LIFE;
/** Learning rate of the final mixers. */
const RATE_OF_FINALS: f32 = <f32>FINAL_RATE * 0.1;
/** An error of one, in 16-bit probability, times this is a step of the weights. */
const STEP: f32 = 1.0 / 67108864.0; // 2^-26
/** Of models that are NORMALISED: a step is multiplied by GAIN / (FLOOR + mean square of the inputs). */
const GAIN: f32 = 4;
const FLOOR: f32 = 2;
/** Of these, a vector's rate falls as if each time that it has learnt were so many bits. */
const BITS_OF_A_VISIT: i32 = 200;
/** Learnt so often, a vector's rate falls no more. */
const MOST_VISITS: i32 = 0xffff;
const EXACT_VISITS: i32 = 512;
const CLASSES: i32 = EXACT_VISITS + 512;

/** Bytes of a final mixer's input and weight vector: up to 16 f32. */
const FINAL_BYTES: i32 = ((SETS + 7) & ~7) * 4;
const FINAL_VECTORS: i32 = 1024;

const chosen = memory.data(SETS * 4, 64); // usize [set]: weight vector in use
const guesses = memory.data(SETS * 4, 64); // i32 [set]: 16-bit probability
const finalInputs = memory.data(FINAL_BYTES, 64); // f32 [set]: stretched
const finalChosen = memory.data(FINALS * 4 + 4, 16);
const finalGuesses = memory.data(FINALS * 4 + 4, 16);

const visitedRates = memory.data(NORMALISED ? CLASSES * 4 : 4, 64); // f32 [class of visits]: a division for each would cost 8 %

let weights: usize = 0;
let visits: usize = 0; // u16 [set][vector]: how often it has learnt
let finalWeights: usize = 0;
let rate: f32 = 0;
let bits: i32 = 0;

/** Address of the weights: f32 [set][vector][input], differences from their initial value. */
export function weightsAddress(): usize {
  return weights;
}

/** The learning rate is that after so many bits. */
export function setLearntBits(count: i32): void {
  bits = count;
  rate = rateAfter(bits);
}

// @ts-ignore: decorator
@inline
function rateAfter(bits: i32): f32 {
  return (<f32>RATE + <f32>RATE_START * (HALF_LIFE / (HALF_LIFE + <f32>bits))) * 0.1;
}

export function startMixer(): void {
  weights = allocate(<usize>(SETS * VECTORS * INPUT_BYTES));
  finalWeights = allocate(<usize>(FINALS * FINAL_VECTORS * FINAL_BYTES));
  if (NORMALISED) {
    visits = allocate(SETS * VECTORS * 2);
    for (let i = 0; i < CLASSES; i++) {
      const count = i < EXACT_VISITS ? i : (i - EXACT_VISITS) << 7;
      store<f32>(visitedRates + (i << 2), rateAfter(count * BITS_OF_A_VISIT));
    }
  }
  memory.fill(inputs, 0, INPUT_BYTES);
  memory.fill(finalInputs, 0, FINAL_BYTES);
  bits = 0;
  rate = <f32>(RATE + RATE_START) * 0.1;
}

/**
 * The weight set of that name mixes the next bit by this vector, 0 … 2047, if the model has it; else nothing is left of the
 * call.
 *
 * @param place among the model's weight sets, below 0 if it is not one of them; written as a name
 */
// @ts-ignore: decorator
@inline
export function weightSet(place: i32, vector: i32): void {
  if (place >= 0) store<usize>(chosen + (place << 2), weights + <usize>((place * VECTORS + vector) * INPUT_BYTES));
}

/** As weightSet, for the final mixer of that name; 0 … 1023. */
// @ts-ignore: decorator
@inline
export function finalMixer(place: i32, vector: i32): void {
  if (place >= 0) {
    store<usize>(finalChosen + (place << 2), finalWeights + <usize>((place * FINAL_VECTORS + vector) * FINAL_BYTES));
  }
}

/**
 * What up to three weight vectors make of the inputs, stretched, in 1/256, i32 in lanes 0, 1 and 2; lanes without a vector
 * are of no meaning.
 *
 * @param vectors usize, `count` of them
 */
// @ts-ignore: decorator
@inline
function weigh(count: i32, vectors: usize, inputs: usize, bytes: i32, base: f32): v128 {
  const first = load<usize>(vectors);
  const sums =
    count >= 3
      ? dots3(first, load<usize>(vectors, 4), load<usize>(vectors, 8), inputs, bytes)
      : count == 2
        ? dots2(first, load<usize>(vectors, 4), inputs, bytes)
        : f32x4.splat(dot(first, inputs, bytes));
  return clampMix4(f32x4.add(sums, f32x4.splat(base)));
}

/**
 * Mixes the inputs by the vectors that were chosen; `base` is what the initial weights add. Returns the stretched mix, in
 * 1/256.
 */
export function mix(base: f32): i32 {
  const x0 = weigh(SETS, chosen, inputs, INPUT_BYTES, base);
  const x1 = SETS > 3 ? weigh(SETS - 3, chosen + 12, inputs, INPUT_BYTES, base) : x0;
  const x2 = SETS > 6 ? weigh(SETS - 6, chosen + 24, inputs, INPUT_BYTES, base) : x0;
  const x3 = SETS > 9 ? weigh(SETS - 9, chosen + 36, inputs, INPUT_BYTES, base) : x0;
  // unroll SETS
  for (let set: u8 = 0; set < SETS; set++) {
    const x = set < 3 ? x0 : set < 6 ? x1 : set < 9 ? x2 : x3;
    store<i32>(guesses + (set << 2), squashMix(i32x4.extract_lane(x, set % 3)));
  }
  if (FINALS == 0) {
    if (SETS == 1) return i32x4.extract_lane(x0, 0);
    // The mean, rounded to the nearest, or to the even one of two: as clampStretch would round it.
    const sum = i32x4.extract_lane(x0, 0) + i32x4.extract_lane(x0, 1);
    return (sum + ((sum >> 1) & 1)) >> 1;
  }
  const f0 = unscale4(x0);
  const f1 = SETS > 3 ? unscale4(x1) : f0;
  const f2 = SETS > 6 ? unscale4(x2) : f0;
  const f3 = SETS > 9 ? unscale4(x3) : f0;
  let mean: f32 = 0;
  // unroll SETS
  for (let set: u8 = 0; set < SETS; set++) {
    mean += f32x4.extract_lane(set < 3 ? f0 : set < 6 ? f1 : set < 9 ? f2 : f3, set % 3);
  }
  // Whole registers, since what is stored in parts cannot be loaded whole at once.
  const none = f32x4.splat(0);
  v128.store(finalInputs, SETS > 3 ? v128.shuffle<f32>(f0, f1, 0, 1, 2, 4) : v128.shuffle<f32>(f0, none, 0, 1, 2, 4));
  if (SETS > 6) {
    v128.store(finalInputs, v128.shuffle<f32>(f1, f2, 1, 2, 4, 5), 16);
    v128.store(finalInputs, v128.shuffle<f32>(f2, SETS > 9 ? f3 : none, 2, 4, 5, 6), 32);
  } else if (SETS > 3) v128.store(finalInputs, v128.shuffle<f32>(f1, none, 1, 2, 4, 4), 16);
  mean *= <f32>1.0 / <f32>SETS;
  const x = weigh(FINALS, finalChosen, finalInputs, FINAL_BYTES, mean);
  let sum = 0;
  // unroll FINALS
  for (let k: u8 = 0; k < FINALS; k++) {
    const guess = i32x4.extract_lane(x, k);
    store<i32>(finalGuesses + (k << 2), squashMix(guess));
    sum += guess;
  }
  return sum / max(1, FINALS);
}

/** Counts of visits in classes: each by itself at first, then in steps of 128. */
// @ts-ignore: decorator
@inline
function classOf(count: i32): i32 {
  return count < EXACT_VISITS ? count : EXACT_VISITS + (count >> 7);
}

/** The rate of a weight vector, which is about to learn: by its own visits, until all bits say that it is to be lower. */
// @ts-ignore: decorator
@inline
function ownRate(vector: usize): f32 {
  const at = visits + (((vector - weights) / INPUT_BYTES) << 1);
  const count = <i32>load<u16>(at);
  store<u16>(at, min(count + 1, MOST_VISITS));
  return max(rate, load<f32>(visitedRates + (classOf(count) << 2)));
}

export function learnMix(bit: i32): void {
  bits++;
  if ((bits & 255) == 0) rate = rateAfter(bits);
  const target = bit << 16;
  const step = NORMALISED ? STEP * (GAIN / (FLOOR + dot(inputs, inputs, INPUT_BYTES) * (<f32>4 / <f32>INPUT_BYTES))) : STEP;
  // Small errors teach nothing: skipping them is speed at next to no cost.
  // unroll SETS
  for (let set: i32 = 0; set < SETS; set++) {
    const error = target - load<i32>(guesses + (set << 2));
    if (error > LEAST_ERROR || error < -LEAST_ERROR) {
      const vector = load<usize>(chosen + (set << 2));
      touch(vector, INPUT_BYTES);
      addScaled(vector, inputs, INPUT_BYTES, <f32>error * step * (NORMALISED ? ownRate(vector) : rate));
    }
  }
  // unroll FINALS
  for (let k: i32 = 0; k < FINALS; k++) {
    const error = target - load<i32>(finalGuesses + (k << 2));
    const vector = load<usize>(finalChosen + (k << 2));
    touch(vector, FINAL_BYTES);
    addScaled(vector, finalInputs, FINAL_BYTES, <f32>error * STEP * RATE_OF_FINALS);
  }
}

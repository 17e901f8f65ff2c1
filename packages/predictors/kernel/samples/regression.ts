/**
 * Linear prediction with weights that follow the stream: those that would have fitted the latest samples best, by least
 * squares with older samples counting ever less. One state for each channel.
 *
 * All in f64, in one order, so that every machine has the same bits.
 */

import { allocate } from "../memory";

/** Most inputs, an even number. */
export const MOST_INPUTS: i32 = 32;
const ROW: usize = <usize>MOST_INPUTS * 8;
/** Bytes of a state: covariances, the lower triangle; those with the target; weights. */
const STATE: usize = ROW * <usize>MOST_INPUTS + 2 * ROW;
const TARGETS: usize = ROW * <usize>MOST_INPUTS;
const WEIGHTS: usize = TARGETS + ROW;

/** What the past counts for, a sample later; what keeps weights small; samples from one solution to the next. */
const MEMORY_OF_PICTURES: f64 = 0.998;
const MEMORY_OF_SOUND: f64 = 0.9985;
const RIDGE: f64 = 0.1;
const PERIOD: i32 = 4;

/** The inputs of the sample that is next. */
export const inputs = memory.data(MOST_INPUTS * 8, 64); // f64
const triangle = memory.data(MOST_INPUTS * MOST_INPUTS * 8, 64); // f64 [row][column]: of the solution
const solution = memory.data(MOST_INPUTS * 8, 64); // f64

let states: usize = 0;
let dues: usize = 0; // i32 [channel]: samples until weights are found anew
let decay: f64 = 0;

export function startRegression(channels: i32, isSound: bool): void {
  states = allocate(STATE * <usize>channels);
  dues = allocate(<usize>channels * 4);
  decay = isSound ? MEMORY_OF_SOUND : MEMORY_OF_PICTURES;
  memory.fill(inputs, 0, MOST_INPUTS * 8);
}

// @ts-ignore: decorator
@inline
export function setInput(i: i32, value: i32): void {
  store<f64>(inputs + (<usize>i << 3), <f64>value);
}

/** What the inputs, `count` of them, an even number, make the sample of a channel. */
export function regress(channel: i32, count: i32): f64 {
  const weights = states + STATE * <usize>channel + WEIGHTS;
  let sums = f64x2.splat(0);
  for (let i: usize = 0; i < <usize>count << 3; i += 16) {
    sums = f64x2.add(sums, f64x2.mul(v128.load(weights + i), v128.load(inputs + i)));
  }
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

/** Learns what the sample was. */
export function learnRegression(channel: i32, count: i32, target: f64): void {
  const state = states + STATE * <usize>channel;
  const kept = f64x2.splat(decay);
  for (let i = 0; i < count; i++) {
    const factor = f64x2.splat(load<f64>(inputs + (<usize>i << 3)));
    const start = state + ROW * <usize>i;
    for (let j: usize = 0; j <= <usize>i << 3; j += 16) {
      v128.store(start + j, f64x2.add(f64x2.mul(v128.load(start + j), kept), f64x2.mul(factor, v128.load(inputs + j))));
    }
  }
  const targets = state + TARGETS;
  const factor = f64x2.splat(target);
  for (let j: usize = 0; j < <usize>count << 3; j += 16) {
    v128.store(targets + j, f64x2.add(f64x2.mul(v128.load(targets + j), kept), f64x2.mul(factor, v128.load(inputs + j))));
  }
  const due = load<i32>(dues + (<usize>channel << 2)) + 1;
  if (due >= PERIOD) solve(state, count);
  store<i32>(dues + (<usize>channel << 2), due >= PERIOD ? 0 : due);
}

/** Finds the weights: by Cholesky's decomposition; they stay if the covariances have none. */
function solve(state: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const rowI = triangle + ROW * <usize>i;
    for (let j = 0; j <= i; j++) {
      const rowJ = triangle + ROW * <usize>j;
      let sum = load<f64>(state + ROW * <usize>i + (<usize>j << 3));
      if (i == j) sum += RIDGE;
      for (let k: usize = 0; k < <usize>j << 3; k += 8) sum -= load<f64>(rowI + k) * load<f64>(rowJ + k);
      if (i == j) {
        if (!(sum > 1e-9)) return;
        store<f64>(rowI + (<usize>j << 3), Math.sqrt(sum));
      } else {
        store<f64>(rowI + (<usize>j << 3), sum / load<f64>(rowJ + (<usize>j << 3)));
      }
    }
  }
  for (let i = 0; i < count; i++) {
    const rowI = triangle + ROW * <usize>i;
    let sum = load<f64>(state + TARGETS + (<usize>i << 3));
    for (let k = 0; k < i; k++) sum -= load<f64>(rowI + (<usize>k << 3)) * load<f64>(solution + (<usize>k << 3));
    store<f64>(solution + (<usize>i << 3), sum / load<f64>(rowI + (<usize>i << 3)));
  }
  const weights = state + WEIGHTS;
  for (let i = count - 1; i >= 0; i--) {
    let sum = load<f64>(solution + (<usize>i << 3));
    for (let k = i + 1; k < count; k++) {
      sum -= load<f64>(triangle + ROW * <usize>k + (<usize>i << 3)) * load<f64>(weights + (<usize>k << 3));
    }
    store<f64>(weights + (<usize>i << 3), sum / load<f64>(triangle + ROW * <usize>i + (<usize>i << 3)));
  }
}

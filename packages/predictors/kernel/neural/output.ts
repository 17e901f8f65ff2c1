/**
 * The output: features and states to logits, softmax, and the integers of the `Predictor` contract.
 */

import { allocate } from "../memory";
import { featureBytes, featureErrors, features, networks, slotCount } from "./feedforward";
import {
  backward, forward, layerForward, learn, learnLayer, newLayer, newMatrix, newRows, Layer,
  Matrix,
} from "./parameters";
import { chunk, columnBytes, columns, hidden, initialScale, layers, symbols, width } from "./shape";
import { softmax } from "./softmax";
import { hasStates, stateBytes, stateErrors, states } from "./states";
import { add } from "./vectors";

/** What the probabilities sum to. */
export const TOTAL: i32 = 1 << 22;
/** Shares are made a little smaller than they are, so that rounding never makes their sum too large. */
const HELD: f32 = 1.0 - 1.0 / 16384.0;

let fromFeatures = changetype<Layer>(0);
let fromStates = changetype<Matrix>(0);
let slotLogits: usize = 0; // f32 [slot][symbol]
let slotErrors: usize = 0; // f32 [slot][symbol]
/** f32 [step][symbol]: logits, then probabilities, then probability − 1 where the symbol came. */
export let errors: usize = 0;
let shares: usize = 0; // u32 [symbol]

export function startOutput(): void {
  const inputs = (networks() + (hasStates() ? layers : 0)) * hidden;
  const scale = initialScale(inputs);
  fromFeatures = newLayer(0, symbols, networks() * width, columns, 0);
  for (let i: i32 = 0; i < networks(); i++) newRows(fromFeatures.matrix, i * width, hidden, symbols, scale);
  if (hasStates()) {
    fromStates = newMatrix(0, 0, layers * width, columns, 0);
    for (let i: i32 = 0; i < layers; i++) newRows(fromStates, i * width, hidden, symbols, scale);
  }
  slotLogits = allocate(<usize>chunk * columnBytes);
  slotErrors = allocate(<usize>chunk * columnBytes);
  errors = allocate(<usize>chunk * columnBytes);
  shares = allocate(columnBytes);
}

/** The new slot's part of the logits. */
export function prepareLogits(slot: i32): void {
  layerForward(fromFeatures, features + <usize>slot * featureBytes, slotLogits + <usize>slot * columnBytes);
}

/** Logits of a step; returns where. */
export function logitsForward(step: i32, slot: i32): usize {
  const logits = errors + <usize>step * columnBytes;
  memory.copy(logits, slotLogits + <usize>slot * columnBytes, columnBytes);
  if (hasStates()) forward(fromStates, states + <usize>(step + 1) * stateBytes, logits);
  return logits;
}

/** In place: logits to probabilities. */
export function normalize(logits: usize): void {
  softmax(logits, symbols, columnBytes);
}

/** Probabilities as integers, at least 1 each, that sum to TOTAL: what rounding leaves goes to the likeliest. */
export function toShares(probabilities: usize): usize {
  const scale = f32x4.splat(<f32>(TOTAL - symbols) * HELD);
  let sums = i32x4.splat(0);
  let tops = i32x4.splat(0);
  for (let b: usize = 0; b < columnBytes; b += 16) {
    const share = i32x4.trunc_sat_f32x4_s(f32x4.mul(v128.load(probabilities + b), scale));
    v128.store(shares + b, i32x4.add(share, i32x4.splat(1)));
    sums = i32x4.add(sums, share);
    tops = i32x4.max_s(tops, share);
  }
  const sum =
    i32x4.extract_lane(sums, 0) +
    i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) +
    i32x4.extract_lane(sums, 3);
  const top = max(
    max(i32x4.extract_lane(tops, 0), i32x4.extract_lane(tops, 1)),
    max(i32x4.extract_lane(tops, 2), i32x4.extract_lane(tops, 3)),
  );
  let best = shares;
  while (load<i32>(best) <= top) best += 4;
  store<i32>(best, load<i32>(best) + TOTAL - symbols - sum);
  return shares;
}

/**
 * Takes the errors of the logits to the features and the states.
 *
 * @param slotsOfSteps i32 [step]
 */
export function outputBackward(steps: i32, slotsOfSteps: usize): void {
  const slots = slotCount();
  memory.fill(slotErrors, 0, <usize>slots * columnBytes);
  memory.fill(featureErrors, 0, <usize>slots * featureBytes);
  if (hasStates()) memory.fill(stateErrors, 0, <usize>steps * stateBytes);
  for (let step: i32 = 0; step < steps; step++) {
    const error = errors + <usize>step * columnBytes;
    const sum = slotErrors + <usize>load<i32>(slotsOfSteps + (<usize>step << 2)) * columnBytes;
    add(sum, error, columnBytes);
    if (hasStates()) backward(fromStates, error, stateErrors + <usize>step * stateBytes);
  }
  for (let slot: i32 = 0; slot < slots; slot++) {
    const error = slotErrors + <usize>slot * columnBytes;
    backward(fromFeatures.matrix, error, featureErrors + <usize>slot * featureBytes);
  }
}

export function learnOutput(steps: i32): void {
  learnLayer(fromFeatures, features, featureBytes, slotErrors, slotCount());
  if (hasStates()) learn(fromStates, states + stateBytes, stateBytes, errors, steps);
}

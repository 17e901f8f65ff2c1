/**
 * Trains the network of the built-in prior: gated recurrent units, back-propagation through STEPS symbols of BATCH texts at a
 * time, Adam. The forward pass goes by weights that are rounded as they will ship, and gradients pass through the rounding.
 *
 * Constants: CELLS and SYMBOLS, multiples of 8; BATCH, a multiple of 4; STEPS.
 *
 * Sources: K. Cho et al., "Learning phrase representations using RNN encoder-decoder" (2014); D. Kingma, J. Ba, "Adam" (2015).
 */

import { allocate, resetMemory } from "../../../predictors/kernel/memory";
import { exp4, sigmoid4, tanh4 } from "../../../predictors/kernel/network/functions";
import { multiply } from "./multiply";

/** Gates of a cell: reset, update, candidate. */
const GATES: i32 = 3 * CELLS;
const ROW: i32 = GATES * 4;
const STATE: i32 = CELLS * 4;
const LOGITS: i32 = SYMBOLS * 4;

/** Weights in one row of numbers: of each symbol, of the cells, of the output, and its constants. */
const AT_INPUT: i32 = 0;
const AT_CELLS: i32 = SYMBOLS * GATES;
const AT_OUTPUT: i32 = AT_CELLS + CELLS * GATES;
const AT_CONSTANTS: i32 = AT_OUTPUT + CELLS * SYMBOLS;
const COUNT: i32 = AT_CONSTANTS + SYMBOLS;

const DECAY_1: f32 = 0.9;
const DECAY_2: f32 = 0.99;
const LEAST: f32 = 1e-7;
/** No gradient is larger: of a text whose network failed, all others would suffer. */
const LARGEST: f32 = 0.02;

let weights: usize = 0;
let rounded: usize = 0;
let gradients: usize = 0;
let means: usize = 0;
let squares: usize = 0;
let cellsTurned: usize = 0; // [gate][cell]
let outputTurned: usize = 0; // [symbol][cell]

let symbols: usize = 0; // u8 [step + 1][text]
let states: usize = 0; // [step + 1][text][cell]; step 0 is what came before
let gates: usize = 0; // [step][text][gate]
let candidates: usize = 0; // [step][text][cell]: what the cells say of the candidate, before it is reset
let logits: usize = 0; // [step][text][symbol]
let stateErrors: usize = 0; // [step][text][cell]
let gateErrors: usize = 0; // [text][gate]
let carried: usize = 0; // [text][cell]
let updates: i32 = 0;
let seed: i32 = 0;

function floats(count: i32): usize {
  return allocate(<usize>count << 2);
}

function uniform(): f32 {
  seed = seed * 1664525 + 1013904223;
  return <f32>(seed >> 8) * 0.00000011920929;
}

export function start(): void {
  resetMemory();
  seed = 12345;
  updates = 0;
  weights = floats(COUNT);
  rounded = floats(COUNT);
  gradients = floats(COUNT);
  means = floats(COUNT);
  squares = floats(COUNT);
  cellsTurned = floats(GATES * CELLS);
  outputTurned = floats(SYMBOLS * CELLS);
  symbols = allocate((STEPS + 1) * BATCH);
  states = floats((STEPS + 1) * BATCH * CELLS);
  gates = floats(STEPS * BATCH * GATES);
  candidates = floats(STEPS * BATCH * CELLS);
  logits = floats(STEPS * BATCH * SYMBOLS);
  stateErrors = floats(STEPS * BATCH * CELLS);
  gateErrors = floats(BATCH * GATES);
  carried = floats(BATCH * CELLS);
  for (let i = 0; i < AT_CONSTANTS; i++) store<f32>(weights + (i << 2), uniform() * (i < AT_CELLS ? 0.3 : 0.12));
}

export function symbolsAddress(): usize {
  return symbols;
}

export function weightsAddress(): usize {
  return weights;
}

export function weightCount(): i32 {
  return COUNT;
}

/** Steps of a weight within one. */
// @ts-ignore: decorator
@inline
function stepsOf(i: i32): f32 {
  return i < AT_CELLS ? 32 : i < AT_OUTPUT ? 64 : i < AT_CONSTANTS ? 32 : 8;
}

/** i8 [weight], as they ship. */
export function packedAddress(): usize {
  for (let i = 0; i < COUNT; i++) store<i8>(gradients + i, <i8>nearest(load<f32>(weights + (i << 2)) * stepsOf(i)));
  return gradients;
}

/** Starts from weights that lie at packedAddress. */
export function unpack(): void {
  for (let i = 0; i < COUNT; i++) store<f32>(weights + (i << 2), <f32>load<i8>(gradients + i) / stepsOf(i));
}

function round(): void {
  for (let i = 0; i < COUNT; i++) {
    const steps = stepsOf(i);
    store<f32>(rounded + (i << 2), nearest(load<f32>(weights + (i << 2)) * steps) / steps);
  }
  turn(cellsTurned, rounded + (AT_CELLS << 2), CELLS, GATES);
  turn(outputTurned, rounded + (AT_OUTPUT << 2), CELLS, SYMBOLS);
}

function turn(to: usize, from: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) store<f32>(to + ((j * rows + i) << 2), load<f32>(from + ((i * columns + j) << 2)));
  }
}

/** Learns the symbols at symbolsAddress. @returns the mean of what they cost, in nats */
export function train(rate: f32): f32 {
  round();
  memory.fill(gradients, 0, COUNT << 2);
  memory.copy(states, states + STEPS * BATCH * STATE, BATCH * STATE);
  for (let t = 0; t < STEPS; t++) forward(t);
  const rows = STEPS * BATCH;
  const after = states + BATCH * STATE;
  for (let i = 0; i < rows; i++) memory.copy(logits + i * LOGITS, rounded + (AT_CONSTANTS << 2), LOGITS);
  multiply(logits, after, rounded + (AT_OUTPUT << 2), rows, SYMBOLS, CELLS, STATE, 4);
  let cost: f64 = 0;
  for (let i = 0; i < rows; i++) cost += <f64>softmax(logits + i * LOGITS, load<u8>(symbols + BATCH + i));
  memory.fill(stateErrors, 0, rows * STATE);
  multiply(stateErrors, logits, outputTurned, rows, CELLS, SYMBOLS, LOGITS, 4);
  memory.fill(carried, 0, BATCH * STATE);
  for (let t = STEPS - 1; t >= 0; t--) backward(t);
  for (let t = 0; t < STEPS; t++) {
    const errors = logits + t * BATCH * LOGITS;
    multiply(gradients + (AT_OUTPUT << 2), after + t * BATCH * STATE, errors, CELLS, SYMBOLS, BATCH, 4, STATE);
  }
  for (let i = 0; i < rows; i++) add(gradients + (AT_CONSTANTS << 2), logits + i * LOGITS, LOGITS);
  adapt(rate);
  return <f32>(cost / <f64>rows);
}

function forward(t: i32): void {
  const before = states + t * BATCH * STATE;
  const z = gates + t * BATCH * ROW;
  memory.fill(z, 0, BATCH * ROW);
  multiply(z, before, rounded + (AT_CELLS << 2), BATCH, GATES, CELLS, STATE, 4);
  for (let b = 0; b < BATCH; b++) {
    const gate = z + b * ROW;
    const input = rounded + <usize>load<u8>(symbols + t * BATCH + b) * ROW;
    const old = before + b * STATE;
    const state = old + BATCH * STATE;
    const candidate = candidates + (t * BATCH + b) * STATE;
    for (let i: i32 = 0; i < STATE; i += 16) {
      const r = sigmoid4(f32x4.add(v128.load(gate + i), v128.load(input + i)));
      const u = sigmoid4(f32x4.add(v128.load(gate + i, STATE), v128.load(input + i, STATE)));
      const c = v128.load(gate + i, 2 * STATE);
      const n = tanh4(f32x4.add(v128.load(input + i, 2 * STATE), f32x4.mul(r, c)));
      v128.store(gate + i, r);
      v128.store(gate + i, u, STATE);
      v128.store(gate + i, n, 2 * STATE);
      v128.store(candidate + i, c);
      v128.store(state + i, f32x4.add(n, f32x4.mul(u, f32x4.sub(v128.load(old + i), n))));
    }
  }
}

/** Makes errors of logits. @returns the cost of the symbol in nats */
function softmax(row: usize, symbol: i32): f32 {
  let sum: f32 = 0;
  let most: f32 = -1000;
  for (let i: i32 = 0; i < LOGITS; i += 4) most = max(most, load<f32>(row + i));
  let sums = f32x4.splat(0);
  for (let i: i32 = 0; i < LOGITS; i += 16) {
    const e = exp4(f32x4.sub(v128.load(row + i), f32x4.splat(most)));
    v128.store(row + i, e);
    sums = f32x4.add(sums, e);
  }
  sum =
    f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1) + f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3);
  const chance = load<f32>(row + (symbol << 2)) / sum;
  const scale = f32x4.splat((<f32>1 / sum) * (<f32>1 / <f32>(STEPS * BATCH)));
  for (let i: i32 = 0; i < LOGITS; i += 16) v128.store(row + i, f32x4.mul(v128.load(row + i), scale));
  store<f32>(row + (symbol << 2), load<f32>(row + (symbol << 2)) - <f32>1 / <f32>(STEPS * BATCH));
  return -Mathf.log(max(chance, 1e-9));
}

function backward(t: i32): void {
  const one = f32x4.splat(1);
  for (let b = 0; b < BATCH; b++) {
    const gate = gates + (t * BATCH + b) * ROW;
    const error = gateErrors + b * ROW;
    const old = states + (t * BATCH + b) * STATE;
    const candidate = candidates + (t * BATCH + b) * STATE;
    const fromOutput = stateErrors + (t * BATCH + b) * STATE;
    const carry = carried + b * STATE;
    const input = gradients + <usize>load<u8>(symbols + t * BATCH + b) * ROW;
    for (let i: i32 = 0; i < STATE; i += 16) {
      const dh = f32x4.add(v128.load(fromOutput + i), v128.load(carry + i));
      const r = v128.load(gate + i);
      const u = v128.load(gate + i, STATE);
      const n = v128.load(gate + i, 2 * STATE);
      const dn = f32x4.mul(f32x4.mul(dh, f32x4.sub(one, u)), f32x4.sub(one, f32x4.mul(n, n)));
      const du = f32x4.mul(f32x4.mul(dh, f32x4.sub(v128.load(old + i), n)), f32x4.mul(u, f32x4.sub(one, u)));
      const dr = f32x4.mul(f32x4.mul(dn, v128.load(candidate + i)), f32x4.mul(r, f32x4.sub(one, r)));
      v128.store(carry + i, f32x4.mul(dh, u));
      v128.store(error + i, dr);
      v128.store(error + i, du, STATE);
      v128.store(error + i, f32x4.mul(dn, r), 2 * STATE);
      v128.store(input + i, f32x4.add(v128.load(input + i), dr));
      v128.store(input + i, f32x4.add(v128.load(input + i, STATE), du), STATE);
      v128.store(input + i, f32x4.add(v128.load(input + i, 2 * STATE), dn), 2 * STATE);
    }
  }
  multiply(carried, gateErrors, cellsTurned, BATCH, CELLS, GATES, ROW, 4);
  const before = states + t * BATCH * STATE;
  multiply(gradients + (AT_CELLS << 2), before, gateErrors, CELLS, GATES, BATCH, 4, STATE);
}

function add(to: usize, from: usize, bytes: i32): void {
  for (let i: i32 = 0; i < bytes; i += 16) v128.store(to + i, f32x4.add(v128.load(to + i), v128.load(from + i)));
}

function adapt(rate: f32): void {
  updates++;
  const share1: f32 = <f32>1 - <f32>Mathf.pow(DECAY_1, <f32>updates);
  const share2: f32 = <f32>1 - <f32>Mathf.pow(DECAY_2, <f32>updates);
  for (let i = 0; i < COUNT; i++) {
    const at: usize = <usize>i << 2;
    const gradient = max(-LARGEST, min(LARGEST, load<f32>(gradients + at)));
    const mean = load<f32>(means + at) * DECAY_1 + gradient * (<f32>1 - DECAY_1);
    const square = load<f32>(squares + at) * DECAY_2 + gradient * gradient * (<f32>1 - DECAY_2);
    store<f32>(means + at, mean);
    store<f32>(squares + at, square);
    const limit: f32 = <f32>127 / stepsOf(i);
    const weight = load<f32>(weights + at) - (rate * (mean / share1)) / (sqrt(square / share2) + LEAST);
    store<f32>(weights + at, max(-limit, min(limit, weight)));
  }
}

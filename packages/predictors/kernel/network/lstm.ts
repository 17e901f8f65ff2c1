/**
 * A long short-term memory that predicts the next byte and learns from each: layers of CELLS cells whose input gate is
 * one minus the forget gate, back-propagation through the last STEPS bytes every STEPS bytes.
 *
 * Layer 0 sees the last two bytes, each through a table of rows that go straight into the gates; layer n sees the cells
 * of layer n − 1. The output sees the cells of all layers and a constant.
 *
 * Source: S. Hochreiter, J. Schmidhuber, "Long short-term memory" (1997); coupled gates as in K. Greff et al., "LSTM: a
 * search space odyssey" (2017).
 */

import { allocate } from "../memory";
import { exp4, sigmoid4, tanh4 } from "./functions";
import { learnMatrix, learnRow } from "./learning";
import { multiply, multiplyTransposed } from "./matrix";

const SYMBOLS: i32 = 256;
/** Bytes of history that are learnt from at a time. */
const STEPS: i32 = LSTM_STEPS;
const CELLS: i32 = LSTM_CELLS;
const LAYERS: i32 = LSTM_LAYERS;
/** The learning rate at the start, the share of it that stays, and the windows after which half of the rest is lost. */
const RATE: f32 = <f32>LSTM_RATE * 0.0001;
const LEAST_SHARE: f32 = 0.1;
const HALF_LIFE: f32 = 10000;
/** Initial weights are uniform within ± these. */
const RECENT_SCALE: f32 = 0.3;
const SCALE: f32 = 0.1;
/** Largest logit: beyond it, exp would only cost precision. */
const LARGEST_LOGIT: f32 = 30;

/** Gates of a cell: forget, output, candidate. */
const GATES: i32 = 3 * CELLS;
const GATE_BYTES: i32 = GATES * 4;
const CELL_BYTES: i32 = CELLS * 4;
/** What the output sees of a step: the cells of each layer and a one, in whole cache lines. */
const OUTPUT_ROWS: i32 = LAYERS * CELLS + 1;
const STATE_BYTES: i32 = (LAYERS * CELLS + 16) * 4;
const OUTPUT_BYTES: i32 = SYMBOLS * 4;

const RECURRENT_BYTES: i32 = CELLS * GATES * 4;
const TABLE_BYTES: i32 = SYMBOLS * GATES * 4;

// Weights, each part with its mean squares behind.
let recent: usize = 0; // [symbol][gate]: rows of the last byte
let older: usize = 0; // [symbol][gate]: rows of the byte before
let recurrent: usize = 0; // [layer][cell][gate]
let upward: usize = 0; // [layer − 1][cell][gate]
let biases: usize = 0; // [layer − 1][gate]
let output: usize = 0; // [cell of any layer, one][symbol]

// Activations of the window's steps; step 0 of states and memories is what came before it.
let states: usize = 0; // [step + 1][layer][cell], one
let memories: usize = 0; // [layer][step + 1][cell]
let gates: usize = 0; // [layer][step][gate]
let squashed: usize = 0; // [layer][step][cell]: tanh of the memory
let errors: usize = 0; // [step][symbol]: probabilities, then probability − 1 where the symbol came
let gateErrors: usize = 0; // [layer][step][gate]
let carriedState: usize = 0; // [layer][cell]: error of the state, from the step after
let carriedMemory: usize = 0; // [layer][cell]
let stateError: usize = 0; // [layer][cell]
let symbols: usize = 0; // i32 [step][2]

let step: i32 = 0;
let last: i32 = 0;
let beforeLast: i32 = 0;
let updates: i32 = 0;
let highestRate: f32 = 0;
let leastShare: f32 = 0;
let seed: i32 = 0;

/** Uniform in ±scale. */
function uniform(scale: f32): f32 {
  seed = seed * 1664525 + 1013904223;
  return <f32>(seed >> 8) * 0.00000011920929 * scale;
}

function weights(count: i32, scale: f32): usize {
  const address = allocate(<usize>count << 3);
  for (let i: i32 = 0; i < count; i++) store<f32>(address + (<usize>i << 2), uniform(scale));
  return address;
}

/** Lays out memory, starts from small random weights, the same ones everywhere. */
export function startNetwork(): void {
  seed = 12345;
  step = 0;
  last = 0;
  beforeLast = 0;
  startRates(RATE, LEAST_SHARE);
  recent = weights(SYMBOLS * GATES, RECENT_SCALE);
  older = weights(SYMBOLS * GATES, SCALE);
  recurrent = weights(LAYERS * CELLS * GATES, SCALE);
  upward = weights((LAYERS - 1) * CELLS * GATES, SCALE);
  biases = weights((LAYERS - 1) * GATES, 0);
  output = weights(OUTPUT_ROWS * SYMBOLS, SCALE);
  states = allocate((STEPS + 1) * STATE_BYTES);
  for (let t: i32 = 0; t <= STEPS; t++) store<f32>(states + t * STATE_BYTES + LAYERS * CELL_BYTES, 1);
  memories = allocate(LAYERS * (STEPS + 1) * CELL_BYTES);
  gates = allocate(LAYERS * STEPS * GATE_BYTES);
  squashed = allocate(LAYERS * STEPS * CELL_BYTES);
  errors = allocate(STEPS * OUTPUT_BYTES);
  gateErrors = allocate(LAYERS * STEPS * GATE_BYTES);
  carriedState = allocate(LAYERS * CELL_BYTES);
  carriedMemory = allocate(LAYERS * CELL_BYTES);
  stateError = allocate(LAYERS * CELL_BYTES);
  symbols = allocate(STEPS * 8);
}

/**
 * Starts the schedule of the learning rate anew.
 *
 * @param highest the rate at the start
 * @param least the share of it that stays
 */
export function startRates(highest: f32, least: f32): void {
  highestRate = highest;
  leastShare = least;
  updates = 0;
}

/** The weights' parts, in the order in which trained ones are kept; those of all layers are one part. */
export const PARTS: i32 = 6;

/** Address of a part's weights, f32; their mean squares lie behind them. */
export function partAddress(part: i32): usize {
  if (part == 0) return recent;
  if (part == 1) return older;
  if (part == 2) return recurrent;
  if (part == 3) return upward;
  return part == 4 ? biases : output;
}

export function partRows(part: i32): i32 {
  if (part < 2) return SYMBOLS;
  if (part == 2) return LAYERS * CELLS;
  if (part == 3) return (LAYERS - 1) * CELLS;
  return part == 4 ? LAYERS - 1 : OUTPUT_ROWS;
}

export function partColumns(part: i32): i32 {
  return part == PARTS - 1 ? SYMBOLS : GATES;
}

// @ts-ignore: decorator
@inline
function gatesOf(layer: i32, t: i32): i32 {
  return (layer * STEPS + t) * GATE_BYTES;
}

/** The memory after step t; that of step −1 is what came before the window. */
// @ts-ignore: decorator
@inline
function memoryOf(layer: i32, t: i32): usize {
  return memories + (layer * (STEPS + 1) + t + 1) * CELL_BYTES;
}

/** Probabilities of the next byte, 256 f32 that sum to 1; returns their address. */
export function predictSymbol(): usize {
  const t = step;
  store<i32>(symbols + (<usize>t << 3), last);
  store<i32>(symbols + (<usize>t << 3), beforeLast, 4);
  const before = states + t * STATE_BYTES;
  const after = before + STATE_BYTES;
  for (let layer: i32 = 0; layer < LAYERS; layer++) {
    const z = gates + gatesOf(layer, t);
    if (layer == 0) {
      const row = recent + last * GATE_BYTES;
      const row2 = older + beforeLast * GATE_BYTES;
      for (let b: i32 = 0; b < GATE_BYTES; b += 16) {
        v128.store(z + b, f32x4.add(v128.load(row + b), v128.load(row2 + b)));
      }
    } else {
      memory.copy(z, biases + (layer - 1) * GATE_BYTES, GATE_BYTES);
      const below = after + (layer - 1) * CELL_BYTES;
      multiply(z, upward + (layer - 1) * RECURRENT_BYTES, below, CELLS, GATES);
    }
    const at = layer * CELL_BYTES;
    multiply(z, recurrent + layer * RECURRENT_BYTES, before + at, CELLS, GATES);
    const old = memoryOf(layer, t - 1);
    const tanhs = squashed + (layer * STEPS + t) * CELL_BYTES;
    for (let b: i32 = 0; b < CELL_BYTES; b += 16) {
      const f = sigmoid4(v128.load(z + b));
      const o = sigmoid4(v128.load(z + b, CELL_BYTES));
      const g = tanh4(v128.load(z + b, 2 * CELL_BYTES));
      const c = f32x4.add(g, f32x4.mul(f, f32x4.sub(v128.load(old + b), g)));
      const h = tanh4(c);
      v128.store(z + b, f);
      v128.store(z + b, o, CELL_BYTES);
      v128.store(z + b, g, 2 * CELL_BYTES);
      v128.store(old + b, c, CELL_BYTES);
      v128.store(tanhs + b, h);
      v128.store(after + at + b, f32x4.mul(o, h));
    }
  }
  const p = errors + t * OUTPUT_BYTES;
  memory.fill(p, 0, OUTPUT_BYTES);
  multiply(p, output, after, OUTPUT_ROWS, SYMBOLS);
  let sums = f32x4.splat(0);
  for (let b: i32 = 0; b < OUTPUT_BYTES; b += 16) {
    const e = exp4(f32x4.min(v128.load(p + b), f32x4.splat(LARGEST_LOGIT)));
    v128.store(p + b, e);
    sums = f32x4.add(sums, e);
  }
  const sum =
    f32x4.extract_lane(sums, 0) +
    f32x4.extract_lane(sums, 2) +
    (f32x4.extract_lane(sums, 1) + f32x4.extract_lane(sums, 3));
  const inverse = f32x4.splat(<f32>1.0 / sum);
  for (let b: i32 = 0; b < OUTPUT_BYTES; b += 16) v128.store(p + b, f32x4.mul(v128.load(p + b), inverse));
  return p;
}

/** Learns the byte that came. */
export function learnSymbol(symbol: i32): void {
  const at = errors + step * OUTPUT_BYTES + (<usize>symbol << 2);
  store<f32>(at, load<f32>(at) - 1);
  beforeLast = last;
  last = symbol;
  step++;
  if (step == STEPS) learnWindow();
}

function learnWindow(): void {
  step = 0;
  updates++;
  const rate = highestRate * ((HALF_LIFE / (HALF_LIFE + <f32>updates)) * (<f32>1.0 - leastShare) + leastShare);
  memory.fill(carriedState, 0, LAYERS * CELL_BYTES);
  memory.fill(carriedMemory, 0, LAYERS * CELL_BYTES);
  for (let t: i32 = STEPS - 1; t >= 0; t--) {
    memory.copy(stateError, carriedState, LAYERS * CELL_BYTES);
    memory.fill(carriedState, 0, LAYERS * CELL_BYTES);
    multiplyTransposed(stateError, output, errors + t * OUTPUT_BYTES, LAYERS * CELLS, SYMBOLS);
    for (let layer: i32 = LAYERS - 1; layer >= 0; layer--) backward(layer, t);
  }
  for (let layer: i32 = 0; layer < LAYERS; layer++) {
    const dz = gateErrors + gatesOf(layer, 0);
    const at = layer * CELL_BYTES;
    const matrix = recurrent + layer * RECURRENT_BYTES;
    learnMatrix(matrix, LAYERS * RECURRENT_BYTES, CELLS, GATES, states + at, STATE_BYTES, dz, STEPS, rate);
    if (layer > 0) {
      const below = states + STATE_BYTES + at - CELL_BYTES;
      const up = upward + (layer - 1) * RECURRENT_BYTES;
      learnMatrix(up, (LAYERS - 1) * RECURRENT_BYTES, CELLS, GATES, below, STATE_BYTES, dz, STEPS, rate);
      const bias = biases + (layer - 1) * GATE_BYTES;
      const ones = states + LAYERS * CELL_BYTES;
      learnMatrix(bias, (LAYERS - 1) * GATE_BYTES, 1, GATES, ones, STATE_BYTES, dz, STEPS, rate);
    }
    memory.copy(memoryOf(layer, -1), memoryOf(layer, STEPS - 1), CELL_BYTES);
  }
  learnMatrix(output, OUTPUT_ROWS * OUTPUT_BYTES, OUTPUT_ROWS, SYMBOLS, states + STATE_BYTES, STATE_BYTES, errors, STEPS, rate);
  for (let t: i32 = 0; t < STEPS; t++) {
    const dz = gateErrors + gatesOf(0, t);
    learnRow(recent + <usize>load<i32>(symbols + (<usize>t << 3)) * GATE_BYTES, TABLE_BYTES, GATES, dz, rate);
    learnRow(older + <usize>load<i32>(symbols + (<usize>t << 3), 4) * GATE_BYTES, TABLE_BYTES, GATES, dz, rate);
  }
  memory.copy(states, states + STEPS * STATE_BYTES, LAYERS * CELL_BYTES);
}

/** Errors of a layer's gates at step t, and what they say of the step before and of the layer below. */
function backward(layer: i32, t: i32): void {
  const z = gates + gatesOf(layer, t);
  const dz = gateErrors + gatesOf(layer, t);
  const old = memoryOf(layer, t - 1);
  const tanhs = squashed + (layer * STEPS + t) * CELL_BYTES;
  const at = layer * CELL_BYTES;
  const one = f32x4.splat(1);
  for (let b: i32 = 0; b < CELL_BYTES; b += 16) {
    const f = v128.load(z + b);
    const o = v128.load(z + b, CELL_BYTES);
    const g = v128.load(z + b, 2 * CELL_BYTES);
    const h = v128.load(tanhs + b);
    const dh = v128.load(stateError + at + b);
    const dc = f32x4.add(
      v128.load(carriedMemory + at + b),
      f32x4.mul(f32x4.mul(dh, o), f32x4.sub(one, f32x4.mul(h, h))),
    );
    const closed = f32x4.sub(one, f);
    v128.store(dz + b, f32x4.mul(f32x4.mul(dc, f32x4.sub(v128.load(old + b), g)), f32x4.mul(f, closed)));
    v128.store(dz + b, f32x4.mul(f32x4.mul(dh, h), f32x4.mul(o, f32x4.sub(one, o))), CELL_BYTES);
    v128.store(dz + b, f32x4.mul(f32x4.mul(dc, closed), f32x4.sub(one, f32x4.mul(g, g))), 2 * CELL_BYTES);
    v128.store(carriedMemory + at + b, f32x4.mul(dc, f));
  }
  multiplyTransposed(carriedState + at, recurrent + layer * RECURRENT_BYTES, dz, CELLS, GATES);
  if (layer > 0) {
    multiplyTransposed(
      stateError + at - CELL_BYTES, upward + (layer - 1) * RECURRENT_BYTES, dz, CELLS, GATES,
    );
  }
}


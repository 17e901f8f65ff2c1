/**
 * Trains the model of units: logistic regression, one step a bit, each weight at a rate of its own (AdaGrad). f32 with
 * + − × ÷ and square roots in a fixed order: the same weights on every machine.
 */
import { allocate, resetMemory } from "../../predictors/kernel/memory";
import { addMember as addToGroup, clearGroups } from "../../predictors/kernel/resolver/resolver";
import { initCapitals } from "./text/capitals";
import { startCharacters } from "./text/characters";
import { END, addEscape as addToEscapes, escapeOf, startEscapes, unitBits } from "./text/escapes";
import { startTracker, track } from "./text/tracker";
import { FEATURES, startUnit, startUnitModel, weightNumber } from "./text/unit-model";
import { MOST_UNITS, writeEscape, writeText } from "./text/write";

/** A weight (f32) and the sum of its squared gradients (f32). */
const CELL: usize = 8;
/** What the sums of squared gradients start with. */
const FIRST_SUM: f32 = 1;
/** Weights are kept in sixteenths of a logit, in a byte each. */
const SCALE: f32 = 16;
const MOST: f32 = 127;
/** Beyond this a sum says no more. */
const MOST_SUM: f32 = 11;
/** An error of a probability below which nothing is learnt. */
const LEAST_ERROR: f32 = 0.002;

const PADDING: i32 = 8;
const END_UNITS: i32 = 8;

let text: usize = 0;
let units: usize = 0;
let cells: usize = 0;
let marks: usize = 0;
let weights: usize = 0;
let count: i32 = 0;
let rate: f32 = 0;
let cost: f64 = 0;

/** Forgets everything; units have `bits` bits from now on. */
export function clear(bits: i32): void {
  resetMemory();
  clearGroups();
  startEscapes(bits);
  initCapitals();
}

/** Adds a character to the group of a code. */
export function addMember(code: i32, byte: i32): void {
  addToGroup(code, byte);
}

/** Adds an escape; see escapes.ts. */
export function addEscape(kind: i32, bytes: u64, byteCount: i32, follower: i32): void {
  addToEscapes(kind, bytes, byteCount, follower);
}

/** Makes room for 2^bits weights, all 0, and for texts of up to `most` bytes. All groups and escapes are there. */
export function startTraining(bits: i32, most: i32): void {
  startCharacters();
  startUnitModel(0, bits);
  count = 1 << bits;
  weights = allocate(<usize>count * CELL);
  for (let i = 0; i < count; i++) store<f32>(weightAt(i), FIRST_SUM, 4);
  text = allocate(most + PADDING);
  marks = allocate(most + PADDING);
  cells = allocate(<usize>most << 1);
  units = allocate(most * MOST_UNITS + END_UNITS);
}

/** Where the host puts a text. */
export function textAddress(): usize {
  return text;
}

/** Sets the step size, and forgets the cost. At 0 nothing is learnt. */
export function setRate(step: f32): void {
  rate = step;
  cost = 0;
}

/** Bits that the texts since then cost, in the model as it was at each. */
export function costInBits(): f64 {
  return cost;
}

// @ts-ignore: decorator
@inline
function weightAt(number: usize): usize {
  return weights + number * CELL;
}

/** Rounds the weights to what they are kept as. */
export function round(): void {
  for (let i = 0; i < count; i++) {
    const weight = nearest<f32>(load<f32>(weightAt(i)) * SCALE);
    store<f32>(weightAt(i), max<f32>(-MOST, min<f32>(MOST, weight)) / SCALE);
  }
}

/** A rounded weight as it is kept. */
export function weight(number: i32): i32 {
  return <i32>(load<f32>(weightAt(number)) * SCALE);
}

/** Learns the text of `length` bytes that was put at textAddress, its end included. */
export function learn(length: i32): void {
  memory.fill(text + length, 0, PADDING);
  const end = writeEscape(escapeOf(END), writeText(text, length, marks, units, cells));
  startTracker();
  for (let at = units; at < end; at++) {
    const unit: i32 = load<u8>(at);
    startUnit();
    let node = 1;
    for (let shift = unitBits - 1; shift >= 0; shift--) {
      const bit = (unit >> shift) & 1;
      learnBit(node, bit);
      node = (node << 1) | bit;
    }
    track(unit);
  }
}

function learnBit(node: i32, bit: i32): void {
  let sum: f32 = 0;
  for (let i = 0; i < FEATURES; i++) sum += load<f32>(weightAt(weightNumber(i, node)));
  sum = max<f32>(-MOST_SUM, min<f32>(MOST_SUM, sum));
  const probability: f32 = 1 / (1 + exp(-sum));
  cost -= Math.log2(bit ? probability : 1 - probability);
  const error = <f32>bit - probability;
  if (abs(error) < LEAST_ERROR || rate == 0) return;
  const square = error * error;
  for (let i = 0; i < FEATURES; i++) {
    const weight = weightAt(weightNumber(i, node));
    const squares = load<f32>(weight, 4) + square;
    store<f32>(weight, squares, 4);
    store<f32>(weight, load<f32>(weight) + rate * error / sqrt<f32>(squares));
  }
}

/** e^x by eight squarings of a Taylor series around 0, for |x| ≤ 11. */
function exp(x: f32): f32 {
  const y: f32 = x / 256;
  let result: f32 = 1 + y * (1 + y * (0.5 + y * (1.0 / 6.0)));
  for (let i = 0; i < 8; i++) result *= result;
  return result;
}

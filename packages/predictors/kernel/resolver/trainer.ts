/**
 * Trains the resolver's weights: logistic regression, or softmax in groups of more than two, one step a letter. At first
 * by FTRL-proximal (McMahan et al., "Ad click prediction: a view from the trenches", 2013, algorithm 1): AdaGrad, in
 * which a weight stays 0 until the gradients of its places add up to more than a threshold. A table with few weights is
 * small when packed, and what was never learnt meets fewer weights of something else. Then, once the weights that are
 * not 0 are settled, by AdaGrad on those, at a falling rate.
 *
 * f32 with + − × ÷ and square roots in a fixed order: the same weights on every machine.
 */
import { allocate, resetMemory } from "../memory";
import { FEATURES, placesOfFeatures, score, stride, useTable } from "./features";
import { pushSymbol, startLeft } from "./left";
import { SYMBOL, rightOf, startRight } from "./right";
import {
  FIRST_CODE, addMember as addToGroup, cellAt, clearGroups, codeOfByte, groupSize, isAmbiguous, largestGroup,
  leftSymbol, member,
} from "./symbols";

// A weight's cell: three f32 and a gap, so that a cell does not straddle cache lines.
const CELL_BITS: i32 = 4;
const WEIGHT: usize = 0;
/** Sum of the squares of its gradients. */
const SQUARES: usize = 4;
/** Sum of its gradients, less what the weight has taken up of them. */
const PULL: usize = 8;

/**
 * How much of an error at a capital counts. In the thesis's framing capitals are known; and most of those within sentences
 * begin names, which take many weights and help no other word.
 */
const CAPITAL: f32 = 0.3;

let weights: usize = 0;
let text: usize = 0;
let cells: usize = 0;
let rate: f32 = 0;
let threshold: f32 = 0;
let least: f32 = 0;
let settled: bool = false;
/** Letters of the last text, and how many of them were resolved wrongly before they were learnt. */
let letters: i32 = 0;
let errors: i32 = 0;

const shares = memory.data(8 * 4, 16); // f32 [rank]

/** Forgets everything, the groups too. */
export function startGroups(): void {
  resetMemory();
  clearGroups();
}

/** Adds a byte, none of the capitals, to the characters that share a code. */
export function addMember(code: i32, byte: i32): void {
  addToGroup(code, byte);
}

/**
 * Makes room for 2^bits weights, all 0, once all groups are there.
 *
 * @param zeroBelow the sum of gradients up to which a weight is 0
 * @param leastError how wrong a probability must be to be learnt from: the sure ones teach nothing, and cost time
 * @param capacity bytes of the longest text
 */
export function startTraining(bits: i32, zeroBelow: f32, leastError: f32, capacity: i32): void {
  const count = 1 << bits;
  useTable(0, count, largestGroup > 2 ? largestGroup : 1);
  weights = allocate(<usize>count << CELL_BITS);
  for (let i = 0; i < count; i++) store<f32>(weights + (<usize>i << CELL_BITS), 1, SQUARES);
  text = allocate(capacity);
  cells = allocate(<usize>capacity << 1);
  threshold = zeroBelow;
  least = leastError;
  settled = false;
}

/** Where the host puts a text. */
export function textAddress(): usize {
  return text;
}

/** Sets the size of the steps. */
export function setRate(step: f32): void {
  rate = step;
}

/** From now on, weights that are 0 stay 0. */
export function settle(): void {
  settled = true;
}

/** e^x for |x| ≤ 80; relative error below 10^-6. */
function exp(x: f32): f32 {
  const t = x * <f32>1.4426950408889634;
  const whole = floor<f32>(t + <f32>0.5);
  const y = (t - whole) * <f32>0.6931471805599453;
  let power: f32 = 1;
  power = 1 + (y / 6) * power;
  power = 1 + (y / 5) * power;
  power = 1 + (y / 4) * power;
  power = 1 + (y / 3) * power;
  power = 1 + (y / 2) * power;
  power = 1 + y * power;
  return power * reinterpret<f32>((<i32>whole + 127) << 23);
}

// @ts-ignore: decorator
@inline
function cellOf(feature: i32, rank: i32): usize {
  return weights + (<usize>(load<i32>(placesOfFeatures + (<usize>feature << 2)) + rank) << CELL_BITS);
}

// @ts-ignore: decorator
@inline
function sumOf(rank: i32): f32 {
  let sum: f32 = 0;
  for (let feature = 0; feature < FEATURES; feature++) sum += load<f32>(cellOf(feature, rank), WEIGHT);
  return sum;
}

/**
 * Learns how wrong the probability of a letter was.
 *
 * @param weight of the letter: 1, or less
 */
function step(rank: i32, wrong: f32, weight: f32): void {
  if (abs(wrong) < least) return;
  const error = wrong * weight;
  for (let feature = 0; feature < FEATURES; feature++) {
    const cell = cellOf(feature, rank);
    const value = load<f32>(cell, WEIGHT);
    if (settled && value == 0) continue;
    const before = load<f32>(cell, SQUARES);
    const squares = before + error * error;
    const root = sqrt<f32>(squares);
    store<f32>(cell, squares, SQUARES);
    if (settled) store<f32>(cell, value - (rate * error) / root, WEIGHT);
    else {
      const pull = load<f32>(cell, PULL) + error - ((root - sqrt<f32>(before)) / rate) * value;
      const size = max<f32>(0, abs(pull) - threshold) * rate / root;
      store<f32>(cell, pull, PULL);
      store<f32>(cell, pull > 0 ? -size : size, WEIGHT);
    }
  }
}

function learnPair(right: usize, code: i32, truth: i32, weight: f32): void {
  score<i32>(right, code);
  const sum = max<f32>(-60, min<f32>(60, sumOf(0)));
  const isSecond = member(code, 1) == truth;
  if (sum > 0 != isSecond) errors++;
  step(0, <f32>1 / (<f32>1 + exp(-sum)) - <f32>isSecond, weight);
}

function learnGroup(right: usize, code: i32, truth: i32, weight: f32): void {
  score<v128>(right, code);
  const size = groupSize(code);
  let highest: f32 = sumOf(0);
  let best = 0;
  store<f32>(shares, highest);
  for (let rank = 1; rank < size; rank++) {
    const sum = sumOf(rank);
    store<f32>(shares + (<usize>rank << 2), sum);
    if (sum > highest) {
      highest = sum;
      best = rank;
    }
  }
  if (member(code, best) != truth) errors++;
  let total: f32 = 0;
  for (let rank = 0; rank < size; rank++) {
    const share = exp(max<f32>(-60, load<f32>(shares + (<usize>rank << 2)) - highest));
    store<f32>(shares + (<usize>rank << 2), share);
    total += share;
  }
  for (let rank = 0; rank < size; rank++) {
    const isTrue = member(code, rank) == truth;
    step(rank, load<f32>(shares + (<usize>rank << 2)) / total - <f32>isTrue, weight);
  }
}

/**
 * Learns a text of `length` bytes: all of its letters that share a code, capitals as small letters that count less. To the
 * left of each, the letters are taken as known.
 */
export function learn(length: i32): void {
  for (let i = 0; i < length; i++) {
    const byte: i32 = load<u8>(text + i);
    const code = codeOfByte(byte);
    store<u16>(cells + (<usize>i << 1), <u16>(code < 0 ? byte : FIRST_CODE + code));
  }
  startLeft();
  startRight();
  letters = 0;
  errors = 0;
  for (let i = 0; i < length; i++) {
    const cell = cellAt(cells, i);
    const right = rightOf(cells, length, i);
    if (isAmbiguous(cell)) {
      const byte: i32 = load<u8>(text + i);
      const symbol = leftSymbol(byte);
      const truth = symbol <= 26 ? 0x60 + symbol : byte;
      const weight: f32 = truth == byte ? 1 : CAPITAL;
      letters++;
      if (stride == 1) learnPair(right, cell - FIRST_CODE, truth, weight);
      else learnGroup(right, cell - FIRST_CODE, truth, weight);
      pushSymbol(symbol);
    } else pushSymbol(load<u8>(right, SYMBOL));
  }
}

export function lettersSeen(): i32 {
  return letters;
}

export function errorsMade(): i32 {
  return errors;
}

/** Where the weights are: f32 each, 16 bytes apart. */
export function weightsAddress(): usize {
  return weights;
}

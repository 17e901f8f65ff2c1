/**
 * How likely the decisions are. A context's frequencies say how often its symbols came; how often it is right with as
 * much to go by, is learnt: each decision has cells in contexts of its own, counted in few steps (secondary estimation).
 */
import { exp, initMath, stretch } from "../math";
import { allocate } from "../memory";
import { HALF, initStateMaps, learn, probability12 } from "../state-map";
import { countOf, frequencyOf, statesOf, suffixOf, symbolOf, totalOf } from "./contexts";
import { expectedByte, hasMatch, matchLength, matchMisses } from "./match";
import { currentOrder } from "./tree";

// Cells: probabilities of a one, by what is known.
const FIRST_CELLS: usize = 32768;
const SYMBOL_CELLS: usize = 16384;
const MATCH_CELLS: usize = 8192;
const SIZE_CELLS: usize = 2048;
const REST_CELLS: usize = 4096;
const MASKED_CELLS: usize = 4096;
const LEFT_CELLS: usize = 16384;
const WEIGHT_SETS: usize = 2048;

/** Bytes of memory that all of them take. */
export const ESTIMATION_BYTES: i32 =
  4 * <i32>(FIRST_CELLS + SYMBOL_CELLS + MATCH_CELLS + SIZE_CELLS + REST_CELLS + MASKED_CELLS + LEFT_CELLS) +
  16 * <i32>WEIGHT_SETS;

/** How many updates make a cell slow. */
const LIMIT: i32 = 255;
const MATCH_LIMIT: i32 = 127;
/** How fast the mixer's weights move, for a probability in 1/65536. */
const RATE: f32 = 0.01 / 65536.0;

/** A stretched probability in 1/256 is within ±12 here. */
const FINE_LIMIT: i32 = 12 * 256;
const fineSquash = memory.data((2 * FINE_LIMIT + 1) * 2, 4);
/** 1.5 × 2^23: added to a small f32, it leaves the nearest integer in the lowest bits. */
const ROUNDER: f32 = 12582912.0;

let ready = false;
let firstCells: usize = 0;
let symbolCells: usize = 0;
let matchCells: usize = 0;
let sizeCells: usize = 0;
let restCells: usize = 0;
let maskedCells: usize = 0;
let leftCells: usize = 0;
let weightSets: usize = 0;

/** The latest first decisions, the last one in bit 0. */
let hits: i32 = 0;

// What the last estimate was made of.
let cellA: usize = 0;
let cellB: usize = 0;
let cellM: usize = 0;
let weights: usize = 0;
let inputA: f32 = 0;
let inputB: f32 = 0;
let inputM: f32 = 0;
let mixed: i32 = 0;
let isExpected = false;

/** Forgets all that was learnt. */
export function startEstimation(): void {
  if (!ready) {
    initMath();
    initStateMaps();
    for (let i = -FINE_LIMIT; i <= FINE_LIMIT; i++) {
      const p = <i32>(65536.0 / (1.0 + exp(<f64>-i / 256.0)));
      store<u16>(fineSquash + <usize>((i + FINE_LIMIT) << 1), max(1, min(65535, p)));
    }
    ready = true;
  }
  firstCells = cells(FIRST_CELLS, HALF);
  symbolCells = cells(SYMBOL_CELLS, HALF);
  matchCells = cells(MATCH_CELLS, HALF);
  sizeCells = cells(SIZE_CELLS, HALF >>> 1);
  restCells = cells(REST_CELLS, HALF >>> 1);
  maskedCells = cells(MASKED_CELLS, HALF >>> 1);
  leftCells = cells(LEFT_CELLS, HALF >>> 1);
  weightSets = allocate(WEIGHT_SETS * 16);
  for (let set = weightSets; set < weightSets + WEIGHT_SETS * 16; set += 16) {
    store<f32>(set, 0.6);
    store<f32>(set, 0.5, 4);
    store<f32>(set, 0.2, 8);
  }
  hits = 0;
}

function cells(count: usize, value: i32): usize {
  const address = allocate(count * 4);
  for (let i: usize = 0; i < count; i++) store<i32>(address + (i << 2), value);
  return address;
}

/** Symbols of a context, in eight steps. */
// @ts-ignore: decorator
@inline
function sizeStep(count: i32): i32 {
  if (count <= 4) return count - 1;
  return count <= 6 ? 4 : count <= 10 ? 5 : count <= 20 ? 6 : 7;
}

/** Frequency of a lone symbol, in sixteen steps. */
// @ts-ignore: decorator
@inline
function loneStep(frequency: i32): i32 {
  if (frequency < 8) return frequency;
  if (frequency < 16) return 8 + ((frequency - 8) >> 2);
  if (frequency < 32) return 10 + ((frequency - 16) >> 3);
  return frequency < 64 ? 12 + ((frequency - 32) >> 4) : frequency < 120 ? 14 : 15;
}

/** Share that the first symbol has, in sixteen steps. */
// @ts-ignore: decorator
@inline
function shareStep(frequency: i32, total: i32): i32 {
  const share = (frequency << 6) / total;
  return share < 16 ? share >> 1 : min(15, 8 + (share - 16) / 6);
}

// @ts-ignore: decorator
@inline
function log2Of(n: i32): i32 {
  return 31 - clz(n | 1);
}

// @ts-ignore: decorator
@inline
function at(table: usize, index: i32): usize {
  return table + (<usize>index << 2);
}

// @ts-ignore: decorator
@inline
function stretched(cell: usize): f32 {
  return stretch(probability12(load<i32>(cell)));
}

/** Of two cells, half of each, in 1/65536. */
// @ts-ignore: decorator
@inline
function meanOf(a: usize, b: usize): i32 {
  const sum = (load<i32>(a) >>> 10) + (load<i32>(b) >>> 10);
  return max(1, min(65535, sum >> 7));
}

/**
 * Before anything else is decided in the deepest context: takes a look at what is known. Leaves `matchProbability` and
 * `firstProbability` to be asked.
 *
 * @returns whether a byte is expected by the match that is not the context's first: that is decided before
 */
export function lookAt(context: usize): bool {
  const count = countOf(context);
  const first = statesOf(context);
  const shorter = suffixOf(context);
  const size = sizeStep(count);
  let shorterCount = 256;
  let agrees = 0;
  if (shorter != 0) {
    shorterCount = countOf(shorter);
    agrees = <i32>(symbolOf(statesOf(shorter)) == symbolOf(first));
  }
  let share = 0;
  let trust = 0;
  if (count == 1) {
    share = loneStep(frequencyOf(first));
    trust = sizeStep(shorterCount);
  } else {
    const total = totalOf(context);
    share = shareStep(frequencyOf(first), total);
    trust = (max(0, min(3, log2Of(total) - 3)) << 1) + <i32>(shorterCount > 2 * count);
  }
  const both = (size << 4) + share;
  cellA = at(firstCells, (((((both << 4) + (hits & 15)) << 3) + trust) << 1) + agrees);
  cellB = at(symbolCells, (((((share << 1) + <i32>(count > 1)) << 8) + symbolOf(first)) << 1) + agrees);

  let set = 0;
  inputM = 0;
  isExpected = false;
  let isOther = false;
  if (hasMatch()) {
    isExpected = expectedByte() == symbolOf(first);
    isOther = !isExpected;
    const known = (((matchLength() << 2) + matchMisses()) << 2) + (<i32>isExpected << 1) + <i32>(count > 1);
    cellM = at(matchCells, (known << 4) + (isExpected ? 0 : share));
    if (isExpected) {
      inputM = stretched(cellM);
      set = 1 + min(6, matchLength() >> 2);
    }
  }
  weights = weightSets + (<usize>((((set << 3) + size) << 5) + (agrees << 4) + share) << 4);
  return isOther;
}

/** In 1/65536, that the byte comes which the match expects. */
// @ts-ignore: decorator
@inline
export function matchProbability(): i32 {
  return max(1, min(65535, load<i32>(cellM) >>> 16));
}

/** Whether it came. */
// @ts-ignore: decorator
@inline
export function learnMatch(came: i32): void {
  learn(cellM, came, MATCH_LIMIT);
}

/** In 1/65536, that the deepest context's first symbol comes. */
// @ts-ignore: decorator
@inline
export function firstProbability(): i32 {
  inputA = stretched(cellA);
  inputB = stretched(cellB);
  const sum = load<f32>(weights) * inputA + load<f32>(weights, 4) * inputB + load<f32>(weights, 8) * inputM;
  const rounded = reinterpret<i32>(sum * 256.0 + ROUNDER) - reinterpret<i32>(ROUNDER);
  const fine = max(-FINE_LIMIT, min(FINE_LIMIT, rounded));
  mixed = load<u16>(fineSquash + <usize>((fine + FINE_LIMIT) << 1));
  return mixed;
}

/** Whether it came. */
// @ts-ignore: decorator
@inline
export function learnFirst(came: i32): void {
  const step = <f32>((came << 16) - mixed) * RATE;
  store<f32>(weights, load<f32>(weights) + step * inputA);
  store<f32>(weights, load<f32>(weights, 4) + step * inputB, 4);
  store<f32>(weights, load<f32>(weights, 8) + step * inputM, 8);
  learn(cellA, came, LIMIT);
  learn(cellB, came, LIMIT);
  if (isExpected) learn(cellM, came, MATCH_LIMIT);
  hits = (hits << 1) | came;
}

/**
 * In 1/65536, that the symbol is none of the context's, when it is not its first. Not of the root, which has all.
 *
 * @param rest frequencies of all but the first
 */
// @ts-ignore: decorator
@inline
export function escapeProbability(context: usize, rest: i32): i32 {
  const count = countOf(context);
  const shorter = suffixOf(context);
  const mean = min(7, log2Of((rest << 2) / (count - 1)));
  const before = (hits >> 1) & 3;
  cellA = at(sizeCells, (((((sizeStep(count) << 3) + mean) << 2) + before) << 3) + sizeStep(countOf(shorter)));
  const size = count < 32 ? count : 32 + log2Of(count - 31);
  cellB = at(restCells, (size << 6) + (rest < 32 ? rest : min(63, 30 + (rest >> 4))));
  return meanOf(cellA, cellB);
}

/**
 * The same of a shorter context, where some symbols cannot come any more.
 *
 * @param left symbols that can
 * @param rest their frequencies
 */
// @ts-ignore: decorator
@inline
export function shorterEscapeProbability(context: usize, left: i32, rest: i32): i32 {
  const count = countOf(context);
  const mean = min(7, log2Of((rest << 1) / left));
  const order = currentOrder();
  const depth = order < 2 ? order : order < 4 ? 2 : 3;
  const grows = <i32>(left < countOf(suffixOf(context)) - count);
  cellA = at(maskedCells, (((((((sizeStep(left) << 3) + mean) << 3) + sizeStep(count - left)) << 2) + depth) << 1) + grows);
  cellB = at(leftCells, (((min(63, left) << 6) + min(63, rest)) << 2) + (((hits >> 1) & 1) << 1) + grows);
  return meanOf(cellA, cellB);
}

/** Whether it was none. */
// @ts-ignore: decorator
@inline
export function learnEscape(came: i32): void {
  learn(cellA, came, LIMIT);
  learn(cellB, came, LIMIT);
}

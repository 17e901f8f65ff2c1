/**
 * Decisions: each number that is coded is a series of bits, and each bit is predicted under several contexts. A context
 * of a number has a slot of 16 cells, one for each decision; other contexts have a cell for the decision alone.
 */

import { hash } from "../hash";
import { squash, stretch } from "../math";
import { allocate } from "../memory";
import { ROW, enterApms, learnApm, refine } from "../mix/apm";
import { HALF, learnt, probability12 } from "../state-map";
import { inputs, learnMix, mix } from "./mixer";

/** Bytes of a slot. */
const SLOT_BITS: i32 = 6;
/** Cells of the direct contexts, each. */
const DIRECT_BITS: i32 = 15;
const LIMIT: i32 = 1023;
const APM_ROWS: i32 = 4096;

const slots = memory.data(SLOTS * 4, 64); // usize [context]
const cells = memory.data((SLOTS + DIRECTS) * 4, 64); // usize [input]: the decision's cell, as its difference from HALF

let table: usize = 0;
let direct: usize = 0;
let slotMask: i32 = 0;
let tableBytes: usize = 0;
let apms: usize = 0;
let row0: usize = 0;
let row1: usize = 0;

/** @param tableBits log2 of the slots of a context */
export function startDecisions(tableBits: i32): void {
  slotMask = (1 << tableBits) - 1;
  tableBytes = <usize>1 << (tableBits + SLOT_BITS);
  table = allocate(tableBytes * SLOTS);
  direct = allocate((4 << DIRECT_BITS) * DIRECTS);
  apms = allocate(<usize>APM_ROWS * 2 * ROW);
  store<f32>(inputs + (SLOTS + DIRECTS) * 4, 0.4);
}

/** The numbers that follow are in this slot of context `n`. */
// @ts-ignore: decorator
@inline
export function enter(n: i32, context: i32): void {
  if (n >= SLOTS) return;
  store<usize>(slots + (n << 2), table + <usize>n * tableBytes + <usize>((hash(context, n + 1) & slotMask) << SLOT_BITS));
}

/** The next decision is in this cell of direct context `n`. @param cell 0 … 32767 */
// @ts-ignore: decorator
@inline
export function enterDirect(n: i32, cell: i32): void {
  if (n >= DIRECTS) return;
  store<usize>(cells + ((SLOTS + n) << 2), direct + (((n << DIRECT_BITS) + cell) << 2));
}

/** Rows of the adaptive probability maps, 0 … 4095. */
// @ts-ignore: decorator
@inline
export function estimateBy(first: i32, second: i32): void {
  row0 = apms + <usize>first * ROW;
  row1 = apms + <usize>(APM_ROWS + second) * ROW;
}

/** 16-bit probability that the decision `node`, 0 … 15, is a one. */
export function predict(node: i32): i32 {
  // unroll SLOTS
  for (let n: i32 = 0; n < SLOTS; n++) {
    const cell = load<usize>(slots + (n << 2)) + (node << 2);
    store<usize>(cells + (n << 2), cell);
    store<f32>(inputs + (n << 2), stretch(probability12(load<i32>(cell) ^ HALF)));
  }
  // unroll DIRECTS
  for (let n: i32 = 0; n < DIRECTS; n++) {
    const cell = load<usize>(cells + ((SLOTS + n) << 2));
    store<f32>(inputs + ((SLOTS + n) << 2), stretch(probability12(load<i32>(cell) ^ HALF)));
  }
  const mixed = mix();
  enterApms(mixed);
  const sum = squash(mixed) * 2 + refine(row0, mixed) + refine(row1, mixed);
  return max(16, min(65520, (sum + 2) >> 2));
}

/** Learns the bit that was predicted last. */
export function learn(bit: i32): void {
  learnMix(bit);
  learnApm(row0, bit);
  learnApm(row1, bit);
  // unroll SLOTS
  for (let n: i32 = 0; n < SLOTS; n++) {
    const cell = load<usize>(cells + (n << 2));
    store<i32>(cell, learnt(load<i32>(cell) ^ HALF, bit, LIMIT) ^ HALF);
  }
  // unroll DIRECTS
  for (let n: i32 = 0; n < DIRECTS; n++) {
    const cell = load<usize>(cells + ((SLOTS + n) << 2));
    store<i32>(cell, learnt(load<i32>(cell) ^ HALF, bit, LIMIT) ^ HALF);
  }
}

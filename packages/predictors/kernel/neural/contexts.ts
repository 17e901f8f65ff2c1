/**
 * Sparse inputs: each of the last 1, 2, … `orders` symbols, hashed, select a row of weights that goes straight into
 * the logits and learns at once, not at the end of the chunk. A row's rate falls with how often it was seen.
 *
 * Source: M. Mahoney, "Fast text compression with neural networks" (2000), which predicts bits so; here whole symbols.
 */

import { allocate } from "../memory";
import { columnBytes } from "./shape";
import { add } from "./vectors";

/** Bytes before a row's weights: u32 check, f32 count, padding. */
const HEADER: usize = 16;
/** The rate of a row that was seen n times is RATE_GAIN / (n + RATE_DELAY) + LEAST_RATE. */
const RATE_GAIN: f32 = 2;
const RATE_DELAY: f32 = 3;
const LEAST_RATE: f32 = 0.06;

let orders: i32 = 0;
let bits: i32 = 0;
let table: usize = 0; // [row]: header, f32 [symbol]; of all orders together
let rowBytes: usize = 0;
let history: usize = 0; // i32 [orders], the last first
let rows: usize = 0; // usize [order]: the rows of the present contexts

export function startContexts(orderCount: i32, tableBits: i32): void {
  orders = orderCount;
  bits = tableBits;
  if (orders == 0) return;
  rowBytes = HEADER + columnBytes;
  table = allocate(rowBytes << bits);
  history = allocate(<usize>orders << 2);
  rows = allocate(<usize>orders * sizeof<usize>());
}

/** Forgets the last symbols, not what was learnt. */
export function restartContexts(): void {
  if (orders > 0) memory.fill(history, 0, <usize>orders << 2);
}

/** The row of a context: its own, or, cleared, the less used one of the two that it may be in. */
function findRow(hash: u32): usize {
  const index = (hash * 0x9e3779b1) >> (32 - bits);
  const row = table + <usize>index * rowBytes;
  if (load<u32>(row) == hash) return row;
  const neighbour = table + <usize>(index ^ 1) * rowBytes;
  if (load<u32>(neighbour) == hash) return neighbour;
  const chosen = load<f32>(row, 4) <= load<f32>(neighbour, 4) ? row : neighbour;
  memory.fill(chosen, 0, rowBytes);
  store<u32>(chosen, hash);
  return chosen;
}

/** Adds the rows of all contexts to the logits. */
export function contextsForward(logits: usize): void {
  let hash: u32 = 0;
  for (let order: i32 = 0; order < orders; order++) {
    hash = (hash + load<u32>(history + (<usize>order << 2)) + 1) * 0x2c9277b5;
    hash ^= hash >> 15;
    const row = findRow(hash);
    store<usize>(rows + <usize>order * sizeof<usize>(), row);
    const weights = row + HEADER;
    add(logits, weights, columnBytes);
  }
}

/** weights −= rate × error, in each row. */
export function learnContexts(error: usize, symbol: i32): void {
  if (orders == 0) return;
  for (let order: i32 = 0; order < orders; order++) {
    const row = load<usize>(rows + <usize>order * sizeof<usize>());
    const count = load<f32>(row, 4);
    const rate = f32x4.splat(RATE_GAIN / (count + RATE_DELAY) + LEAST_RATE);
    store<f32>(row, count + 1, 4);
    const weights = row + HEADER;
    for (let b: usize = 0; b < columnBytes; b += 16) {
      v128.store(weights + b, f32x4.sub(v128.load(weights + b), f32x4.mul(rate, v128.load(error + b))));
    }
  }
  memory.copy(history + 4, history, <usize>(orders - 1) << 2);
  store<i32>(history, symbol);
}

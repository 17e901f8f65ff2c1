/**
 * Low orders: for each context of the last 1 to 11 bases, adaptive probabilities of the three decisions that make the
 * next base (its high bit, its low bit after a 0, after a 1). Both strands teach: the complement of a base that lies
 * `order` places back is what followed the reverse complement of the bases since.
 */
import { allocate } from "../memory";
import { hash } from "../hash";
import { stretch } from "../math";
import { HALF, learnt, probability12 } from "../state-map";
import { baseAt, contextOf, invertedContextOf, length } from "./strands";
import { lowOrder } from "./config";

/** Bytes of a context: three cells and one unused. */
const CONTEXT: usize = 16;

const tables = memory.data(LOW_ORDERS * 4, 64);
const current = memory.data(LOW_ORDERS * 4, 64);
const inverted = memory.data(LOW_ORDERS * 4, 64);
let tableBits: i32 = 0;

/** `bits`: log2 of the contexts of one order that there is room for. */
export function startOrders(bits: i32): void {
  tableBits = bits;
  for (let i = 0; i < LOW_ORDERS; i++) {
    const table = allocate(CONTEXT << <usize>min(bits, 2 * lowOrder(i)));
    store<usize>(tables + (i << 2), table);
    store<usize>(current + (i << 2), table);
  }
}

// @ts-ignore: decorator
@inline
function contextAddress(i: i32, order: i32, context: i32): usize {
  const index = 2 * order <= tableBits ? context : hash(context, order) >>> (32 - tableBits);
  return load<usize>(tables + (i << 2)) + (<usize>index << 4);
}

// @ts-ignore: decorator
@inline
function learnCell(address: usize, bit: i32, limit: i32): void {
  store<i32>(address, learnt(load<i32>(address) ^ HALF, bit, limit) ^ HALF);
}

/** Selects the contexts of the next base; returns bits that depend on all of them, so that their lines are loaded. */
// @ts-ignore: decorator
@inline
export function selectOrders(): i32 {
  let touched = 0;
  // unroll LOW_ORDERS
  for (let i: i32 = 0; i < LOW_ORDERS; i++) {
    const order = lowOrder(i);
    const address = contextAddress(i, order, <i32>contextOf(order));
    store<usize>(current + (i << 2), address);
    const mirror = contextAddress(i, order, <i32>invertedContextOf(order));
    store<usize>(inverted + (i << 2), mirror);
    if (order > 6) touched ^= load<i32>(address) ^ load<i32>(mirror);
  }
  return touched;
}

/** Teaches the other strand. */
// @ts-ignore: decorator
@inline
export function learnInvertedOrders(): void {
  // unroll LOW_ORDERS
  for (let i: i32 = 0; i < LOW_ORDERS; i++) {
    const order = lowOrder(i);
    if (length > order) {
      const symbol = 3 - baseAt(length - 1 - order);
      const address = load<usize>(inverted + (i << 2));
      learnCell(address, symbol >> 1, LOW_LIMIT);
      learnCell(address + 4 + ((symbol >> 1) << 2), symbol & 1, LOW_LIMIT);
    }
  }
}

/** Writes one input an order. */
// @ts-ignore: decorator
@inline
export function predictOrders(inputs: usize, node: i32): void {
  // unroll LOW_ORDERS
  for (let i: i32 = 0; i < LOW_ORDERS; i++) {
    const value = load<i32>(load<usize>(current + (i << 2)) + (node << 2)) ^ HALF;
    store<f32>(inputs + (i << 2), stretch(probability12(value)));
  }
}

// @ts-ignore: decorator
@inline
export function learnOrders(node: i32, bit: i32): void {
  // unroll LOW_ORDERS
  for (let i: i32 = 0; i < LOW_ORDERS; i++) {
    learnCell(load<usize>(current + (i << 2)) + (node << 2), bit, LOW_LIMIT);
  }
}

/**
 * Low orders: for each context of the last 1 to 9 bases, adaptive probabilities of the three decisions that make the
 * next base. Both strands teach: the complement of the base `order` places back is what followed the reverse
 * complement of the bases since.
 */
import { allocate } from "../memory";
import { hash } from "../hash";
import { stretch } from "../math";
import { HALF, learnt, probability12 } from "../state-map";
import { baseAt, contextOf, invertedContextOf, length } from "./strands";

/** Bytes of a context: three cells, kept as differences from ½, and one unused. */
const CONTEXT: usize = 16;
/** Most contexts of one order, log2. */
const MOST_BITS: i32 = 20;
/** Updates after which a cell adapts no slower: the shortest orders follow the composition of the last bases. */
const LOCAL_LIMIT: i32 = 20;
const LIMIT: i32 = 127;
/** The longest order that is local. */
const LOCAL: i32 = 3;
/** From this order on, a context is seldom in the nearest cache, and is worth being touched ahead. */
const FAR: i32 = 6;

const tables = memory.data(LOW_ORDERS * 4, 64); // usize [order]
const current = memory.data(LOW_ORDERS * 4, 64); // usize [order]
const inverted = memory.data(LOW_ORDERS * 4, 64); // usize [order]
let tableBits: i32 = 0;

// @ts-ignore: decorator
@inline
function orderOf(i: i32): i32 {
  return i < 4 ? i + 1 : i == 4 ? 6 : i == 5 ? 8 : 9;
}

// @ts-ignore: decorator
@inline
function limitOf(order: i32): i32 {
  return order <= LOCAL ? LOCAL_LIMIT : LIMIT;
}

/** `bits`: log2 of the contexts of one order that there is room for; what is more is hashed. */
export function startOrders(bits: i32): void {
  tableBits = min(bits, MOST_BITS);
  for (let i = 0; i < LOW_ORDERS; i++) {
    const table = allocate(CONTEXT << <usize>min(tableBits, 2 * orderOf(i)));
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

/** Selects the contexts of the next base on both strands; returns a word of each, so that their lines are loaded. */
// @ts-ignore: decorator
@inline
export function selectOrders(): i32 {
  let touched = 0;
  // unroll LOW_ORDERS
  for (let i: i32 = 0; i < LOW_ORDERS; i++) {
    const order = orderOf(i);
    const own = contextAddress(i, order, <i32>contextOf(order));
    const other = contextAddress(i, order, <i32>invertedContextOf(order));
    store<usize>(current + (i << 2), own);
    store<usize>(inverted + (i << 2), other);
    if (order > FAR) touched ^= load<i32>(own) ^ load<i32>(other);
  }
  return touched;
}

/** Teaches what the other strand saw. */
// @ts-ignore: decorator
@inline
export function learnInvertedOrders(): void {
  // unroll LOW_ORDERS
  for (let i: i32 = 0; i < LOW_ORDERS; i++) {
    const order = orderOf(i);
    if (length > order) {
      const symbol = 3 - baseAt(length - 1 - order);
      const high = symbol >> 1;
      const address = load<usize>(inverted + (i << 2));
      learnCell(address, high, limitOf(order));
      learnCell(address + 4 + (high << 2), symbol & 1, limitOf(order));
    }
  }
}

/** Writes LOW_ORDERS inputs. */
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
    learnCell(load<usize>(current + (i << 2)) + (node << 2), bit, limitOf(orderOf(i)));
  }
}

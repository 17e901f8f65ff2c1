/**
 * High orders: for each context of the last 12 or 16 bases, a bit history for each of the three decisions that make
 * the next base. A slot is four bytes: a check of the context's hash and the three histories; a context is looked for
 * in two neighbours, and else takes the place of the one that has seen less. Both strands teach.
 *
 * Still longer contexts add nothing to what the copies know.
 */
import { allocate } from "../memory";
import { hash } from "../hash";
import { historyConfidence, historyEstimate, historyStates, nextHistory } from "../history";
import { stretch } from "../math";
import { cell, learn, probability12 } from "../state-map";
import { baseAt, contextOf, invertedContextOf, length } from "./strands";

const SLOT: usize = 4;
/** Updates that a fresh history's estimate counts for. */
const TRUST: i32 = 8;
/** Updates after which a history's probability adapts no slower. */
const LIMIT: i32 = 1023;

const tables = memory.data(HIGH_ORDERS * 4, 64); // usize [order]
const hashes = memory.data(HIGH_ORDERS * 4, 64); // i32 [order]
const invertedHashes = memory.data(HIGH_ORDERS * 4, 64); // i32 [order]
const current = memory.data(HIGH_ORDERS * 4, 64); // usize [order]: slot of the next base
const maps = memory.data(HIGH_ORDERS * 512 * 4, 64); // cells [order][first decision, second][history]

let tableBits: i32 = 0;

/** Orders whose context has been seen before. */
export let seenOrders: i32 = 0;

// @ts-ignore: decorator
@inline
function orderOf(i: i32): i32 {
  return i == 0 ? 12 : 16;
}

/** `bits`: log2 of the slots of one order. */
export function startHistories(bits: i32): void {
  tableBits = bits;
  seenOrders = 0;
  for (let i = 0; i < HIGH_ORDERS; i++) {
    const table = allocate(SLOT << bits);
    store<usize>(tables + (i << 2), table);
    store<usize>(current + (i << 2), table);
    for (let state = 0; state < historyStates(); state++) {
      const initial = cell(historyEstimate(state), TRUST);
      store<i32>(mapCell(i, 0, state), initial);
      store<i32>(mapCell(i, 1, state), initial);
    }
  }
}

// @ts-ignore: decorator
@inline
function mapCell(i: i32, node: i32, state: i32): usize {
  return maps + (((i << 9) | (node > 0 ? 256 : 0) | state) << 2);
}

// @ts-ignore: decorator
@inline
function hashOf(context: u64, order: i32): i32 {
  return hash(<i32>context, <i32>(context >> 32) + order);
}

// @ts-ignore: decorator
@inline
function firstSlot(i: i32, h: i32): usize {
  return load<usize>(tables + (i << 2)) + ((<usize>h >>> (32 - tableBits)) << 2);
}

function findSlot(i: i32, h: i32): usize {
  const check = h & 255;
  const first = firstSlot(i, h);
  if (<i32>load<u8>(first) == check) return first;
  const second = first ^ SLOT;
  if (<i32>load<u8>(second) == check) return second;
  const weaker =
    historyConfidence(load<u8>(first, 1)) <= historyConfidence(load<u8>(second, 1)) ? first : second;
  store<i32>(weaker, check);
  return weaker;
}

/** Hashes the contexts of the next base on both strands; returns a word of each slot, so that its line is loaded. */
// @ts-ignore: decorator
@inline
export function hashHistories(): i32 {
  let touched = 0;
  // unroll HIGH_ORDERS
  for (let i: i32 = 0; i < HIGH_ORDERS; i++) {
    const order = orderOf(i);
    const own = hashOf(contextOf(order), order);
    const other = hashOf(invertedContextOf(order), order);
    store<i32>(hashes + (i << 2), own);
    store<i32>(invertedHashes + (i << 2), other);
    touched ^= load<i32>(firstSlot(i, own)) ^ load<i32>(firstSlot(i, other));
  }
  return touched;
}

/** Teaches what the other strand saw, then selects the slots of the next base. */
// @ts-ignore: decorator
@inline
export function selectHistories(): void {
  // unroll HIGH_ORDERS
  for (let i: i32 = 0; i < HIGH_ORDERS; i++) {
    const order = orderOf(i);
    if (length > order) {
      const symbol = 3 - baseAt(length - 1 - order);
      const high = symbol >> 1;
      const slot = findSlot(i, load<i32>(invertedHashes + (i << 2)));
      const second = slot + 2 + high;
      store<u8>(slot, nextHistory(load<u8>(slot, 1), high), 1);
      store<u8>(second, nextHistory(load<u8>(second), symbol & 1));
    }
    store<usize>(current + (i << 2), findSlot(i, load<i32>(hashes + (i << 2))));
  }
}

/** Writes 2 × HIGH_ORDERS inputs: the stretched probability and how far it is from ½, or zeros for a new context. */
// @ts-ignore: decorator
@inline
export function predictHistories(inputs: usize, node: i32): void {
  seenOrders = 0;
  // unroll HIGH_ORDERS
  for (let i: i32 = 0; i < HIGH_ORDERS; i++) {
    const state: i32 = load<u8>(load<usize>(current + (i << 2)) + 1 + node);
    const p = probability12(load<i32>(mapCell(i, node, state)));
    const seen = state != 0;
    seenOrders += <i32>seen;
    store<f32>(inputs + (i << 3), seen ? stretch(p) : 0);
    store<f32>(inputs + (i << 3), seen ? <f32>(p - 2048) * (1.0 / 1024.0) : 0, 4);
  }
}

// @ts-ignore: decorator
@inline
export function learnHistories(node: i32, bit: i32): void {
  // unroll HIGH_ORDERS
  for (let i: i32 = 0; i < HIGH_ORDERS; i++) {
    const address = load<usize>(current + (i << 2)) + 1 + node;
    const state: i32 = load<u8>(address);
    learn(mapCell(i, node, state), bit, LIMIT);
    store<u8>(address, nextHistory(state, bit));
  }
}

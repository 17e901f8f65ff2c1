/**
 * High orders: for each context of the last 11 to 24 bases, a bit history for each of the three decisions that make
 * the next base. A slot is four bytes: a check of the context's hash and the three histories; a context is looked for
 * in two neighbours and else takes the place of the one that has seen less. Both strands teach.
 */
import { allocate } from "../memory";
import { hash } from "../hash";
import { historyConfidence, historyEstimate, historyStates, nextHistory } from "../history";
import { stretch } from "../math";
import { cell, learn, probability12 } from "../state-map";
import { baseAt, contextOf, invertedContextOf, length } from "./strands";
import { highOrder } from "./config";

const SLOT: usize = 4;
/** Updates that a fresh history's estimate counts for. */
const TRUST: i32 = 8;

const tables = memory.data(HIGH_ORDERS * 4, 64);
const hashes = memory.data(HIGH_ORDERS * 4, 64);
const invertedHashes = memory.data(HIGH_ORDERS * 4, 64);
const current = memory.data(HIGH_ORDERS * 4, 64);
/** Cells [order][first decision, second][history]. */
const maps = memory.data(HIGH_ORDERS * 512 * 4, 64);

let tableBits: i32 = 0;
/** Orders whose context has been seen before. */
export let seenOrders: i32 = 0;

/** `bits`: log2 of the slots of one order. */
export function startHistories(bits: i32): void {
  tableBits = bits;
  for (let i = 0; i < HIGH_ORDERS; i++) {
    const table = allocate(SLOT << bits);
    store<usize>(tables + (i << 2), table);
    store<usize>(current + (i << 2), table);
    for (let state = 0; state < historyStates(); state++) {
      const initial = cell(historyEstimate(state), TRUST);
      store<i32>(maps + (((i << 9) | state) << 2), initial);
      store<i32>(maps + (((i << 9) | 256 | state) << 2), initial);
    }
  }
}

// @ts-ignore: decorator
@inline
function hashOf(context: u64, order: i32): i32 {
  return hash(<i32>context, <i32>(context >> 32) + order);
}

// @ts-ignore: decorator
@inline
function slotAddress(i: i32, h: i32): usize {
  return load<usize>(tables + (i << 2)) + ((<usize>h >>> (32 - tableBits)) << 2);
}

function findSlot(i: i32, h: i32): usize {
  const check = h & 255;
  const first = slotAddress(i, h);
  if (<i32>load<u8>(first) == check) return first;
  const second = first ^ SLOT;
  if (<i32>load<u8>(second) == check) return second;
  const weaker =
    historyConfidence(load<u8>(first, 1)) <= historyConfidence(load<u8>(second, 1)) ? first : second;
  store<i32>(weaker, check);
  return weaker;
}

/** Hashes the contexts of the next base and touches their slots, so that cache misses overlap. */
// @ts-ignore: decorator
@inline
export function hashHistories(): i32 {
  let touched = 0;
  // unroll HIGH_ORDERS
  for (let i: i32 = 0; i < HIGH_ORDERS; i++) {
    const order = highOrder(i);
    const h = hashOf(contextOf(order), order);
    store<i32>(hashes + (i << 2), h);
    const mirror = hashOf(invertedContextOf(order), order);
    store<i32>(invertedHashes + (i << 2), mirror);
    touched ^= load<i32>(slotAddress(i, h)) ^ load<i32>(slotAddress(i, mirror));
  }
  return touched;
}

/** Teaches the other strand, then selects the slots of the next base. */
// @ts-ignore: decorator
@inline
export function selectHistories(): void {
  // unroll HIGH_ORDERS
  for (let i: i32 = 0; i < HIGH_ORDERS; i++) {
    const order = highOrder(i);
    if (length > order) {
      const symbol = 3 - baseAt(length - 1 - order);
      const slot = findSlot(i, load<i32>(invertedHashes + (i << 2)));
      const second = slot + 2 + (symbol >> 1);
      store<u8>(slot, nextHistory(load<u8>(slot, 1), symbol >> 1), 1);
      store<u8>(second, nextHistory(load<u8>(second), symbol & 1));
    }
    store<usize>(current + (i << 2), findSlot(i, load<i32>(hashes + (i << 2))));
  }
}

// @ts-ignore: decorator
@inline
function mapCell(i: i32, node: i32, state: i32): usize {
  return maps + (((i << 9) | (node > 0 ? 256 : 0) | state) << 2);
}

/** Writes two inputs an order: the stretched probability and the confidence. */
// @ts-ignore: decorator
@inline
export function predictHistories(inputs: usize, node: i32): void {
  let seen = 0;
  // unroll HIGH_ORDERS
  for (let i: i32 = 0; i < HIGH_ORDERS; i++) {
    const state: i32 = load<u8>(load<usize>(current + (i << 2)) + 1 + node);
    const p = probability12(load<i32>(mapCell(i, node, state)));
    const known = state != 0;
    seen += <i32>known;
    store<f32>(inputs + (i << 3), known ? stretch(p) : 0);
    store<f32>(inputs + (i << 3), known ? <f32>(p - 2048) * (1.0 / 1024.0) : 0, 4);
  }
  seenOrders = seen;
}

// @ts-ignore: decorator
@inline
export function learnHistories(node: i32, bit: i32): void {
  // unroll HIGH_ORDERS
  for (let i: i32 = 0; i < HIGH_ORDERS; i++) {
    const address = load<usize>(current + (i << 2)) + 1 + node;
    const state: i32 = load<u8>(address);
    learn(mapCell(i, node, state), bit, HIGH_LIMIT);
    store<u8>(address, nextHistory(state, bit));
  }
}

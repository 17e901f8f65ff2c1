/**
 * Hashed slots. A context's table holds slots of 16 or 32 bytes; a slot keeps what followed the context for one
 * nibble: 15 bit histories, one for each node of the nibble's binary tree.
 *
 *   16 bytes   check u8, histories u8 × 15
 *   32 bytes   check u16, run u16, histories u8 × 15 at byte 4
 *
 * A context is looked for in three neighbouring slots of one or two cache lines; if it is in none, it takes the place
 * of the one whose first history has seen least.
 */

import { allocate } from "../memory";
import { hash } from "../hash";
import { historyConfidence } from "../history";
import { RUN } from "./config";
import { touch } from "./journal";

const SLOT_BITS: i32 = RUN ? 5 : 4;
const SLOT: usize = 1 << SLOT_BITS;
/** Offset of a slot's histories. */
export const HISTORIES: usize = SLOT_BITS == 4 ? 1 : 4;
/** Offset of a slot's run: last byte | count << 8 | mixed << 15. */
export const RUN_OFFSET: usize = 2;

let tables: usize = 0;
let tableBits: i32 = 0;
let indexMask: i32 = 0;

const hashes = memory.data(CONTEXTS * 4, 64);
const nibbleHashes = memory.data(CONTEXTS * 4, 64);
const current = memory.data(CONTEXTS * 4, 64);
/** What the loads below come to: without a use, the compiler would drop them. */
const touched = memory.data(4, 4);
const emptySlot = memory.data(32, 32);

/** `bits`: log2 bytes of one context's table, 10 … 24. */
export function startSlots(bits: i32): void {
  tableBits = bits;
  indexMask = (1 << bits) - <i32>SLOT;
  tables = allocate(<usize>CONTEXTS << bits);
  memory.fill(hashes, 0, CONTEXTS * 4);
}

/** Sets the hash of context `i`, once a byte. */
// @ts-ignore: decorator
@inline
export function setContextHash(i: i32, value: i32): void {
  store<i32>(hashes + (i << 2), value);
}

/** Slot of context `i` for the current nibble. */
// @ts-ignore: decorator
@inline
export function slot(i: i32): usize {
  return load<usize>(current + (i << 2));
}

/** Where the table of context `i` begins. */
// @ts-ignore: decorator
@inline
export function tableOf(i: i32): usize {
  return tables + (<usize>i << tableBits);
}

/** The slot of a table in which a hash is looked for first. */
// @ts-ignore: decorator
@inline
export function homeIn(table: usize, h: i32): usize {
  return table + (((h >>> 10) << SLOT_BITS) & indexMask);
}

// @ts-ignore: decorator
@inline
function home(i: i32, h: i32): usize {
  return homeIn(tableOf(i), h);
}

/** Finds or makes the slots of all contexts; `nibble` is 0 at a byte's start, else the byte's first four bits behind a one. */
export function selectSlots(nibble: i32): void {
  // First all addresses, then all loads: so many are under way at a time as the processor can hold, and it holds few
  // instructions between them.
  // unroll CONTEXTS
  for (let i: i32 = 0; i < CONTEXTS; i++) {
    let h = load<i32>(hashes + (i << 2));
    if (nibble != 0) h = hash(h, nibble);
    store<i32>(nibbleHashes + (i << 2), h);
    store<usize>(current + (i << 2), home(i, h));
  }
  let sum = 0;
  // unroll CONTEXTS
  for (let i: i32 = 0; i < CONTEXTS; i++) {
    sum += load<u8>(slot(i));
  }
  store<i32>(touched, sum);
  // unroll CONTEXTS
  for (let i: i32 = 0; i < CONTEXTS; i++) {
    store<usize>(current + (i << 2), find(slot(i), load<i32>(nibbleHashes + (i << 2))));
  }
}

/** Writes the hashes of all contexts, for the next byte: i32 each, the first at `to`, every other `apart` bytes further. */
// @ts-ignore: decorator
@inline
export function keepHashes(to: usize, apart: usize): void {
  // unroll CONTEXTS
  for (let i: i32 = 0; i < CONTEXTS; i++) {
    store<i32>(to + <usize>i * apart, load<i32>(hashes + (i << 2)));
  }
}

/** As selectSlots, but changes no table: contexts that are not there get an empty slot. */
export function peekSlots(nibble: i32): void {
  for (let i: i32 = 0; i < CONTEXTS; i++) {
    let h = load<i32>(hashes + (i << 2));
    if (nibble != 0) h = hash(h, nibble);
    const a = home(i, h);
    const check = checkOf(h);
    let found = emptySlot;
    if (readCheck(a) == check) found = a;
    else if (readCheck(a ^ SLOT) == check) found = a ^ SLOT;
    else if (readCheck(a ^ (2 * SLOT)) == check) found = a ^ (2 * SLOT);
    store<usize>(current + (i << 2), found);
  }
}

// @ts-ignore: decorator
@inline
function checkOf(h: i32): i32 {
  // Bits of the hash that the index does not use, as far as there are any.
  return SLOT_BITS == 4 ? h & 255 : (h & 1023) | ((h >>> 26) << 10);
}

// @ts-ignore: decorator
@inline
function readCheck(slot: usize): i32 {
  return SLOT_BITS == 4 ? <i32>load<u8>(slot) : <i32>load<u16>(slot);
}

// @ts-ignore: decorator
@inline
function worth(slot: usize): i32 {
  return historyConfidence(load<u8>(slot + HISTORIES));
}

// @ts-ignore: decorator
@inline
function find(a: usize, h: i32): usize {
  // The neighbours lie in the same block.
  touch(a);
  return findSlot(a, h);
}

/** The slot of a hash, found or made from its home on, where nothing is to be taken back. */
// @ts-ignore: decorator
@inline
export function findSlot(a: usize, h: i32): usize {
  const check = checkOf(h);
  if (readCheck(a) == check) return a;
  const b = a ^ SLOT;
  if (readCheck(b) == check) return b;
  const c = a ^ (2 * SLOT);
  if (readCheck(c) == check) return c;
  return replace(a, b, c, check);
}

function replace(a: usize, b: usize, c: usize, check: i32): usize {
  let victim = a;
  let least = worth(a);
  const worthB = worth(b);
  if (worthB < least) {
    victim = b;
    least = worthB;
  }
  if (worth(c) < least) victim = c;
  const zero = i32x4.splat(0);
  v128.store(victim, zero);
  if (SLOT_BITS > 4) v128.store(victim, zero, 16);
  if (SLOT_BITS == 4) store<u8>(victim, check);
  else store<u16>(victim, check);
  return victim;
}

/**
 * How often each string of four bytes occurs. There may be too many, so they are in a hash table, whose level (see
 * hash-table.ts) depends on the first three bytes alone: a sample is one of contexts, and each context in it has all the
 * bytes that followed.
 */
import { HEADER_BYTES, find, initTable, isTaken, levelOf, noteInsertion, raiseLevel, touch } from "../hash-table";

/** An entry: hash, count. */
export const QUADRUPLE_BYTES: usize = 16;
const COUNT: usize = 8;

const CONTEXT_MASK: u32 = 0xffffff;
/** Keeps the context of three zeros, a frequent one, from a hash of zero, which every sample has. */
const SALT: u32 = 0x5bd1e995;

export const quadruples = memory.data(HEADER_BYTES, 8);

/** @param largest the most slots, a power of two */
export function initQuadruples(slots: usize, largest: u32): void {
  initTable(quadruples, slots, <u32>QUADRUPLE_BYTES, largest);
}

/** A bijection of 32-bit numbers that leaves no trace of their order (the finalizer of MurmurHash3). */
// @ts-ignore: decorator
@inline
function mix(x: u32): u32 {
  x = (x ^ (x >> 16)) * 0x85ebca6b;
  x = (x ^ (x >> 13)) * 0xc2b2ae35;
  return x ^ (x >> 16);
}

/** Undoes {@link mix}: the factors are inverses modulo 2^32. */
function unmix(x: u32): u32 {
  x = (x ^ (x >> 16)) * 0x7ed1b41d;
  x = (x ^ (x >> 13) ^ (x >> 26)) * 0xa5cb9243;
  return x ^ (x >> 16);
}

/** The hash of four bytes, given as a little-endian number: of the context, and below it of all four. */
// @ts-ignore: decorator
@inline
export function hashOf(quadruple: u32): u64 {
  return (<u64>mix((quadruple & CONTEXT_MASK) ^ SALT) << 32) | <u64>mix(quadruple);
}

/** The largest hash that the table takes. */
// @ts-ignore: decorator
@inline
export function largestHash(): u64 {
  return u64.MAX_VALUE >> <u64>levelOf(quadruples);
}

/** Counts strings whose hashes are given, u64 each. */
export function countQuadruples(hashes: usize, count: u32, weight: u32): void {
  touch(quadruples, hashes, count, 8, QUADRUPLE_BYTES);
  for (let i: u32 = 0; i < count; i++) countQuadruple(load<u64>(hashes + (<usize>i << 3)), weight);
}

function countQuadruple(hash: u64, weight: u64): void {
  const entry = find(quadruples, hash, 0, QUADRUPLE_BYTES);
  if (isTaken(entry)) {
    store<u64>(entry, load<u64>(entry, COUNT) + weight, COUNT);
  } else if (hash <= largestHash()) {
    store<u64>(entry, hash);
    store<u64>(entry, weight, COUNT);
    noteInsertion(quadruples);
  }
}

/** Writes an entry as a record: the four bytes as a little-endian u32, zero, the count as u64. */
export function writeQuadruple(to: usize, entry: usize): void {
  store<u64>(to, <u64>unmix(<u32>load<u64>(entry)));
  store<u64>(to, load<u64>(entry, COUNT), 8);
}

/** Adds records of another instance, whose table is at `level`. */
export function mergeQuadruples(records: usize, count: u32, level: u32): void {
  raiseLevel(quadruples, level);
  for (let i: u32 = 0; i < count; i++) {
    const record = records + <usize>i * QUADRUPLE_BYTES;
    countQuadruple(hashOf(load<u32>(record)), load<u64>(record, 8));
  }
}

/**
 * The sequence so far, two bits a base, readable along both strands. Symbols are A 0, G 1, C 2, T 3: the first
 * decision is purine or pyrimidine, which most mutations keep; the complement of s is 3 − s, and the complement of a
 * packed run is its bitwise not.
 */
import { allocate } from "../memory";

/** Bases that one register holds. */
export const WINDOW: i32 = 32;

let bases: usize = 0;

/** Bases so far. */
export let length: i32 = 0;
/** The last 32 bases, the newest in the lowest two bits. */
export let newestLow: u64 = 0;
/** The last 32 bases, the newest in the highest two bits. */
export let newestHigh: u64 = 0;

/** Makes room for `capacity` bases. */
export function initStrands(capacity: i32): void {
  bases = allocate((<usize>capacity >> 2) + 32);
  length = 0;
  newestLow = 0;
  newestHigh = 0;
}

/** Appends a base. */
// @ts-ignore: decorator
@inline
export function appendBase(symbol: i32): void {
  const address = bases + (length >> 2);
  store<u8>(address, load<u8>(address) | (symbol << ((length & 3) << 1)));
  length++;
  newestLow = (newestLow << 2) | <u64>symbol;
  newestHigh = (newestHigh >> 2) | (<u64>symbol << 62);
}

/** The base at a position below `length`. */
// @ts-ignore: decorator
@inline
export function baseAt(position: i32): i32 {
  return (load<u8>(bases + (position >> 2)) >> ((position & 3) << 1)) & 3;
}

/** The 32 bases from a position on, the first in the lowest two bits; past the end they read as 0. */
// @ts-ignore: decorator
@inline
export function basesFrom(position: i32): u64 {
  const address = bases + (position >> 2);
  const shift = <u64>((position & 3) << 1);
  return (load<u64>(address) >> shift) | ((load<u64>(address, 8) << 1) << (63 - shift));
}

/** The context of `order` bases (1 to 31) before the next base. */
// @ts-ignore: decorator
@inline
export function contextOf(order: i32): u64 {
  return newestLow & ((<u64>1 << (<u64>order << 1)) - 1);
}

/**
 * The context of `order` bases that the other strand has seen when it reaches the complement of the base `order`
 * places before the newest: the reverse complement of the newest `order` bases.
 */
// @ts-ignore: decorator
@inline
export function invertedContextOf(order: i32): u64 {
  return ~newestHigh >> (64 - (<u64>order << 1));
}

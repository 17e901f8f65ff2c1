/**
 * Codes symbols: what the model says of each is kept until a run of tokens is complete, and then all are coded, the last
 * first, as asymmetric numeral systems want it. Two of them take turns.
 */

import { end, inherit, isYoung, start, teach, TOTAL_BITS, update, updateBoth } from "./distributions";

const LEAST: u32 = 1 << 16;
const MOST_RAW: i32 = 15;

/** Where the parts are, 4 bytes each: where it starts, how large it is. */
let parts: usize = 0;
let next: usize = 0;

export function startCoder(address: usize): void {
  parts = address;
  next = address;
}

// @ts-ignore: decorator
@inline
function put(from: u32, size: u32): void {
  store<u32>(next, from | (size << 16));
  next += 4;
}

/** A symbol, which its distribution learns. */
export function putSymbol(address: usize, symbol: i32): void {
  update(address, symbol);
  const from = start(symbol);
  put(from, end(symbol) - from);
}

/** As {@link putSymbol}, of a distribution that has a parent. */
export function putInherited(address: usize, parent: usize, symbol: i32): void {
  inherit(address, parent);
  if (isYoung(address)) teach(parent, symbol);
  putSymbol(address, symbol);
}

/** As {@link putInherited}, under the mean of two distributions; the second has a parent, too, which it does not teach. */
export function putUnderBoth(address: usize, parent: usize, second: usize, secondParent: usize, symbol: i32): void {
  inherit(address, parent);
  inherit(second, secondParent);
  if (isYoung(address)) teach(parent, symbol);
  updateBoth(address, second, symbol);
  const from = start(symbol);
  put(from, end(symbol) - from);
}

/** The last bits of a number. */
export function putBits(value: u32, count: i32): void {
  while (count > 0) {
    const bits = min(count, MOST_RAW);
    count -= bits;
    const left = TOTAL_BITS - bits;
    put(((value >> count) & ((1 << bits) - 1)) << left, 1 << left);
  }
}

/** Bytes that the symbols so far take at most. */
export function mostCoded(): usize {
  return ((next - parts) >> 1) + 8;
}

/**
 * Codes all symbols so far.
 *
 * @param address where what it takes at most has room
 * @returns how many bytes it takes; they end where the room ends
 */
export function finishRun(address: usize): usize {
  const room = address + mostCoded();
  let write = room;
  let x: u32 = LEAST;
  let other: u32 = LEAST;
  for (let at = next; at > parts;) {
    at -= 4;
    const from: u32 = load<u16>(at);
    const size: u32 = load<u16>(at, 2);
    if (x >= size << (31 - TOTAL_BITS + 1)) {
      write -= 2;
      store<u16>(write, x);
      x >>= 16;
    }
    const quotient = x / size;
    const coded = (quotient << TOTAL_BITS) + (x - quotient * size) + from;
    x = other;
    other = coded;
  }
  // Now `x` has the turn of the symbol before the first: the first one's is `other`.
  write -= 8;
  store<u32>(write, other);
  store<u32>(write, x, 4);
  next = parts;
  return room - write;
}

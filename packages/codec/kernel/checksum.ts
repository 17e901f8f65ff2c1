/** XXH64 of bytes that come in slices, on the 64-bit integers that JavaScript does not have. */

/** Bytes of a slice. */
const SLICE: i32 = 262144;
/** Bytes that are taken at once; what is left of the last is given to finish. */
export const STRIPE: i32 = 32;

// The five primes of the definition.
const P1: u64 = 0x9e3779b185ebca87;
const P2: u64 = 0xc2b2ae3d27d4eb4f;
const P3: u64 = 0x165667b19e3779f9;
const P4: u64 = 0x85ebca77c2b2ae63;
const P5: u64 = 0x27d4eb2f165667c5;

const slice = memory.data(SLICE, 16);

let a: u64 = 0;
let b: u64 = 0;
let c: u64 = 0;
let d: u64 = 0;
let length: u64 = 0;
let hash: u64 = 0;

/** Where slices are put. */
export function sliceAddress(): usize {
  return slice;
}

/** Most bytes of a slice. */
export function sliceLength(): i32 {
  return SLICE;
}

export function start(seed: u32): void {
  a = <u64>seed + P1 + P2;
  b = <u64>seed + P2;
  c = <u64>seed;
  d = <u64>seed - P1;
  length = 0;
}

// @ts-ignore: decorator
@inline
function round(lane: u64, input: u64): u64 {
  return rotl(lane + input * P2, 31) * P1;
}

// @ts-ignore: decorator
@inline
function merged(sum: u64, lane: u64): u64 {
  return (sum ^ round(0, lane)) * P1 + P4;
}

/** Takes in the first `count` bytes of a slice, a multiple of 32. */
export function take(count: i32): void {
  let lane0 = a;
  let lane1 = b;
  let lane2 = c;
  let lane3 = d;
  const end = slice + count;
  for (let at = slice; at < end; at += STRIPE) {
    lane0 = round(lane0, load<u64>(at));
    lane1 = round(lane1, load<u64>(at, 8));
    lane2 = round(lane2, load<u64>(at, 16));
    lane3 = round(lane3, load<u64>(at, 24));
  }
  a = lane0;
  b = lane1;
  c = lane2;
  d = lane3;
  length += count;
}

/** Takes in what is left, fewer than 32 bytes, after 32 at least; {@link low} and {@link high} are the result. */
export function finish(count: i32): void {
  let sum = rotl(a, 1) + rotl(b, 7) + rotl(c, 12) + rotl(d, 18);
  sum = merged(merged(merged(merged(sum, a), b), c), d) + length + count;
  const end = slice + count;
  let at = slice;
  for (; at + 8 <= end; at += 8) sum = rotl(sum ^ round(0, load<u64>(at)), 27) * P1 + P4;
  if (at + 4 <= end) {
    sum = rotl(sum ^ (<u64>load<u32>(at) * P1), 23) * P2 + P3;
    at += 4;
  }
  for (; at < end; at++) sum = rotl(sum ^ (<u64>load<u8>(at) * P5), 11) * P1;
  sum = (sum ^ (sum >> 33)) * P2;
  sum = (sum ^ (sum >> 29)) * P3;
  hash = sum ^ (sum >> 32);
}

/** The lower half of the result. */
export function low(): u32 {
  return <u32>hash;
}

/** The upper half of the result. */
export function high(): u32 {
  return <u32>(hash >> 32);
}

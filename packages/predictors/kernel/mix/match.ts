/**
 * Match model: finds where the last bytes occurred before and predicts the byte that followed there. After a wrong
 * guess it goes on (recovers) until a longer match is found or eight guesses have failed.
 *
 * Models of different minimum length may run side by side, the shortest first; all share this code through the number `m`.
 */

import { allocate } from "../memory";
import { hash } from "../hash";
import { cell, learn, probability12 } from "../state-map";
import { stretch } from "../math";
import { context } from "./contexts/context";
import { bitIndex, buffer, byteBack, last4, last8, partial, position } from "./bytes";
import { touch } from "./journal";

/** Inputs of the mixer: two a model. */
export const MATCH_INPUTS: i32 = 2 * MATCHES;

/** Longest match that is measured, in bytes. */
const MEASURED: i32 = 400;
/** Wrong guesses after which a match is dropped. */
const MISSES: i32 = 8;
/** Bytes right in a row after which earlier misses are forgotten. */
const FORGIVEN: i32 = 16;
/** Cells a model: 32 lengths × 4 misses × expected bit. */
const CELLS: i32 = 256;

/** State of a model, i32 each. */
const POINTER: usize = 0;
const LENGTH: usize = 4;
const MISSED: usize = 8;
/** Expected byte | 256, or 0 where there is no match. */
const EXPECTED: usize = 12;
/** Address of the cell in use, or 0. */
const CELL: usize = 16;
const STATE: i32 = 32;

const state = memory.data(MATCHES * 32, 16);
const cells = memory.data(MATCHES * 256 * 4, 64);

let tables: usize = 0;
let tableBits: i32 = 0;

/** Byte that the longest current match expects | 256, or 0. */
export let expectedByte: i32 = 0;
/** Length class of that match: 0 … 21. */
let expectedLength: i32 = 0;
/** Bit that the longest match expects next, plus one; 0 where there is none. */
export let expectedBit: i32 = 0;
/** Length class of the longest match that agrees with the byte so far, plus one; 0 where there is none. */
export let matchState: i32 = 0;

/** `bits`: log2 of the positions that each model remembers. */
export function startMatches(bits: i32): void {
  tableBits = bits;
  tables = allocate((<usize>MATCHES * 4) << bits);
  memory.fill(state, 0, MATCHES * STATE);
  for (let i = 0; i < MATCHES * CELLS; i++) store<i32>(cells + (i << 2), (i & 1) == 1 ? cell(0xc000, 0) : cell(0x4000, 0));
  expectedByte = 0;
  expectedLength = 0;
}

/** 16 classes of one length each, then 16-23, 24-31, 32-63, 64-127, 128-399, 400 and more. */
// @ts-ignore: decorator
@inline
function lengthClass(length: i32): i32 {
  if (length < 16) return length;
  if (length < 32) return length < 24 ? 16 : 17;
  if (length < 128) return length < 64 ? 18 : 19;
  return length < MEASURED ? 20 : 21;
}

/** Bytes, up to MEASURED, that agree before `candidate` and before the next byte; what lies before the block is zero. */
function common(candidate: i32): i32 {
  const limit = min(MEASURED, candidate);
  let n = 0;
  while (n < limit) {
    const differing = load<u64>(buffer + candidate - n - 8) ^ load<u64>(buffer + position - n - 8);
    if (differing != 0) return min(limit, n + <i32>(clz(differing) >> 3));
    n += 8;
  }
  return limit;
}

/**
 * The model of that name follows its match or seeks one after byte `c`, if the mix has it; else nothing is left of the call.
 *
 * @param m place among the mix's match models, below 0 if it is not one of them; written as a name
 * @param key a hash of the last `minimum` bytes
 */
// @ts-ignore: decorator
@inline
function match(m: i32, c: i32, key: i32, minimum: i32): void {
  if (m >= 0) follow(m, c, key, minimum);
}

function follow(m: i32, c: i32, key: i32, minimum: i32): void {
  const s = state + m * STATE;
  const entry = tables + (<usize>m << (tableBits + 2)) + ((<usize>key >> (32 - tableBits)) << 2);
  let pointer = load<i32>(s, POINTER);
  let length = load<i32>(s, LENGTH);
  let missed = load<i32>(s, MISSED);
  let expected = load<i32>(s, EXPECTED);
  if (expected != 0) {
    if ((expected & 255) == c) length = min(length + 1, 65535);
    else {
      missed++;
      length = 0;
    }
    pointer++;
  }
  if (expected == 0 || length == 0 || missed > 0) {
    const candidate = load<i32>(entry);
    if (candidate > 0 && candidate != pointer) {
      const n = common(candidate);
      if (n >= minimum && n > length) {
        pointer = candidate;
        length = n;
        missed = 0;
        expected = 256;
      }
    }
  }
  if (missed > MISSES) {
    expected = 0;
    missed = 0;
    length = 0;
  }
  if (missed > 0 && length >= FORGIVEN) missed = 0;
  touch(entry);
  store<i32>(entry, position);
  if (expected != 0) expected = load<u8>(buffer + pointer) | 256;
  store<i32>(s, pointer, POINTER);
  store<i32>(s, length, LENGTH);
  store<i32>(s, missed, MISSED);
  store<i32>(s, expected, EXPECTED);
}

/** Learns a byte. */
export function updateMatches(c: i32): void {
  match("least-5", c, hash(last4, (last8 & 0xff) + 1), 5);
  match("least-6", c, hash(last4, (last8 & 0xffff) + 1), 6);
  match("least-10", c, hash(hash(last4, last8), ((byteBack(9) << 8) | byteBack(10)) + 3), 10);
  let longest = state;
  // unroll MATCHES
  for (let m: i32 = 0; m < MATCHES; m++) {
    const s = state + m * STATE;
    if (load<i32>(s, EXPECTED) != 0 && load<i32>(s, LENGTH) > 0) longest = s;
  }
  expectedByte = load<i32>(longest, EXPECTED);
  expectedLength = lengthClass(load<i32>(longest, LENGTH));
}

/** The byte that the match expects. */
export function updateMatchContexts(c: i32): void {
  context("expected-byte-length", expectedByte, (expectedLength << 8) | 28);
  context("expected-byte-order-1", expectedByte, (c << 8) | 29);
}

/** Writes two inputs a model at `inputs` and sets expectedBit and matchState. */
export function predictMatches(inputs: usize): void {
  expectedBit = 0;
  matchState = 0;
  // unroll MATCHES
  for (let m: i32 = 0; m < MATCHES; m++) {
    const s = state + m * STATE;
    const expected = load<i32>(s, EXPECTED);
    if (expected != 0 && expected >> (8 - bitIndex) == partial) {
      const bit = (expected >> (7 - bitIndex)) & 1;
      const length = load<i32>(s, LENGTH);
      const kind = lengthClass(length);
      const address = cells + ((m * CELLS + ((kind << 3) | (min(load<i32>(s, MISSED), 3) << 1) | bit)) << 2);
      store<usize>(s, address, CELL);
      const p = probability12(load<i32>(address));
      store<f32>(inputs, stretch(p), m * 8);
      store<f32>(inputs, <f32>(p - 2048) * (1.0 / 1024.0), m * 8 + 4);
      // A long match that has just failed says less than a short one.
      if (m == 0 || length > 0) {
        expectedBit = bit + 1;
        matchState = kind + 1;
      }
    } else {
      store<usize>(s, 0, CELL);
      store<f32>(inputs, 0, m * 8);
      store<f32>(inputs, 0, m * 8 + 4);
    }
  }
}

export function learnMatches(bit: i32): void {
  // unroll MATCHES
  for (let m: i32 = 0; m < MATCHES; m++) {
    const address = load<usize>(state + m * STATE, CELL);
    if (address != 0) learn(address, bit, 1023);
  }
}

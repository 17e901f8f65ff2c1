/**
 * XXH64 (Yann Collet, https://github.com/Cyan4973/xxHash), on pairs of 32-bit halves: JavaScript has no 64-bit integers
 * that are fast. A 64-bit `high:low` is `high · 2^32 + low`.
 */
import type { Checksum } from "./checksum-digits.ts";
import { longChecksum } from "./long-checksum.ts";

// The five primes of the definition.
const P1_HIGH = 0x9e3779b1 | 0;
const P1_LOW = 0x85ebca87 | 0;
const P2_HIGH = 0xc2b2ae3d | 0;
const P2_LOW = 0x27d4eb4f | 0;
const P3_HIGH = 0x165667b1 | 0;
const P3_LOW = 0x9e3779f9 | 0;
const P4_HIGH = 0x85ebca77 | 0;
const P4_LOW = 0xc2b2ae63 | 0;
const P5_HIGH = 0x27d4eb2f | 0;
const P5_LOW = 0x165667c5 | 0;

const STRIPE = 32;

/** High 32 bits of the product of two unsigned 32-bit integers. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const crossA = Math.imul(aHigh, bLow);
  const crossB = Math.imul(aLow, bHigh);
  // At most 3 · 0xffff, so no carry is lost.
  const middle = (Math.imul(aLow, bLow) >>> 16) + (crossA & 0xffff) + (crossB & 0xffff);
  return (Math.imul(aHigh, bHigh) + (crossA >>> 16) + (crossB >>> 16) + (middle >>> 16)) | 0;
}

/** One 64-bit value that changes in place. Its methods are inlined by the engines: no allocation, no 64-bit type. */
class Word {
  high = 0;
  low = 0;

  set(high: number, low: number): void {
    this.high = high | 0;
    this.low = low | 0;
  }

  add(high: number, low: number): void {
    const sum = (this.low + low) | 0;
    this.high = (this.high + high + (sum >>> 0 < this.low >>> 0 ? 1 : 0)) | 0;
    this.low = sum;
  }

  xor(high: number, low: number): void {
    this.high ^= high;
    this.low ^= low;
  }

  multiply(high: number, low: number): void {
    const crossed = (Math.imul(this.high, low) + Math.imul(this.low, high)) | 0;
    this.high = (multiplyHigh(this.low, low) + crossed) | 0;
    this.low = Math.imul(this.low, low);
  }

  /** @param bits 1 to 31 */
  rotateLeft(bits: number): void {
    const high = this.high;
    this.high = (high << bits) | (this.low >>> (32 - bits));
    this.low = (this.low << bits) | (high >>> (32 - bits));
  }

  /** The definition's `round`: takes in eight bytes of input. */
  take(high: number, low: number): void {
    const crossed = (Math.imul(high, P2_LOW) + Math.imul(low, P2_HIGH)) | 0;
    this.add((multiplyHigh(low, P2_LOW) + crossed) | 0, Math.imul(low, P2_LOW));
    this.rotateLeft(31);
    this.multiply(P1_HIGH, P1_LOW);
  }

  /** The definition's `mergeAccumulator`. */
  merge(lane: Word): void {
    const taken = new Word();
    taken.take(lane.high, lane.low);
    this.xor(taken.high, taken.low);
    this.multiply(P1_HIGH, P1_LOW);
    this.add(P4_HIGH, P4_LOW);
  }

  /** Exclusive or with itself shifted right by 29, 32 or 33. */
  xorShifted(bits: 29 | 32 | 33): void {
    if (bits === 29) this.xor(this.high >>> 29, (this.low >>> 29) | (this.high << 3));
    else this.low ^= this.high >>> (bits - 32);
  }
}

/** Bytes from which on a kernel is worth setting up. */
const LONG = 2 ** 18;

/**
 * XXH64 of bytes.
 *
 * @param seed 0 to 2^32 − 1
 */
export function checksum(bytes: Uint8Array, seed: number): Checksum {
  const steps = checksumSteps(bytes, seed);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** As {@link checksum}, in steps of a few milliseconds. @yields bytes done so far */
export function* checksumSteps(bytes: Uint8Array, seed: number): Generator<number, Checksum> {
  return bytes.length < LONG ? shortChecksum(bytes, seed) : yield* longChecksum(bytes, seed);
}

function shortChecksum(bytes: Uint8Array, seed: number): Checksum {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length;
  const hash = new Word();
  let at = 0;
  if (end >= STRIPE) {
    const lanes = [new Word(), new Word(), new Word(), new Word()] as const;
    for (const lane of lanes) lane.set(0, seed);
    const [a, b, c, d] = lanes;
    a.add(P1_HIGH, P1_LOW);
    a.add(P2_HIGH, P2_LOW);
    b.add(P2_HIGH, P2_LOW);
    // Minus P1: its two's complement.
    d.add(~P1_HIGH, -P1_LOW);
    for (const last = end - STRIPE; at <= last; at += STRIPE) {
      a.take(view.getInt32(at + 4, true), view.getInt32(at, true));
      b.take(view.getInt32(at + 12, true), view.getInt32(at + 8, true));
      c.take(view.getInt32(at + 20, true), view.getInt32(at + 16, true));
      d.take(view.getInt32(at + 28, true), view.getInt32(at + 24, true));
    }
    const turns = [1, 7, 12, 18];
    lanes.forEach((lane, i) => {
      const turned = new Word();
      turned.set(lane.high, lane.low);
      turned.rotateLeft(turns[i]);
      hash.add(turned.high, turned.low);
    });
    for (const lane of lanes) hash.merge(lane);
  } else {
    hash.set(0, seed);
    hash.add(P5_HIGH, P5_LOW);
  }
  hash.add(Math.floor(end / 2 ** 32), end);
  for (; at + 8 <= end; at += 8) {
    const taken = new Word();
    taken.take(view.getInt32(at + 4, true), view.getInt32(at, true));
    hash.xor(taken.high, taken.low);
    hash.rotateLeft(27);
    hash.multiply(P1_HIGH, P1_LOW);
    hash.add(P4_HIGH, P4_LOW);
  }
  if (at + 4 <= end) {
    const taken = new Word();
    taken.set(0, view.getInt32(at, true));
    taken.multiply(P1_HIGH, P1_LOW);
    hash.xor(taken.high, taken.low);
    hash.rotateLeft(23);
    hash.multiply(P2_HIGH, P2_LOW);
    hash.add(P3_HIGH, P3_LOW);
    at += 4;
  }
  for (; at < end; at++) {
    const taken = new Word();
    taken.set(0, bytes[at]);
    taken.multiply(P5_HIGH, P5_LOW);
    hash.xor(taken.high, taken.low);
    hash.rotateLeft(11);
    hash.multiply(P1_HIGH, P1_LOW);
  }
  hash.xorShifted(33);
  hash.multiply(P2_HIGH, P2_LOW);
  hash.xorShifted(29);
  hash.multiply(P3_HIGH, P3_LOW);
  hash.xorShifted(32);
  return hex(hash.high) + hex(hash.low);
}

function hex(half: number): string {
  return (half >>> 0).toString(16).padStart(8, "0");
}

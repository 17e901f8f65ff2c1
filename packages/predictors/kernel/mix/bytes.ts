/** The stream so far: the block's bytes, the last eight of them, and the bits of the one that is being coded. */

import { allocate } from "../memory";
import { touch } from "./journal";

/** Zero bytes before the block, so that looking back needs no check: two of the longest rows, and then some. */
const LOOK_BACK: usize = 16640;

/** Address of the block's first byte. */
export let buffer: usize = 0;
/** Bytes of the block that are done. */
export let position: i32 = 0;
/** The last four bytes, the latest in the lowest eight bits; the four before them. */
export let last4: i32 = 0;
export let last8: i32 = 0;
/** Bits of the current byte so far behind a leading one: 1 … 255. */
export let partial: i32 = 1;
/** Bits of the current byte that are done: 0 … 7. */
export let bitIndex: i32 = 0;

export function startBytes(length: i32): void {
  buffer = allocate(LOOK_BACK + length + 8) + LOOK_BACK;
  position = 0;
  last4 = 0;
  last8 = 0;
  partial = 1;
  bitIndex = 0;
}

/** The byte `distance` back (1 is the latest), up to 16640. */
// @ts-ignore: decorator
@inline
export function byteBack(distance: i32): i32 {
  return load<u8>(buffer + position - distance);
}

// @ts-ignore: decorator
@inline
export function pushBit(bit: i32): void {
  partial = (partial << 1) | bit;
  bitIndex++;
}

/** Pretends that the current byte has begun with these bits, behind a leading one, and is at its `index`th. */
export function lookAhead(bits: i32, index: i32): void {
  partial = bits;
  bitIndex = index;
}

// @ts-ignore: decorator
@inline
export function pushByte(byte: i32): void {
  last8 = (last8 << 8) | (last4 >>> 24);
  last4 = (last4 << 8) | byte;
  touch(buffer + position);
  store<u8>(buffer + position, byte);
  position++;
  partial = 1;
  bitIndex = 0;
}

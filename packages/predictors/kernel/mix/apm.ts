/**
 * Adaptive probability maps (secondary estimation): a map corrects the mixer's probability by what really came when
 * it said so, in a context of its own. 33 knots over the stretched range, linear between them.
 *
 * A knot is kept as its difference from squash(its place), modulo 2^16, so that an untouched map is all zeros.
 */

import { squash } from "../math";

const KNOTS: i32 = 33;
/** Bytes of one context's row. */
export const ROW: usize = KNOTS * 2;
/** A knot moves by 1/64 of its error. */
const RATE_SHIFT: i32 = 6;

const initial = memory.data(33 * 2, 64);

/** Where in a row the knot nearest to the last probability lies, and its initial value. */
let nearest: usize = 0;
let nearestInitial: i32 = 0;

/** Fills the initial row; once an instance. */
export function initApms(): void {
  for (let j = 0; j < KNOTS; j++) store<u16>(initial + (j << 1), squash(max(-2047, min(2047, (j - 16) * 128))));
}

/** Chooses what `learnApm` is to move, for a stretched probability in 1/256. */
// @ts-ignore: decorator
@inline
export function enterApms(stretched: i32): void {
  nearest = <usize>(((stretched + 2048 + 64) >> 7) << 1);
  nearestInitial = load<u16>(initial + nearest);
}

/** The corrected 16-bit probability under the row at `row`. */
// @ts-ignore: decorator
@inline
export function refine(row: usize, stretched: i32): i32 {
  const x = stretched + 2048;
  const knot = <usize>((x >> 7) << 1);
  const weightHigh = x & 127;
  const a = (<i32>load<u16>(row + knot) + <i32>load<u16>(initial + knot)) & 0xffff;
  const b = (<i32>load<u16>(row + knot, 2) + <i32>load<u16>(initial + knot, 2)) & 0xffff;
  return (a * (128 - weightHigh) + b * weightHigh) >> 7;
}

/** Moves the knot nearest to the probability toward the bit. */
// @ts-ignore: decorator
@inline
export function learnApm(row: usize, bit: i32): void {
  const address = row + nearest;
  const value = (load<u16>(address) + nearestInitial) & 0xffff;
  const target = bit == 1 ? 65535 : 0;
  store<u16>(address, value + ((target - value) >> RATE_SHIFT) - nearestInitial);
}

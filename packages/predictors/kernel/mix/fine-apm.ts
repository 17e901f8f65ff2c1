/**
 * Adaptive probability maps of models that are FINE: 25 knots over ±12, each a cell that learns fast first and slowly later, so
 * that what hardly ever fails is told from what never did.
 *
 * A knot is kept as its difference from the cell that it starts as, so that an untouched map is all zeros.
 */

import { cell, learnt } from "../state-map";
import { squashMix } from "./domain";
import { touch } from "./journal";

const KNOTS: i32 = 25;
/** Bytes of one context's row. */
export const FINE_ROW: usize = KNOTS * 4;
/** Updates that a knot's initial probability counts for; where its step stops falling. */
const TRUST: i32 = 12;
const SLOWEST: i32 = 255;

const initial = memory.data(FINE ? 25 * 4 : 4, 64);

/** Where in a row the knot nearest to the last probability lies, and its initial value. */
let nearest: usize = 0;
let nearestInitial: i32 = 0;

/** Fills the initial row; once an instance, after the domain. */
export function initFineApms(): void {
  if (!FINE) return;
  for (let j = 0; j < KNOTS; j++) {
    store<i32>(initial + (j << 2), cell(squashMix(max(-3071, min(3071, (j - 12) * 256))), TRUST));
  }
}

/** Chooses what `learnFineApm` is to move, for a stretched probability in 1/256. */
// @ts-ignore: decorator
@inline
export function enterFineApms(stretched: i32): void {
  nearest = <usize>(((stretched + 3072 + 128) >> 8) << 2);
  nearestInitial = load<i32>(initial + nearest);
}

/** The corrected 16-bit probability under the row at `row`. */
// @ts-ignore: decorator
@inline
export function refineFine(row: usize, stretched: i32): i32 {
  const x = stretched + 3072;
  const knot = <usize>((x >> 8) << 2);
  const weightHigh = x & 255;
  const a = (load<i32>(row + knot) ^ load<i32>(initial + knot)) >>> 16;
  const b = (load<i32>(row + knot, 4) ^ load<i32>(initial + knot, 4)) >>> 16;
  return (a * (256 - weightHigh) + b * weightHigh) >> 8;
}

/** Moves the knot nearest to the probability toward the bit. */
// @ts-ignore: decorator
@inline
export function learnFineApm(row: usize, bit: i32): void {
  const address = row + nearest;
  touch(address, 4);
  store<i32>(address, learnt(load<i32>(address) ^ nearestInitial, bit, SLOWEST) ^ nearestInitial);
}

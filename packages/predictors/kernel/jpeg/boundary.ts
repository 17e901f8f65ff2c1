/**
 * Continuity: pixels go on smoothly from one block to the next. In the rows of frequencies that is one equation each: the
 * horizontal frequencies of a row, weighed by what each is worth at the left edge, should make what the block to the left
 * has at its right edge. The same holds for columns and the block above. What is known of a row so far is taken from what
 * it should make; what is left is what the next coefficients are expected to be.
 *
 * Values are of dequantised coefficients, times 2^10.
 */

import { allocate } from "../memory";
import { blockX, blockY, plane, quantisationAddress } from "./planes";

/** Bytes of an edge: 8 i32, by frequency along the edge. */
const EDGE: usize = 32;

/**
 * What a frequency is worth at its block's first edge, half a pixel before its first, times 2^10: (3 · cos(kπ/16) −
 * cos(3kπ/16)) / 2, which goes straight on from the first two pixels; √½ for none. At the other edge, odd ones are worth the
 * opposite.
 */
const worths = memory.data<i32>([724, 1081, 1223, 1377, 1448, 1356, 1061, 584]);

const left = memory.data(32, 64); // i32 [row]: the right edge of the block to the left
const rows = memory.data(32, 64); // i32 [row]: what is left of it
const columns = memory.data(32, 64); // i32 [column]: the same of the block above

/** The bottom edges of the blocks of the row above, as far as the row has come those of its own. */
let above: usize = 0;

/** @param most blocks across a plane */
export function startBoundary(most: i32): void {
  above = allocate(<usize>most * EDGE);
}

// @ts-ignore: decorator
@inline
function worth(frequency: i32): i32 {
  return load<i32>(worths + (frequency << 2));
}

/** Starts on the next block. */
export function startEdges(): void {
  memory.copy(rows, left, EDGE);
  memory.copy(columns, above + <usize>blockX * EDGE, EDGE);
}

// @ts-ignore: decorator
@inline
function take(address: usize, value: i32): void {
  store<i32>(address, load<i32>(address) - value);
}

/** A coefficient has become known: `value`, dequantised, in column `u` and row `v`. */
// @ts-ignore: decorator
@inline
export function takeFromEdges(u: i32, v: i32, value: i32): void {
  take(rows + (v << 2), value * worth(u));
  take(columns + (u << 2), value * worth(v));
}

/** What the block to the left makes of a coefficient, in eighths of a step; 0 where there is none. */
export function expectedFromLeft(u: i32, v: i32, step: i32): i32 {
  return blockX == 0 ? 0 : ratio(load<i32>(rows + (v << 2)), worth(u) * step);
}

/** The same of the block above. */
export function expectedFromAbove(u: i32, v: i32, step: i32): i32 {
  return blockY == 0 ? 0 : ratio(load<i32>(columns + (u << 2)), worth(v) * step);
}

/** The value that is least wrong for both, in eighths of a step. */
export function expectedFromBoth(u: i32, v: i32, step: i32): i32 {
  if (blockX == 0) return expectedFromAbove(u, v, step);
  if (blockY == 0) return expectedFromLeft(u, v, step);
  const a = worth(u) >> 3;
  const b = worth(v) >> 3;
  const sum = (clamped(load<i32>(rows + (v << 2))) >> 7) * a + (clamped(load<i32>(columns + (u << 2))) >> 7) * b;
  return (sum << 1) / max(1, (((a * a + b * b) >> 3) * step) >> 3);
}

// @ts-ignore: decorator
@inline
function clamped(x: i32): i32 {
  return max(-(1 << 27), min(1 << 27, x));
}

// @ts-ignore: decorator
@inline
function ratio(x: i32, y: i32): i32 {
  return (clamped(x) << 3) / y;
}

/** How far the rows and the columns are from what they should make, but for the first of each, which lack the mean: the sum. */
export function mismatch(): i32 {
  let sum = 0;
  for (let i = 4; i < 32; i += 4) {
    if (blockX > 0) sum += abs(clamped(load<i32>(rows + i))) >> 10;
    if (blockY > 0) sum += abs(clamped(load<i32>(columns + i))) >> 10;
  }
  return sum;
}

/** Keeps the edges of a block that is all known; coefficients i16 at `block`. */
export function keepEdges(block: usize): void {
  const steps = quantisationAddress(plane);
  const bottom = above + <usize>blockX * EDGE;
  memory.fill(left, 0, EDGE);
  memory.fill(bottom, 0, EDGE);
  for (let v = 0; v < 8; v++) {
    const row = block + (v << 4);
    if ((load<i64>(row) | load<i64>(row, 8)) == 0) continue;
    for (let u = 0; u < 8; u++) {
      const value = <i32>load<i16>(row + (u << 1)) * <i32>load<u16>(steps + (((v << 3) | u) << 1));
      take(left + (v << 2), (u & 1 ? value : -value) * worth(u));
      take(bottom + (u << 2), (v & 1 ? value : -value) * worth(v));
    }
  }
}

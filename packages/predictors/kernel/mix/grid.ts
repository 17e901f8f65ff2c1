/**
 * What is alike at a distance: a cell (a sample, a pixel, a field), 1 … 24 bytes, and a row (a line of pixels, a record),
 * 25 … 8192 bytes. Found by the bytes' differences at each distance: those to a cell are summed up all the time and
 * forgotten slowly; those to a row, over a window, every now and then. A distance stays until another is clearly better.
 */

import { byteBack, buffer, position } from "./bytes";

export const MOST_CELL: i32 = 24;
const LEAST_ROW: i32 = MOST_CELL + 1;
/** Rows up to this length are looked for more often. */
const SHORT_ROW: i32 = 1024;
const MOST_ROW: i32 = 8192;
const SHORT_EVERY: i32 = 512;
const LONG_EVERY: i32 = 4096;
/** Bytes that are compared. */
const WINDOW: i32 = 256;
/** Greater differences are as bad as this one: they say nothing but "unlike". */
const UNLIKE: i32 = 32;

/** Bytes of a cell and of a row. */
export let cell: i32 = 1;
export let row: i32 = LEAST_ROW;

/** i16 [distance − 1], three vectors: sums of differences, which lose 1/32 a byte. */
const differences = memory.data(48, 16);

export function startGrid(): void {
  cell = 1;
  row = LEAST_ROW;
  memory.fill(differences, 0, 48);
}

/** After a byte. */
export function updateGrid(c: i32): void {
  addDifferences(c);
  findCell();
  if ((position & (SHORT_EVERY - 1)) == 0 && position > WINDOW) {
    findRow((position & (LONG_EVERY - 1)) == 0 ? MOST_ROW : SHORT_ROW);
  }
}

/** The 24 bytes before the last one, each lane its distance. */
function addDifferences(c: i32): void {
  const last = i8x16.splat(<i8>c);
  const unlike = i8x16.splat(<i8>UNLIKE);
  const at = buffer + position - 1;
  // Lanes 0 … 15 are distances 16 … 1 in memory; sums are kept in that order, 24 … 1.
  const far = v128.load(at - 24);
  const near = v128.load(at - 16);
  const farDifference = i8x16.min_u(i8x16.sub(i8x16.max_u(far, last), i8x16.min_u(far, last)), unlike);
  const nearDifference = i8x16.min_u(i8x16.sub(i8x16.max_u(near, last), i8x16.min_u(near, last)), unlike);
  accumulate(differences, i16x8.extend_low_i8x16_u(farDifference));
  accumulate(differences + 16, i16x8.extend_low_i8x16_u(nearDifference));
  accumulate(differences + 32, i16x8.extend_high_i8x16_u(nearDifference));
}

// @ts-ignore: decorator
@inline
function accumulate(sums: usize, difference: v128): void {
  const sum = v128.load(sums);
  v128.store(sums, i16x8.add(i16x8.sub(sum, i16x8.shr_u(sum, 5)), i16x8.shl(difference, 4)));
}

// @ts-ignore: decorator
@inline
function differenceAt(distance: i32): i32 {
  return load<u16>(differences + ((MOST_CELL - distance) << 1));
}

function findCell(): void {
  let least = differenceAt(cell);
  least -= least >> 3;
  for (let distance = 1; distance <= MOST_CELL; distance++) {
    const difference = differenceAt(distance);
    if (difference < least) {
      least = difference;
      cell = distance;
    }
  }
}

/** Sum of the differences of the window's bytes from those a distance before. */
function windowDifference(distance: i32): i32 {
  const end = buffer + position;
  const unlike = i8x16.splat(<i8>UNLIKE);
  let sums = i16x8.splat(0);
  for (let i: usize = 0; i < <usize>WINDOW; i += 16) {
    const a = v128.load(end - WINDOW + i);
    const b = v128.load(end - WINDOW + i - distance);
    const difference = i8x16.min_u(i8x16.sub(i8x16.max_u(a, b), i8x16.min_u(a, b)), unlike);
    sums = i16x8.add(sums, i16x8.extadd_pairwise_i8x16_u(difference));
  }
  const pairs = i32x4.extadd_pairwise_i16x8_u(sums);
  return (
    i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1) +
    (i32x4.extract_lane(pairs, 2) + i32x4.extract_lane(pairs, 3))
  );
}

function findRow(most: i32): void {
  let least = windowDifference(row);
  least -= least >> 3;
  const limit = min(most, position - WINDOW);
  for (let distance = LEAST_ROW; distance <= limit; distance++) {
    const difference = windowDifference(distance);
    // The shorter of two that are about as good: what is alike after one row is also after two.
    if (difference < least - (least >> 4)) {
      least = difference;
      row = distance;
    }
  }
}

/** The byte so many rows above and cells to the left of the next one. */
// @ts-ignore: decorator
@inline
export function around(rows: i32, cells: i32): i32 {
  return byteBack(rows * row + cells * cell);
}

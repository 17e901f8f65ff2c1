/**
 * Samples of pictures and sound, in the order in which they stand: rows of pixels, or moments, with a sample for each
 * channel. The latest of them are kept, with how far each was from what it was expected to be.
 */

import { allocate } from "../memory";

/** Samples of all channels of a pixel or moment; of a row, 0 in sound. */
export let channels: i32 = 0;
export let row: i32 = 0;
/** Bits of a sample; whether it has a sign. */
export let bits: i32 = 0;
export let isSigned: bool = false;
/** The channel of the sample that is next, 0 for the first. */
export let channel: i32 = 0;
/** Samples of the row that are done. */
let column: i32 = 0;
/** Samples that are done. */
export let position: i32 = 0;

let mask: i32 = 0;
let values: usize = 0; // i32 [position & mask]
let residuals: usize = 0; // i32 [position & mask]

/** Samples that can be looked back on in sound, at least. */
const LOOK_BACK: i32 = 4096;

/** @param ofRow samples in a row, 0 for sound */
export function startStream(ofChannels: i32, ofRow: i32, ofBits: i32, withSign: bool): void {
  channels = ofChannels;
  row = ofRow;
  bits = ofBits;
  isSigned = withSign;
  channel = column = position = 0;
  const reach = max(LOOK_BACK, 2 * (row + 2 * channels) + 2);
  mask = (1 << (32 - clz(reach))) - 1;
  values = allocate(<usize>(mask + 1) << 2);
  residuals = allocate(<usize>(mask + 1) << 2);
}

/** The sample so far back, 1 the latest. Before the first there are zeros. */
// @ts-ignore: decorator
@inline
export function valueAt(back: i32): i32 {
  return load<i32>(values + (<usize>((position - back) & mask) << 2));
}

/** How far it was above what it was expected to be. */
// @ts-ignore: decorator
@inline
export function residualAt(back: i32): i32 {
  return load<i32>(residuals + (<usize>((position - back) & mask) << 2));
}

/** Takes in a sample. */
export function push(value: i32, residual: i32): void {
  const at = <usize>(position & mask) << 2;
  store<i32>(values + at, value);
  store<i32>(residuals + at, residual);
  position++;
  channel++;
  column++;
  // Rows may end with bytes that fill them up.
  if (channel == channels || column == row) channel = 0;
  if (column == row) column = 0;
}

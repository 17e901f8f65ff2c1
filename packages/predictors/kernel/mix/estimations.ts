/** Secondary estimation: the mixer's probability and what each adaptive probability map makes of it, averaged. */

import { hash } from "../hash";
import { allocate } from "../memory";
import { ROW, enterApms, learnApm, refine } from "./apm";
import { FINE_ROW, enterFineApms, learnFineApm, refineFine } from "./fine-apm";
import { squashMix } from "./domain";
import { partial } from "./bytes";

const ROW_BYTES: usize = FINE ? FINE_ROW : ROW;
/** Rows of a map. A PRIMED model is to take little memory, and all its maps are hashed. */
const ROWS: usize = PRIMED ? 1 << ESTIMATION_BITS : 65536;
const MAP: usize = ROWS * ROW_BYTES;
/** The corrected probabilities and, as often as makes them a power of two, the mixer's: log2 of how many are averaged. */
const SHARES: i32 = ESTIMATIONS < 2 ? 1 : ESTIMATIONS < 4 ? 2 : ESTIMATIONS < 8 ? 3 : 4;

const rows = memory.data(ESTIMATIONS * 4, 16); // usize [map]: the row in use
/** Keeps loads alive that only bring something into the cache. */
const touched = memory.data(4, 4);

let maps: usize = 0;
let hashedMask: i32 = 0;

/** `hashedBits`: log2 of the rows of contexts that are hashed, at most 16. */
export function startEstimations(hashedBits: i32): void {
  hashedMask = (1 << hashedBits) - 1;
  maps = allocate(<usize>ESTIMATIONS * MAP);
}

/**
 * The map of that name is used in this row, 0 … 65535, if the model has it; else nothing is left of the call.
 *
 * @param place among the model's maps, below 0 if it is not one of them; written as a name
 */
// @ts-ignore: decorator
@inline
export function estimation(place: i32, row: i32): void {
  if (place >= 0) store<usize>(rows + (place << 2), maps + <usize>place * MAP + <usize>row * ROW_BYTES);
}

/** The row of a context of any size, together with the bits of the byte so far. */
// @ts-ignore: decorator
@inline
export function hashedRow(context: i32): i32 {
  return hash(context, partial) & hashedMask;
}

/** Touches the rows in use, so that they are there when the mix is known. */
// @ts-ignore: decorator
@inline
export function fetchRows(): void {
  let sum = 0;
  // unroll ESTIMATIONS
  for (let k: i32 = 0; k < ESTIMATIONS; k++) {
    // A row lies in two lines of the cache; which of them is needed, only the mix can tell.
    const row = load<usize>(rows + (k << 2));
    sum += <i32>load<u8>(row) + <i32>load<u8>(row + ROW_BYTES - 1);
  }
  store<i32>(touched, sum);
}

/** 16-bit probability, 1 … 65535, of a mix, which is stretched, in 1/256. */
// @ts-ignore: decorator
@inline
export function estimate(mixed: i32): i32 {
  if (FINE) enterFineApms(mixed);
  else enterApms(mixed);
  let sum = squashMix(mixed) * ((1 << SHARES) - ESTIMATIONS);
  // unroll ESTIMATIONS
  for (let k: i32 = 0; k < ESTIMATIONS; k++) {
    const row = load<usize>(rows + (k << 2));
    sum += FINE ? refineFine(row, mixed) : refine(row, mixed);
  }
  return max(1, min(65535, (sum + (1 << (SHARES - 1))) >> SHARES));
}

/** Every map learns the bit that came. */
// @ts-ignore: decorator
@inline
export function learnEstimations(bit: i32): void {
  // unroll ESTIMATIONS
  for (let k: i32 = 0; k < ESTIMATIONS; k++) {
    const row = load<usize>(rows + (k << 2));
    if (FINE) learnFineApm(row, bit);
    else learnApm(row, bit);
  }
}

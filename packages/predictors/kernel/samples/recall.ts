/** Recollection: the sample that came the last time in a context, and how often in a row it did. */

import { hash } from "../hash";
import { allocate } from "../memory";
import { n, w } from "./expectation";
import { channel, channels, row, valueAt } from "./stream";

const TABLE_BITS: i32 = 16;
/** Times in a row that are counted, at most. */
const MOST_TIMES: i32 = 7;

/** The samples that came, and how often in a row; of no times, there is none. */
export let byColour: i32 = 0;
export let byColourTimes: i32 = 0;
export let byPlace: i32 = 0;
export let byPlaceTimes: i32 = 0;

let table: usize = 0; // i32 [context]: the sample's lower 24 bits, the times in the upper
let colour: usize = 0;
let place: usize = 0;

export function startRecall(): void {
  table = allocate(4 << (TABLE_BITS + 1));
}

// @ts-ignore: decorator
@inline
function cellOf(which: i32, context: i32): usize {
  return table + (<usize>((which << TABLE_BITS) | (context & ((1 << TABLE_BITS) - 1))) << 2);
}

/** Recalls what came: of the same channels before in the pixel, or the same neighbours. After the sample is expected. */
export function recall(): void {
  const last = channel > 0 ? valueAt(1) : w;
  let before = channel;
  if (channel == 0) {
    for (let k = 1; k <= channels; k++) before = hash(before, hash(valueAt(k), valueAt(row + k)));
  } else before = hash(last, channel > 1 ? valueAt(2) : 0) + channel;
  colour = cellOf(0, before);
  place = cellOf(1, hash(hash(w, n), hash(last, channel)));
  const c = load<i32>(colour);
  const p = load<i32>(place);
  byColour = (c << 8) >> 8;
  byColourTimes = c >>> 24;
  byPlace = (p << 8) >> 8;
  byPlaceTimes = p >>> 24;
}

// @ts-ignore: decorator
@inline
function learn(cell: usize, value: i32): void {
  const known = load<i32>(cell);
  const times = ((known << 8) >> 8) == value ? min(MOST_TIMES, (known >>> 24) + 1) : 1;
  store<i32>(cell, (value & 0xffffff) | (times << 24));
}

export function learnRecall(value: i32): void {
  learn(colour, value);
  learn(place, value);
}

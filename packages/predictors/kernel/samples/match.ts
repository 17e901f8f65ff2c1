/** Repeats: the sample that came the last time after the same pixels or moments. */

import { hash } from "../hash";
import { allocate } from "../memory";
import { channel, channels, position, valueAt } from "./stream";

/** Pixels or moments that have to be the same. */
const LEAST: i32 = 6;
/** Longest match that is counted, in samples. */
const LONGEST: i32 = 255;
const TABLE_BITS: i32 = 16;

/** Samples that agreed so far; 0 if there is no match. */
export let matched: i32 = 0;
/** The sample that came then. */
export let repeated: i32 = 0;

let history: usize = 0; // u16 [position]: the lower bits of every sample
let table: usize = 0; // i32 [hash]: position
let at: i32 = 0;

/** @param samples of all content */
export function startMatch(samples: i32): void {
  history = allocate(<usize>samples << 1);
  table = allocate(4 << TABLE_BITS);
  matched = repeated = at = 0;
}

// @ts-ignore: decorator
@inline
function sampleOf(place: i32): i32 {
  return load<u16>(history + (<usize>place << 1));
}

/** Finds the sample that may come again. Call before it is expected. */
export function findMatch(): void {
  if (channel == 0) {
    let h = 0;
    for (let k = 1; k <= LEAST * channels; k++) h = hash(h, valueAt(k));
    const cell = table + (<usize>(h & ((1 << TABLE_BITS) - 1)) << 2);
    if (matched == 0) {
      at = load<i32>(cell);
      while (matched < LONGEST && matched < at && sampleOf(at - 1 - matched) == sampleOf(position - 1 - matched)) matched++;
      if (matched < LEAST * channels) matched = 0;
    }
    store<i32>(cell, position);
  }
  if (matched > 0) repeated = sampleOf(at);
}

/** Learns what the sample was. Call before it joins the stream. */
export function learnMatch(value: i32): void {
  store<u16>(history + (<usize>position << 1), <u16>value);
  if (matched == 0) return;
  matched = (value & 0xffff) == repeated ? min(LONGEST, matched + 1) : 0;
  at++;
}

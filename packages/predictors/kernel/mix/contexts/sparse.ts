/** Sparse contexts: some of the last eight bytes, without those between; their upper bits; which of them are zero. */

import { bitIndex, last4, last8 } from "../bytes";
import { weightSet } from "../mixer";
import { context } from "./context";

/** For each of the last bytes whether it is zero; whether it equals the one four before it; the latest lowest. */
let zeros: i32 = 0;
let repeats: i32 = 0;

export function startSparse(): void {
  zeros = repeats = 0;
}

export function updateSparse(c: i32): void {
  if (!usesThisFile()) return;
  zeros = (zeros << 1) | <i32>(c == 0);
  repeats = (repeats << 1) | <i32>(c == (last8 & 0xff));

  context("byte-2", last4 & 0xff00, 50);
  context("byte-3", last4 & 0xff0000, 51);
  context("byte-6", last8 & 0xff00, 52);
  context("byte-8", last8 & 0xff000000, 53);
  context("bytes-1-3", last4 & 0xff00ff, 54);
  context("bytes-2-6", last4 & 0xff00, (last8 & 0xff00) | 55);
  context("upper-4", last4 & 0xf0f0f0f0, 56);
  context("upper-8", last4 & 0xe0e0e0e0, (last8 & 0xe0e0e0e0) | 17);
  context("upper-2-last", last4 & 0xf8f8ff, 58);
  context("zeros", zeros & 0xffff, (c << 8) | 59);
  context("zeros-repeats", zeros & 0xff, ((repeats & 0xff) << 8) | 60);
}

// @ts-ignore: decorator
@inline
export function selectBySparse(): void {
  weightSet("zeros-repeats", (bitIndex << 8) | ((zeros & 15) << 4) | (repeats & 15));
}

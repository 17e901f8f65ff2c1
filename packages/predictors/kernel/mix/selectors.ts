/**
 * What picks the weight vectors of the mixer's weight sets and the rows of the adaptive probability maps, by what the
 * stream and the matches say; other files add what their parts know.
 */

import { bitIndex, last4, partial } from "./bytes";
import { estimation, hashedRow } from "./estimations";
import { seen, sure } from "./histories";
import { expectedBit, expectedByte, matchState } from "./match";
import { finalMixer, weightSet } from "./mixer";

/** After the histories: `seen` and `sure` are contexts that were seen before, and whose runs all agree. */
// @ts-ignore: decorator
@inline
export function selectByStream(): void {
  weightSet("match-seen", (matchState << 5) + (seen * 31) / CONTEXTS);
  weightSet("partial-expected-bit", partial | (expectedBit << 8));
  weightSet("order-1", last4 & 255);
  weightSet("byte-2", (bitIndex << 8) | ((last4 >> 8) & 255));
  weightSet("expected-byte", expectedByte);
  weightSet("byte-3", (bitIndex << 8) | ((last4 >> 16) & 255));
  weightSet("sure", (bitIndex << 6) | ((sure * 63) / CONTEXTS));

  finalMixer("partial", partial);
  finalMixer("match", (matchState << 3) | bitIndex);
  finalMixer("order-1", last4 & 255);
}

// @ts-ignore: decorator
@inline
export function estimateByStream(): void {
  estimation("order-1", ((last4 & 255) << 8) | partial);
  estimation("order-2", hashedRow(last4 & 0xffff));
  estimation("order-3", hashedRow(last4 & 0xffffff));
  estimation("expected-byte", ((expectedByte & 255) << 8) | partial);
}

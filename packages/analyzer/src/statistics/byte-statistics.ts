import type { Autocorrelation, EntropyProfile, OrderEntropy } from "../analysis.ts";
import { autocorrelationOf } from "./autocorrelation.ts";
import { type ByteCounter, WHOLE_PROFILE } from "./byte-counter.ts";
import { orderFigures } from "./entropy.ts";

/** Level 4, as far as it follows from the bytes alone: plain data. */
export interface ByteStatistics {
  readonly byteCounts: readonly number[];
  /** Orders 0 … 3. */
  readonly entropy: readonly OrderEntropy[];
  /** What an adaptive coder of each order needs, learning included, in bits per byte. */
  readonly adaptiveBits: readonly number[];
  readonly profile: EntropyProfile;
  readonly autocorrelation: Autocorrelation;
}

/** Sums up what was counted, after the end, of at least one byte. */
export function byteStatistics(counter: ByteCounter): ByteStatistics {
  const byteCounts = byteCountsOf(counter);
  const orders = orderFigures(counter, byteCounts);
  return {
    byteCounts,
    entropy: orders.map(({ entropy }) => entropy),
    adaptiveBits: orders.map(({ adaptiveBits }) => adaptiveBits),
    profile: profileOf(counter),
    autocorrelation: autocorrelationOf(counter, byteCounts),
  };
}

/** Every byte is the second of a pair, or the first of a stretch. */
function byteCountsOf(counter: ByteCounter): number[] {
  const counts = [...counter.firsts()];
  counter.pairs().forEach((count, pair) => (counts[pair >> 8] += count));
  return counts;
}

function profileOf(counter: ByteCounter): EntropyProfile {
  const counts = counter.profile();
  const cellSize = counter.profileCell;
  const bitsPerByte = Array.from({ length: Math.ceil(counter.size / cellSize) }, (_, cell) =>
    // In ascending order, so that the sum does not depend on which bytes they are.
    entropyOf(counts.slice(256 * cell, 256 * (cell + 1)).sort()),
  );
  return { cellSize, bitsPerByte, exact: counter.size <= WHOLE_PROFILE };
}

function entropyOf(counts: Uint32Array): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count) => (count === 0 ? sum : sum + (count / total) * Math.log2(total / count)), 0);
}

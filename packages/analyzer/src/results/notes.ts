import type { Autocorrelation, EntropyProfile, OrderEntropy, PatternLevel, RepeatRuns } from "../analysis.ts";
import { contextPositions } from "../statistics/sampled-windows.ts";

/** Below this, what lack of data may hide is not worth a sentence; bits per byte. */
const SMALL_SHORTFALL = 0.2;

/** Says in words what of the report is no exact count of the whole file. */
export function notes(
  size: number,
  levels: readonly PatternLevel[],
  runs: RepeatRuns | null,
  entropy: readonly OrderEntropy[],
  profile: EntropyProfile,
  autocorrelation: Autocorrelation,
): string[] {
  const said: string[] = [];
  for (const { name, sampling, distinct } of levels) {
    if (distinct.exact) continue;
    const error = (100 * distinct.standardError) / distinct.value;
    said.push(
      `The ${name} patterns did not fit the memory limit: one signature in ${1 / sampling.rate} was counted, ${sampling.kept} patterns in all. Numbers of patterns are estimates within ${error.toFixed(2)} % (one standard deviation); counts of listed patterns are exact, but more frequent patterns may be missing from the list.`,
    );
  }
  if (runs === null) said.push("Runs of repeated blocks are not known, as not all blocks could be kept apart.");
  if (!entropy[2].exact) {
    const share = (100 * contextPositions(size, 3).count) / size;
    said.push(
      `Orders 2 and 3 were counted in ${share.toFixed(1)} % of the bytes: all of the first 16 MiB, then 1 KiB of every 64 KiB.`,
    );
  }
  if (entropy[2].exact && !entropy[3].exact) {
    said.push("Order 3 was counted for a sample of the contexts, as not all fit the memory.");
  }
  for (const { order, shortfall } of entropy) {
    if (shortfall < SMALL_SHORTFALL) continue;
    said.push(
      `The entropy of order ${order} may be too low by up to ${shortfall.toFixed(2)} bits, as there is little data for so many contexts.`,
    );
  }
  if (!profile.exact) {
    said.push("The entropy profile was counted in the first 64 MiB, then in 16 KiB of every 64 KiB.");
  }
  if (!autocorrelation.exact) {
    said.push(
      "Autocorrelation was measured on all of the first 1 MiB, then on 4 KiB of every 64 KiB up to 16 MiB, then of every 1 MiB.",
    );
  }
  return said;
}

import type { Analysis, AnalysisParameters, Statistics } from "../analysis.ts";
import type { PatternCounter } from "../patterns/pattern-counter.ts";
import type { ByteStatistics } from "../statistics/byte-statistics.ts";
import { achievable } from "./achievable.ts";
import { claimed } from "./claimed.ts";
import { metaAnalysis } from "./meta-analysis.ts";
import { notes } from "./notes.ts";
import { patternLevels } from "./pattern-levels.ts";
import { patternTree } from "./pattern-tree.ts";
import { repeatMap } from "./repeat-map.ts";
import { repeatRuns } from "./repeat-runs.ts";
import { recurringPatterns } from "./recurring.ts";
import { statisticsOf } from "./representation.ts";

/** Makes the report of what was counted of `size` bytes, at least one block. */
export function assemble(
  parameters: AnalysisParameters,
  size: number,
  counter: PatternCounter,
  bytes: ByteStatistics,
): Analysis {
  const { byteCounts, entropy, profile, autocorrelation } = bytes;
  const { digests, links } = recurringPatterns(counter, parameters.region);
  const levels = patternLevels(counter, digests);
  const map = repeatMap(counter);
  const runs = repeatRuns(counter);
  const meta = metaAnalysis(map, profile, size);
  const { density } = levels[0];
  const selfSimilarity = density * autocorrelation.product[0];
  const statistics: Statistics = {
    entropy,
    byteCounts,
    profile,
    autocorrelation,
    patternDensity: density,
    selfReference: {
      asPaper: (1 - entropy[0].bitsPerByte) * selfSimilarity,
      normalised: (1 - entropy[0].bitsPerByte / 8) * selfSimilarity,
    },
  };
  const tree = patternTree(counter, parameters.region);
  return {
    format: 1,
    parameters,
    size,
    remainder: counter.remainder,
    levels,
    tree,
    map,
    runs,
    statistics,
    meta,
    claimed: claimed(size, levels, links, statisticsOf(statistics).length, parameters.signature, meta),
    achievable: achievable(size, counter.remainder, levels, bytes),
    notes: notes(size, levels, runs, entropy, profile, autocorrelation),
  };
}

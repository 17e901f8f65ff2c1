import { SERIES_NAMES, type EntropyProfile, type MetaAnalysis, type RepeatMap } from "../analysis.ts";
import { breakthroughFactor } from "../paper/table-4-2.ts";

/** From here up, a correlation makes a meta-pattern. */
const STRONG = 0.5;

/** Level 5: the series along the file against each other. */
export function metaAnalysis(map: RepeatMap, profile: EntropyProfile, size: number): MetaAnalysis {
  const series = { ...map, entropy: resample(profile, map.cellSize, map.coarse.length) };
  const crossCorrelation = SERIES_NAMES.map((a) => SERIES_NAMES.map((b) => correlation(series[a], series[b])));
  const pairs = SERIES_NAMES.flatMap((first, i) =>
    SERIES_NAMES.slice(i + 1).map((second, j) => ({ first, second, correlation: crossCorrelation[i][i + 1 + j] })),
  );
  const mean = pairs.reduce((sum, { correlation }) => sum + Math.abs(correlation ?? 0), 0) / pairs.length;
  const metaEfficiency = (1 + mean) / 2;
  const factor = breakthroughFactor(size);
  return {
    crossCorrelation,
    metaPatterns: pairs
      .flatMap(({ first, second, correlation }) => (correlation === null ? [] : [{ first, second, correlation }]))
      .filter(({ correlation }) => Math.abs(correlation) >= STRONG)
      .sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation)),
    metaEfficiency,
    breakthroughFactor: factor,
    recursiveAmplification: metaEfficiency * factor,
  };
}

/** The profile in cells of another size: means over what of its cells lies in each. */
function resample({ cellSize, bitsPerByte }: EntropyProfile, newSize: number, cells: number): number[] {
  return Array.from({ length: cells }, (_, cell) => {
    const start = cell * newSize;
    const end = Math.min(start + newSize, bitsPerByte.length * cellSize);
    let sum = 0;
    for (let i = Math.floor(start / cellSize); i * cellSize < end; i++) {
      const overlap = Math.min(end, (i + 1) * cellSize) - Math.max(start, i * cellSize);
      sum += overlap * bitsPerByte[i];
    }
    return sum / (end - start);
  });
}

/** Pearson's correlation; null where a side does not change. */
function correlation(x: readonly number[], y: readonly number[]): number | null {
  if (isConstant(x) || isConstant(y)) return null;
  const meanX = x.reduce((sum, value) => sum + value, 0) / x.length;
  const meanY = y.reduce((sum, value) => sum + value, 0) / y.length;
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < x.length; i++) {
    xy += (x[i] - meanX) * (y[i] - meanY);
    xx += (x[i] - meanX) ** 2;
    yy += (y[i] - meanY) ** 2;
  }
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

function isConstant(values: readonly number[]): boolean {
  return values.every((value) => value === values[0]);
}

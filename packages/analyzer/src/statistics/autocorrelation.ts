import type { Autocorrelation } from "../analysis.ts";
import { type ByteCounter, LAGS, SUMS, WHOLE_LAGS } from "./byte-counter.ts";
import { lagPairs } from "./sampled-windows.ts";

/** Peaks reported at most. */
const PEAKS = 16;
/** How high a peak must be above what is around it, in standard deviations. */
const HEIGHT = 4;
/** Lags on either side that are around it. */
const AROUND = 8;

/** Correlations at all lags that the file has, from the sums of the kernel. */
export function autocorrelationOf(counter: ByteCounter, counts: ArrayLike<number>): Autocorrelation {
  const sums = counter.sums();
  const product: number[] = [];
  const match: number[] = [];
  for (let lag = 1; lag <= LAGS; lag++) {
    const [pairs, x, y, xx, yy, xy, equal] = Array.from(sums.subarray((lag - 1) * SUMS, lag * SUMS), Number);
    if (pairs === 0) break;
    const covariance = xy / pairs - (x / pairs) * (y / pairs);
    const variances = (xx / pairs - (x / pairs) ** 2) * (yy / pairs - (y / pairs) ** 2);
    product.push(variances > 0 ? Math.max(-1, Math.min(1, covariance / Math.sqrt(variances))) : 0);
    match.push(equal / pairs);
  }
  const { count, weight, squares } = lagPairs(counter.size);
  const standardError = weight === 0 ? 0 : Math.sqrt(squares) / weight;
  const matchByChance = chanceOfMatch(counts);
  const matchError = standardError * Math.sqrt(matchByChance * (1 - matchByChance));
  const heights = product.map((_, i) =>
    Math.max(heightAt(product, i, HEIGHT * standardError), heightAt(match, i, HEIGHT * matchError)),
  );
  return {
    product,
    match,
    matchByChance,
    peaks: heights
      .map((height, i) => ({ height, lag: i + 1, product: product[i], match: match[i] }))
      .filter(({ height }) => height > 0)
      .sort((a, b) => b.height - a.height || a.lag - b.lag)
      .slice(0, PEAKS)
      .map(({ lag, product, match }) => ({ lag, product, match })),
    exact: counter.size <= WHOLE_LAGS,
    pairs: count,
    standardError,
  };
}

/** The chance that two bytes of the file are equal. */
function chanceOfMatch(counts: ArrayLike<number>): number {
  let total = 0;
  let squares = 0;
  for (let i = 0; i < counts.length; i++) {
    total += counts[i];
    squares += counts[i] ** 2;
  }
  return squares / total ** 2;
}

/** How far a value stands out from the median of those around it; 0 where it is no local maximum, or by less than `least`. */
function heightAt(values: readonly number[], i: number, least: number): number {
  if (values[i] < (values[i - 1] ?? -1) || values[i] <= (values[i + 1] ?? -1)) return 0;
  const around = values.slice(Math.max(0, i - AROUND), i + AROUND + 1).sort((a, b) => a - b);
  const height = values[i] - around[around.length >> 1];
  return height > least ? height : 0;
}

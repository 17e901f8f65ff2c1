import type { Analysis } from "../../analysis.ts";
import { formatBits, formatCorrelation, formatCount, formatFigure, formatShare } from "../numbers.ts";
import { shorten, shortenPeaks } from "../resample.ts";
import { sparkline } from "./bars.ts";
import { table, wrap } from "./lines.ts";
import { scale } from "./repeats.ts";

/** Entropies of the orders, and along the file. */
export function entropyLines({ statistics, size }: Analysis, width: number): string[] {
  const { entropy, profile } = statistics;
  const columns = [
    { title: "order", align: "left" },
    { title: "bits/byte", align: "right" },
    { title: "±", align: "right" },
    { title: "too low by", align: "right", expendable: true },
  ] as const;
  const rows = entropy.map(({ order, bitsPerByte, standardError, shortfall }) => [
    `entropy ${order}`,
    formatBits(bitsPerByte),
    standardError === 0 ? "" : formatFigure(standardError),
    shortfall < 0.0005 ? "" : formatFigure(shortfall),
  ]);
  const shown = shorten(profile.bitsPerByte, width);
  if (shown.length === 0) return table(columns, rows, width);
  return [
    ...table(columns, rows, width),
    "",
    ...wrap(
      `Entropy along the file, 0 to 8 bits (${formatBits(least(shown))} to ${formatBits(Math.max(...shown))}):`,
      width,
    ),
    sparkline(shown, 8),
    scale(size, 0, shown.length),
  ];
}

function least(values: readonly number[]): number {
  return values.reduce((low, value) => Math.min(low, value), Infinity);
}

const SHOWN_PEAKS = 5;
const LABEL = 7;

/** A series as columns, the highest of them as high as can be. */
function spread(name: string, series: readonly number[], width: number): string[] {
  const heights = shortenPeaks(series, width - LABEL).map(Math.abs);
  return [(name.padEnd(LABEL) + sparkline(heights, Math.max(...heights))).trimEnd()];
}

/** Correlation by lag, and where it peaks. */
export function autocorrelationLines({ statistics }: Analysis, width: number, full: boolean): string[] {
  const { product, match, matchByChance, peaks } = statistics.autocorrelation;
  if (product.length === 0) return [];
  const shown = full ? peaks : peaks.slice(0, SHOWN_PEAKS);
  const list = shown.map(
    ({ lag, product: r, match: m }) => `${formatCount(lag)} (r ${formatCorrelation(r)}, ${formatShare(m)} alike)`,
  );
  return [
    "",
    ...wrap(
      `Autocorrelation, lags 1 to ${formatCount(product.length)}; at lag 1 r ${formatCorrelation(product[0])}, ` +
        `${formatShare(match[0])} of the bytes alike (${formatShare(matchByChance)} by chance):`,
      width,
    ),
    ...spread("r", product, width),
    ...spread(
      "alike",
      match.map((share) => Math.max(0, share - matchByChance)),
      width,
    ),
    ...wrap(`Peaks at lags: ${list.length === 0 ? "none" : list.join(", ")}`, width),
  ];
}

import type { Analysis } from "../../analysis.ts";
import { formatCorrelation, formatCount, formatFigure, formatShare } from "../numbers.ts";
import { shortenPeaks } from "../resample.ts";
import { anchor, chart, linePath, stretchedPath, type Tick } from "./chart.ts";
import { behind, element, escape, htmlTable, paragraph, percent, section } from "./markup.ts";

const HEIGHT = 170;
/** Points across. */
const POINTS = 1024;
/** Share of the width that the number of a peak takes on a phone. */
const LABEL_WIDTH = 0.11;

/** How alike the file is to itself shifted, by lag, with its peaks. */
export function autocorrelationSection({ statistics }: Analysis): string {
  const { product, match, matchByChance, peaks, standardError } = statistics.autocorrelation;
  if (product.length === 0) {
    return section("autocorrelation", "Autocorrelation", [paragraph("The file is too short to be shifted.")]);
  }
  const lags = product.length;
  const highest = extreme([...product, ...match], Math.max);
  const lowest = Math.min(0, extreme(product, Math.min));
  const top = niceLimit(highest);
  const bottom = lowest < -0.02 * top ? -niceLimit(-lowest) : 0;
  const heightOf = (value: number): number => (Math.min(top, Math.max(bottom, value)) - bottom) / (top - bottom);
  const xOf = (lag: number): number => (lag - 0.5) / lags;
  const picture = chart({
    label:
      `Autocorrelation for lags 1 to ${formatCount(lags)}. ` +
      (peaks.length === 0 ? "No peaks" : `Peaks at lags ${peaks.map(({ lag }) => formatCount(lag)).join(", ")}`),
    height: HEIGHT,
    content: [
      stretchedPath("line-match", linePath(shortenPeaks(match, POINTS).map(heightOf))),
      stretchedPath("line-product", linePath(shortenPeaks(product, POINTS).map(heightOf))),
      ...peaks.map(({ lag, product: r, match: m }) =>
        element(
          "circle",
          { class: "peak", cx: percent(xOf(lag)), cy: HEIGHT * (1 - heightOf(Math.max(r, m))), r: 4 },
          element("title", {}, escape(`lag ${formatCount(lag)}: r ${formatCorrelation(r)}, ${formatShare(m)} alike`)),
        ),
      ),
      ...peakLabels(peaks, xOf).map(({ lag, value }) =>
        element(
          "text",
          {
            class: "value",
            x: percent(xOf(lag)),
            y: HEIGHT * (1 - heightOf(value)) - 8,
            "text-anchor": anchor(xOf(lag)),
          },
          formatCount(lag),
        ),
      ),
    ].join(""),
    xTicks: [1, 0.25, 0.5, 0.75, 1].map((share, i): Tick => {
      const lag = i === 0 ? 1 : Math.round(share * lags);
      return { at: xOf(lag), label: formatCount(lag) };
    }),
    // Zero stands for itself; what is below it only where there is room for its number.
    yTicks: [...(bottom < -0.15 * top ? [bottom] : []), 0, top / 2, top].map((value) => ({
      at: heightOf(value),
      label: value === 0 ? "0" : formatFigure(value).replace("-", "−"),
    })),
    xTitle: "lag in bytes",
  });
  const table = htmlTable(
    "Peaks of the autocorrelation",
    [
      { title: "lag", align: "left" },
      { title: "correlation r", align: "right" },
      { title: "bytes alike", align: "right" },
    ],
    [{ lag: 1, product: product[0], match: match[0] }, ...peaks.filter(({ lag }) => lag !== 1)].map(
      ({ lag, product: r, match: m }) => [formatCount(lag), formatCorrelation(r), formatShare(m)],
    ),
  );
  return section("autocorrelation", "Autocorrelation", [
    paragraph(
      `How alike the file is to itself shifted by so many bytes. By chance ${formatShare(matchByChance)} of the bytes ` +
        `would be alike; r would lie within ±${formatFigure(2 * standardError)}.`,
    ),
    legend([
      ["product", "correlation of byte values, r"],
      ["match", "share of bytes that are alike"],
    ]),
    picture,
    behind(table),
  ]);
}

/** What the colours mean. */
export function legend(entries: readonly (readonly [style: string, text: string])[]): string {
  const items = entries.map(([style, text]) => `<li><span class="key key-${style}"></span>${escape(text)}</li>`);
  return `<ul class="legend">${items.join("")}</ul>`;
}

/** The highest peaks whose numbers have room beside each other. */
function peakLabels(
  peaks: Analysis["statistics"]["autocorrelation"]["peaks"],
  xOf: (lag: number) => number,
): { readonly lag: number; readonly value: number }[] {
  const chosen: { lag: number; value: number }[] = [];
  for (const { lag, product, match } of peaks) {
    if (chosen.every((other) => Math.abs(xOf(other.lag) - xOf(lag)) >= LABEL_WIDTH)) {
      chosen.push({ lag, value: Math.max(product, match) });
    }
  }
  return chosen;
}

function extreme(values: readonly number[], choose: (a: number, b: number) => number): number {
  return values.reduce((most, value) => choose(most, value), values[0]);
}

/** 1, or the next of 0.5, 0.2, 0.1, 0.05, … that is not below a value. */
function niceLimit(value: number): number {
  let limit = 1;
  for (const factor of [0.5, 0.2, 0.1, 0.05, 0.02, 0.01]) if (value <= factor) limit = factor;
  return limit;
}

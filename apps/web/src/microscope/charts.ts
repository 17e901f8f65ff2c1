/** The charts of the microscope. Loaded on demand, with the library that draws them. */
import { areaY, axisX, axisY, barY, gridY, lineY, plot, ruleY } from "@observablehq/plot";
import { CHART_STYLE } from "../shared/chart-style.ts";
import { CHART_HEIGHT, SERIES_COLOURS } from "./chart-style.ts";
import type { CurvePoint } from "./statistics.ts";
import { RANK_BARS } from "./statistics.ts";

/** The first characters, which cost up to 22 bits, go beyond the scale: as a share of the points. */
const BEYOND = 0.03;

/** The top of a scale of bits a character that shows nearly all of the curves, and the line that they are held against. */
function mostBits(curves: readonly (readonly CurvePoint[])[], entropy: number): number {
  const points = curves.flatMap((curve) => curve.slice(Math.ceil(BEYOND * curve.length)));
  return Math.max(1, Math.ceil(1.05 * Math.max(entropy, ...points.map(({ local, mean }) => Math.max(local, mean)))));
}

/**
 * Bits a character along the text.
 *
 * @param entropy bits a character that a predictor without memory needs, for comparison
 * @param unit what characters are called here
 */
export function bitsChart(
  curves: readonly (readonly CurvePoint[])[],
  entropy: number,
  unit: string,
  width: number,
): Element {
  const length = Math.max(1, ...curves.map((curve) => curve.at(-1)?.position ?? 0));
  return plot({
    width,
    height: CHART_HEIGHT,
    marginTop: 32,
    marginBottom: 46,
    marginLeft: 28,
    marginRight: 24,
    style: CHART_STYLE,
    x: { domain: [0, length] },
    y: { domain: [0, mostBits(curves, entropy)], clamp: true },
    marks: [
      gridY({ stroke: "var(--line)", strokeOpacity: 1 }),
      axisY({ tickSize: 0, ticks: 5, label: `bits a ${unit}`, labelArrow: "none" }),
      axisX({
        tickSize: 4,
        ticks: Math.max(2, width / 120),
        tickFormat: (d: number) => d.toLocaleString("en"),
        label: `${unit}s from the start`,
        labelAnchor: "center",
        labelArrow: "none",
      }),
      ruleY([entropy], { stroke: "var(--ink)", strokeDasharray: "2 3" }),
      ...curves.flatMap((curve, i) => [
        curves.length === 1
          ? areaY(curve, { x: "position", y: "local", fill: SERIES_COLOURS[i], fillOpacity: 0.18 })
          : lineY(curve, { x: "position", y: "local", stroke: SERIES_COLOURS[i], strokeOpacity: 0.55, strokeWidth: 1 }),
        lineY(curve, { x: "position", y: "mean", stroke: SERIES_COLOURS[i], strokeWidth: 2.5 }),
      ]),
    ],
  });
}

/** How often each rank came. */
export function rankChart(shares: readonly Float64Array[], width: number): Element {
  const bars = shares.flatMap((ranks, series) => Array.from(ranks, (share, rank) => ({ series, rank, share })));
  const gap = shares.length === 1 ? 2 : 1;
  const band = (width - 52) / (RANK_BARS + 1);
  return plot({
    width,
    height: CHART_HEIGHT,
    marginTop: 32,
    marginBottom: 46,
    marginLeft: 44,
    marginRight: 8,
    style: CHART_STYLE,
    x: { type: "band", padding: 0.15, domain: Array.from({ length: RANK_BARS + 1 }, (_, rank) => rank) },
    y: { percent: true, domain: [0, 100] },
    marks: [
      gridY({ stroke: "var(--line)", strokeOpacity: 1, ticks: 5 }),
      axisY({ tickSize: 0, ticks: 5, tickFormat: (d: number) => `${d} %`, label: "share", labelArrow: "none" }),
      axisX({
        tickSize: 0,
        tickFormat: (rank: number) => rankLabel(rank, band),
        label: "guesses that were thought likelier",
        // By itself it stands so low under a band that its descenders are cut off.
        labelOffset: 38,
        labelArrow: "none",
      }),
      ...shares.map((_, series) =>
        barY(
          bars.filter((bar) => bar.series === series),
          {
            x: "rank",
            y: "share",
            fill: SERIES_COLOURS[series],
            insetLeft: shares.length === 1 ? gap : series * (band / 2.35) + gap,
            insetRight: shares.length === 1 ? gap : (1 - series) * (band / 2.35) + gap,
          },
        ),
      ),
    ],
  });
}

/** Every rank where there is room, every fourth where there is not. */
function rankLabel(rank: number, room: number): string {
  if (rank === RANK_BARS) return `${rank}+`;
  return room > 22 || rank % 4 === 0 ? String(rank) : "";
}

/** The chart of levels. Loaded on demand, with the library that draws it. */
import { axisX, axisY, dot, gridY, plot, ruleY, text } from "@observablehq/plot";
import { CHART_STYLE } from "../shared/chart-style.ts";
import { formatBytes, formatDuration } from "../shared/format.ts";
import { LEVELS_HEIGHT } from "./chart-sizes.ts";
import type { LevelPoint } from "./levels-run.ts";

/** Seconds below which all is as good as at once: a logarithm needs a least. */
const AT_ONCE = 0.01;

/** CSS pixels between points whose numbers would touch, about. */
const NEAR = 18;

/**
 * Size against time, a point for each level.
 *
 * @param gzip bytes that gzip makes, for comparison
 */
export function levelsChart(points: readonly LevelPoint[], gzip: number | undefined, width: number): Element {
  const placed = points.map((point) => ({ ...point, seconds: Math.max(AT_ONCE, point.seconds) }));
  const above = labelledAbove(placed, width);
  const most = Math.max(1, gzip ?? 0, ...points.map(({ bytes }) => bytes));
  return plot({
    width,
    height: LEVELS_HEIGHT,
    marginTop: 32,
    marginBottom: 40,
    marginLeft: 64,
    marginRight: 28,
    style: CHART_STYLE,
    x: { type: "log", nice: true },
    y: { domain: [0, 1.05 * most] },
    marks: [
      gridY({ stroke: "var(--line)", strokeOpacity: 1 }),
      axisY({
        tickSize: 0,
        ticks: 5,
        tickFormat: (bytes: number) => formatBytes(bytes),
        label: "size",
        labelArrow: "none",
      }),
      axisX({
        tickSize: 4,
        ticks: Math.max(2, width / 140),
        tickFormat: shortDuration,
        label: "time",
        labelAnchor: "center",
        labelArrow: "none",
      }),
      ...(gzip === undefined
        ? []
        : [
            ruleY([gzip], { stroke: "var(--ink)", strokeDasharray: "2 3" }),
            text(["gzip"], { y: [gzip], frameAnchor: "right", lineAnchor: "bottom", dy: -7, fill: "var(--ink)" }),
          ]),
      dot(placed, { x: "seconds", y: "bytes", r: 4, fill: "var(--ember)" }),
      text(placed, {
        x: "seconds",
        y: "bytes",
        text: ({ level }: LevelPoint) => String(level),
        dy: 15,
        fill: "var(--ink)",
        fontSize: 13,
        filter: ({ level }: LevelPoint) => !above.has(level),
      }),
      text(placed, {
        x: "seconds",
        y: "bytes",
        text: ({ level }: LevelPoint) => String(level),
        dy: -13,
        fill: "var(--ink)",
        fontSize: 13,
        filter: ({ level }: LevelPoint) => above.has(level),
      }),
    ],
  });
}

/** Levels whose number stands above their point, since another point, or its number, is where it would be below. */
function labelledAbove(points: readonly LevelPoint[], width: number): ReadonlySet<number> {
  const times = points.map(({ seconds }) => Math.log(seconds));
  const span = Math.max(1, Math.max(...times) - Math.min(...times));
  const above = new Set<number>();
  for (const [i, { level, bytes }] of points.entries()) {
    const crowded = points.some(
      (other, j) =>
        j !== i &&
        !above.has(other.level) &&
        other.bytes <= bytes &&
        (width * Math.abs(times[i] - times[j])) / span < NEAR,
    );
    if (crowded) above.add(level);
  }
  return above;
}

/** `20 ms`, and whole seconds as everywhere. */
function shortDuration(seconds: number): string {
  return seconds < 0.95 ? `${Math.round(1000 * seconds)} ms` : formatDuration(seconds);
}

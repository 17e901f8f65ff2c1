import { element, escape, percent } from "./markup.ts";

/**
 * Pictures as SVG that is as wide as its place: across, all is in shares of the width, so that lines stretch and letters
 * do not; down, in pixels.
 */

/** A mark on an axis. */
export interface Tick {
  /** 0 … 1: from the left, or from the bottom. */
  readonly at: number;
  readonly label: string;
}

/** What is in a picture. */
export interface Chart {
  /** The picture in a sentence, for those who cannot see it. */
  readonly label: string;
  /** Of the drawing without its axis, in pixels. */
  readonly height: number;
  /** Markup in the coordinates of the drawing: percent across, pixels down. */
  readonly content: string;
  readonly xTicks?: readonly Tick[];
  readonly yTicks?: readonly Tick[];
  /** What is across. */
  readonly xTitle?: string;
}

const TICK_HEIGHT = 20;
const TITLE_HEIGHT = 18;
/** Room above the highest line, for its label. */
const LABEL_ROOM = 16;

/** The picture. */
export function chart({ label, height, content, xTicks = [], yTicks = [], xTitle }: Chart): string {
  const top = yTicks.length > 0 ? LABEL_ROOM : 0;
  const bottom = top + height;
  const total = bottom + (xTicks.length > 0 ? TICK_HEIGHT : 2) + (xTitle === undefined ? 0 : TITLE_HEIGHT);
  const heights = yTicks.map(({ at }) => top + (1 - at) * height);
  const grid = heights.map((y) => element("line", { class: "grid", x1: 0, x2: "100%", y1: y, y2: y }));
  const yMarks = yTicks.map(({ label: text }, i) =>
    element("text", { class: "tick", x: 2, y: heights[i] - 4 }, escape(text)),
  );
  const marks = xTicks.map(({ at, label: text }) =>
    element("text", { class: "tick", x: percent(at), y: bottom + 15, "text-anchor": anchor(at) }, escape(text)),
  );
  const title =
    xTitle === undefined
      ? ""
      : element("text", { class: "tick", x: "100%", y: total - 4, "text-anchor": "end" }, escape(xTitle));
  return element(
    "svg",
    { class: "chart", role: "img", "aria-label": label, width: "100%", height: total },
    [
      ...grid,
      element("svg", { y: top, width: "100%", height, overflow: "visible" }, content),
      ...yMarks,
      ...marks,
      title,
    ].join(""),
  );
}

/** Text at the ends stays within the picture. */
export function anchor(at: number): string {
  if (at < 0.02) return "start";
  return at > 0.98 ? "end" : "middle";
}

/** A path in a square of 1000 that is stretched over the whole drawing. */
export function stretchedPath(style: string, path: string, title?: string): string {
  const shape = element(
    "path",
    { class: style, d: path, "vector-effect": "non-scaling-stroke" },
    title === undefined ? undefined : element("title", {}, escape(title)),
  );
  return element("svg", { viewBox: "0 0 1000 1000", preserveAspectRatio: "none", overflow: "visible" }, shape);
}

/** Points of a line through values 0 … 1, each in the middle of its place, in a square of 1000. */
export function linePath(values: readonly number[]): string {
  return values
    .map(
      (value, i) => `${i === 0 ? "M" : "L"}${round((1000 * (i + 0.5)) / values.length)} ${round(1000 * (1 - value))}`,
    )
    .join("");
}

/** Steps over values 0 … 1, closed along the bottom. */
export function areaPath(values: readonly number[]): string {
  const steps = values.map((value, i) => {
    const y = round(1000 * (1 - value));
    return `${i === 0 ? `M0 1000V${y}` : `V${y}`}H${round((1000 * (i + 1)) / values.length)}`;
  });
  return `${steps.join("")}V1000Z`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/**
 * Values side by side as shades.
 *
 * @param values 0 … 1: the darkness
 * @param style class of the fill
 */
export function shades(values: readonly number[], style: string, y: number, height: number): string {
  const cells: string[] = [];
  for (let start = 0; start < values.length;) {
    const shade = shadeOf(values[start]);
    let end = start + 1;
    while (end < values.length && shadeOf(values[end]) === shade) end++;
    if (shade > 0) {
      cells.push(
        element("rect", {
          x: percent(start / values.length),
          width: percent((end - start) / values.length),
          y,
          height,
          "fill-opacity": shade,
        }),
      );
    }
    start = end;
  }
  return element("g", { class: style, "shape-rendering": "crispEdges" }, cells.join(""));
}

/** Ten shades, and nothing for 0. */
function shadeOf(value: number): number {
  return value > 0 ? Math.max(0.15, Math.ceil(10 * Math.min(1, value)) / 10) : 0;
}

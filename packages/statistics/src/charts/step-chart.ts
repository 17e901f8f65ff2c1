/** Pictures of what rises in steps: the accuracy of a search (thesis, Figure 11). */

import { gridLine, label, picture, polyline } from "./svg.ts";

/** Values from some step on, up to the next. */
export interface StepLine {
  readonly name: string;
  readonly points: readonly { readonly step: number; readonly value: number }[];
  /** The last step. */
  readonly end: number;
}

const WIDTH = 760;
const HEIGHT = 440;
const LEFT = 64;
const RIGHT = WIDTH - 24;
const TOP = 64;
const BOTTOM = HEIGHT - 56;
const STYLES = ["first", "second", "third"];

/**
 * Up to three lines in one picture.
 *
 * @param format writes a value
 */
export function stepChart(
  title: string,
  note: string,
  xLabel: string,
  lines: readonly StepLine[],
  format: (value: number) => string,
): string {
  const values = lines.flatMap(({ points }) => points.map(({ value }) => value));
  const least = Math.min(...values);
  const most = Math.max(...values);
  const end = Math.max(1, ...lines.map((line) => line.end));
  const x = (step: number): number => LEFT + (step / end) * (RIGHT - LEFT);
  const y = (value: number): number => BOTTOM - ((value - least) / (most - least || 1)) * (BOTTOM - TOP - 8);
  const rows = [0, 0.25, 0.5, 0.75, 1].map((share) => least + share * (most - least));
  const columns = [0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * end));
  const description = lines.map(
    ({ name, points }) => `${name}: ${points.map(({ value }) => format(value)).join(", ")}.`,
  );
  return picture(WIDTH, HEIGHT, `${title}. ${description.join(" ")}`, [
    label(LEFT, 26, "title", title),
    label(LEFT, 45, "note", note),
    ...rows.map((value) => gridLine(LEFT, y(value), RIGHT, y(value))),
    ...rows.map((value) => label(LEFT - 8, y(value) + 4, "tick", format(value), "end")),
    ...columns.map((step) => label(x(step), BOTTOM + 20, "tick", `${step}`, "middle")),
    label(RIGHT, BOTTOM + 42, "note", xLabel, "end"),
    ...lines.map((line, i) => polyline(STYLES[i], stairs(line, x, y))),
    ...lines.map(({ name }, i) => label(RIGHT, BOTTOM - 12 - 18 * (lines.length - 1 - i), STYLES[i], name, "end")),
  ]);
}

function stairs(
  { points, end }: StepLine,
  x: (step: number) => number,
  y: (value: number) => number,
): [number, number][] {
  return points.flatMap(({ step, value }, i): [number, number][] => {
    const next = i + 1 < points.length ? points[i + 1].step : end;
    return [
      [x(step), y(value)],
      [x(next), y(value)],
    ];
  });
}

/** Three lines over the length of the file, which is logarithmic. */
import { linearScale, linearTicks, logarithmicScale, logarithmicTicks } from "../../report/scale.ts";
import { MARGIN, drawing, legend, line, polyline, text, type Series } from "../drawing.ts";
import { BREAK_EVEN } from "../paper.ts";
import type { Figure5Results, Point } from "./results.ts";

const WIDTH = 760;
const HEIGHT = 420;
const LEFT = 64;
const TOP = 70;
const BOTTOM = HEIGHT - 56;

const LINES: readonly (readonly [Series, string, (point: Point) => number])[] = [
  ["third", "the file itself", ({ file }) => file],
  ["second", "ranks", ({ ranks }) => ranks],
  ["first", "direct", ({ direct }) => direct],
];

export function toPicture({ file, method, points }: Figure5Results): string {
  const right = WIDTH - MARGIN;
  const x = logarithmicScale(
    points.map(({ characters }) => characters),
    LEFT,
    right,
  );
  const y = linearScale(
    points.flatMap((point) => LINES.map(([, , bits]) => bits(point))),
    BOTTOM,
    TOP,
  );
  const end = points.at(-1);
  const last = end === undefined ? [] : LINES.map(([, name, bits]) => `${name} ${bits(end).toFixed(2)}`);
  const paper = x.at(BREAK_EVEN);
  return drawing({
    width: WIDTH,
    height: HEIGHT,
    title: `Bits per character along ${file}, ${method}`,
    note: "from the start of the file up to a place",
    label: `Bits per character fall as the file goes on; at its end: ${last.join(", ")}.`,
    parts: [
      ...legend(
        right,
        28,
        LINES.map(([style, name]) => [style, name]),
      ),
      ...logarithmicTicks(x).flatMap(({ value, position }) => [
        line(position, TOP, position, BOTTOM),
        text(position, BOTTOM + 18, "tick", value.toLocaleString("en-US"), "middle"),
      ]),
      ...linearTicks(y).flatMap(({ value, position }) => [
        line(LEFT, position, right, position),
        text(LEFT - 8, position + 4, "tick", String(value), "end"),
      ]),
      ...(paper > LEFT && paper < right
        ? [line(paper, TOP, paper, BOTTOM, "paper"), text(paper + 6, TOP + 14, "note", "the paper's ranks break even")]
        : []),
      ...LINES.map(([style, , bits]) =>
        polyline(
          points.map((point) => [x.at(point.characters), y.at(bits(point))]),
          style,
        ),
      ),
      text(right, BOTTOM + 42, "note", "characters", "end"),
    ],
  });
}

/** Ratios by size, both logarithmic: what is claimed, and what can be undone. A self-contained SVG for light and dark. */
import { DATA_KINDS, TABLE_4_2, type DataKind } from "@pith/analyzer";
import { logarithmicScale, logarithmicTicks, type Scale } from "../report/scale.ts";
import { line, picture, polyline, text } from "../report/svg.ts";
import type { TableEntry } from "./table.ts";

const WIDTH = 760;
const HEIGHT = 460;
const LEFT = 96;
const RIGHT = WIDTH - 150;
const TOP = 60;
const BOTTOM = HEIGHT - 50;

const STYLE = `
    polyline { fill: none; stroke-width: 2; }
    .claim { stroke: #cf222e; }
    .formula { stroke: #cf222e; stroke-width: 1; stroke-dasharray: 5 4; }
    .pith { stroke: #0969da; }
    .claim-name { fill: #cf222e; }
    .pith-name { fill: #0969da; }`;
const DARK_STYLE = `
      .claim, .formula { stroke: #ff7b72; }
      .pith { stroke: #58a6ff; }
      .claim-name { fill: #ff7b72; }
      .pith-name { fill: #58a6ff; }`;

interface Line {
  readonly name: string;
  readonly style: "claim" | "formula" | "pith";
  readonly points: readonly { readonly size: number; readonly ratio: number }[];
}

/** @param entries of at least one row */
export function toPicture(entries: readonly TableEntry[]): string {
  const sizes = [...new Set(entries.map(({ row }) => row.size))];
  const of = (kind: DataKind, ratio: (entry: TableEntry) => number): Line["points"] =>
    entries.filter((entry) => entry.kind === kind).map((entry) => ({ size: entry.row.size, ratio: ratio(entry) }));
  const lines: Line[] = [
    { name: "the paper", style: "claim", points: TABLE_4_2.filter(({ size }) => sizes.includes(size)) },
    ...DATA_KINDS.map((kind) => ({
      name: `formula, ${kind}`,
      style: "formula" as const,
      points: of(kind, ({ claimedRatio }) => claimedRatio),
    })),
    ...DATA_KINDS.map((kind) => ({
      name: `Pith, ${kind}`,
      style: "pith" as const,
      points: of(kind, ({ pith }) => pith.ratio),
    })),
  ];
  const x = logarithmicScale(sizes, LEFT, RIGHT);
  const y = logarithmicScale(
    lines.flatMap(({ points }) => points.map(({ ratio }) => ratio)),
    BOTTOM,
    TOP,
  );
  return picture({
    width: WIDTH,
    height: HEIGHT,
    label: "Compression ratios by size: claimed by the paper, and reached by Pith",
    style: STYLE,
    darkStyle: DARK_STYLE,
    parts: [
      text(LEFT, 26, "title", "Compression ratio by size: claimed, and reached"),
      text(LEFT, 45, "tick", "red: the paper's Table 4.2 and its formula, which cannot be undone; blue: Pith"),
      ...sizes.map((size) => {
        const { name } = TABLE_4_2.find((row) => row.size === size) ?? { name: "" };
        return line(x.at(size), TOP, x.at(size), BOTTOM) + text(x.at(size), BOTTOM + 20, "tick", name, "middle");
      }),
      ...logarithmicTicks(y).map(
        ({ value, position }) =>
          line(LEFT, position, RIGHT, position) +
          text(LEFT - 8, position + 4, "tick", value.toLocaleString("en-US"), "end"),
      ),
      ...lines.map(({ style, points }) =>
        polyline(
          points.map(({ size, ratio }) => [x.at(size), y.at(ratio)]),
          style,
        ),
      ),
      ...names(lines, y),
    ],
  });
}

/** Names at the ends of the lines, from above, each at least a line below the one before. */
function names(lines: readonly Line[], y: Scale): string[] {
  let free = TOP - 10;
  return lines
    .map(({ name, style, points }) => ({ name, style, at: y.at(points[points.length - 1].ratio) }))
    .sort((a, b) => a.at - b.at)
    .map(({ name, style, at }) => {
      free = Math.max(at + 4, free + 15);
      return text(RIGHT + 8, free, style === "pith" ? "pith-name" : "claim-name", name);
    });
}

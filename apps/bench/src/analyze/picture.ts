/** Ratios by size, both logarithmic: what is claimed, and what can be undone. A self-contained SVG for light and dark. */
import { DATA_KINDS, TABLE_4_2, type DataKind } from "@pith/analyzer";
import { logarithmicScale, logarithmicTicks, type Scale } from "../report/scale.ts";
import type { TableEntry } from "./table.ts";

const WIDTH = 760;
const HEIGHT = 460;
const LEFT = 96;
const RIGHT = WIDTH - 150;
const TOP = 60;
const BOTTOM = HEIGHT - 50;

const STYLE = `
    svg { color-scheme: light dark; }
    .page { fill: #ffffff; }
    text { font: 13px system-ui, "DejaVu Sans", sans-serif; fill: #24292f; }
    .title { font-size: 16px; font-weight: 600; }
    .tick { fill: #57606a; }
    .grid { stroke: #d8dee4; }
    polyline { fill: none; stroke-width: 2; }
    .claim { stroke: #cf222e; }
    .formula { stroke: #cf222e; stroke-width: 1; stroke-dasharray: 5 4; }
    .pith { stroke: #0969da; }
    .claim-name { fill: #cf222e; }
    .pith-name { fill: #0969da; }
    @media (prefers-color-scheme: dark) {
      .page { fill: #0d1117; }
      text { fill: #e6edf3; }
      .tick { fill: #9198a1; }
      .grid { stroke: #30363d; }
      .claim, .formula { stroke: #ff7b72; }
      .pith { stroke: #58a6ff; }
      .claim-name { fill: #ff7b72; }
      .pith-name { fill: #58a6ff; }
    }`;

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
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Compression ratios by size: claimed by the paper, and reached by Pith">`,
    `  <style>${STYLE}\n  </style>`,
    `  <rect class="page" width="${WIDTH}" height="${HEIGHT}" rx="8"/>`,
    `  ${text(LEFT, 26, "title", "Compression ratio by size: claimed, and reached")}`,
    `  ${text(LEFT, 45, "tick", "red: the paper's Table 4.2 and its formula, which cannot be undone; blue: Pith")}`,
    ...sizes.map((size) => {
      const { name } = TABLE_4_2.find((row) => row.size === size) ?? { name: "" };
      return `  ${rule(x.at(size), TOP, x.at(size), BOTTOM)}${text(x.at(size), BOTTOM + 20, "tick", name, "middle")}`;
    }),
    ...logarithmicTicks(y).map(
      ({ value, position }) =>
        `  ${rule(LEFT, position, RIGHT, position)}${text(LEFT - 8, position + 4, "tick", value.toLocaleString("en-US"), "end")}`,
    ),
    ...lines.map(({ style, points }) => `  <polyline class="${style}" points="${path(points, x, y)}"/>`),
    ...names(lines, y),
    "</svg>\n",
  ].join("\n");
}

function path(points: Line["points"], x: Scale, y: Scale): string {
  return points.map(({ size, ratio }) => `${round(x.at(size))},${round(y.at(ratio))}`).join(" ");
}

/** Names at the ends of the lines, from above, each at least a line below the one before. */
function names(lines: readonly Line[], y: Scale): string[] {
  let free = TOP - 10;
  return lines
    .map(({ name, style, points }) => ({ name, style, at: y.at(points[points.length - 1].ratio) }))
    .sort((a, b) => a.at - b.at)
    .map(({ name, style, at }) => {
      free = Math.max(at + 4, free + 15);
      return `  ${text(RIGHT + 8, free, style === "pith" ? "pith-name" : "claim-name", name)}`;
    });
}

const round = (value: number): string => String(Math.round(value * 10) / 10);

function rule(x1: number, y1: number, x2: number, y2: number): string {
  return `<line class="grid" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`;
}

function text(x: number, y: number, style: string, content: string, anchor = "start"): string {
  return `<text class="${style}" x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${content}</text>`;
}

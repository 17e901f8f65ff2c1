/**
 * The results as a picture: size against speed of compression, one point a contestant, as a self-contained SVG that
 * is legible on a light and on a dark page.
 */
import type { FileKind } from "../measure/kind.ts";
import { figure } from "./format.ts";
import { type Box, boxesAlong, placeLabels } from "./labels.ts";
import type { Results } from "./results.ts";
import { linearScale, linearTicks, logarithmicScale, logarithmicTicks } from "./scale.ts";
import { type Summary, summariseFiles } from "./summary.ts";
import { dot, FONT_SIZE, line, picture, polyline, text } from "./svg.ts";

const WIDTH = 760;
const HEIGHT = 440;
const PLOT: Box = { x: 64, y: 56, width: WIDTH - 64 - 20, height: HEIGHT - 56 - 56 };
const RADIUS = 5;

const TITLES: Record<FileKind, string> = { text: "Text", dna: "DNA", binary: "Executables and other binaries" };

const STYLE = `
    .peer { fill: #6e7781; }
    .pith { fill: #0969da; }
    .levels { fill: none; stroke: #0969da; stroke-width: 2; }
    .name-pith { fill: #0969da; font-weight: 600; }`;
const DARK_STYLE = `
      .peer { fill: #9198a1; }
      .pith, .name-pith { fill: #58a6ff; }
      .levels { stroke: #58a6ff; }`;

/**
 * Picture of all files of one kind.
 *
 * @returns undefined if there is nothing of that kind to show
 */
export function toPicture(results: Results, kind: FileKind): string | undefined {
  const files = results.files.filter((file) => file.kind === kind).map(({ name }) => name);
  // The library's own time is no whole process and would stand beside the same point.
  const summaries =
    files.length === 0 ? [] : summariseFiles(results, files).filter(({ id }) => !id.endsWith("-library"));
  if (summaries.length === 0) return undefined;

  const x = logarithmicScale(
    summaries.map(({ compress }) => compress.speed),
    PLOT.x,
    PLOT.x + PLOT.width,
  );
  const y = linearScale(
    summaries.map(({ bitsPerCharacter }) => bitsPerCharacter),
    PLOT.y + PLOT.height,
    PLOT.y,
  );
  const points = summaries.map((summary) => ({
    summary,
    isPith: summary.id.startsWith("pith-"),
    x: x.at(summary.compress.speed),
    y: y.at(summary.bitsPerCharacter),
  }));
  const levels = points.filter(({ isPith }) => isPith);
  const named = points.map((point) => ({ ...point, text: point.summary.name }));
  const labels = placeLabels(named, PLOT, RADIUS, FONT_SIZE, boxesAlong(levels));

  const bottom = PLOT.y + PLOT.height;
  const right = PLOT.x + PLOT.width;
  const grid = [
    ...logarithmicTicks(x).map(({ value, position }) =>
      [
        line(position, PLOT.y, position, bottom),
        text(position, bottom + 20, "tick", figure(value).replace(/\.?0+$/, ""), "middle"),
      ].join(""),
    ),
    ...linearTicks(y).map(({ value, position }) =>
      [line(PLOT.x, position, right, position), text(PLOT.x - 8, position + 4, "tick", String(value), "end")].join(""),
    ),
  ];
  const path = levels.map((point) => [point.x, point.y] as const);
  return picture({
    width: WIDTH,
    height: HEIGHT,
    label: describe(kind, summaries),
    style: STYLE,
    darkStyle: DARK_STYLE,
    parts: [
      text(PLOT.x, 24, "title", TITLES[kind]),
      text(PLOT.x, 43, "note", `${files.join(", ")}: bits per character; lower is smaller`),
      ...grid,
      text(right, bottom + 42, "note", "compression, MB/s on one core; further right is faster", "end"),
      ...(levels.length > 1 ? [polyline(path, "levels")] : []),
      ...points.map((point) => dot(point.x, point.y, RADIUS, point.isPith ? "pith" : "peer", tipOf(point.summary))),
      ...labels.map((label, i) =>
        text(label.x, label.y, points[i].isPith ? "name-pith" : "name", label.text, label.anchor),
      ),
    ],
  });
}

function describe(kind: FileKind, summaries: readonly Summary[]): string {
  const list = summaries.map((s) => `${s.name} ${figure(s.bitsPerCharacter)} at ${figure(s.compress.speed)} MB/s`);
  return `${TITLES[kind]}: bits per character and speed of compression. ${list.join("; ")}.`;
}

function tipOf({ name, bitsPerCharacter, compress }: Summary): string {
  return `${name}: ${bitsPerCharacter.toFixed(3)} bits/char, ${figure(compress.speed)} MB/s`;
}

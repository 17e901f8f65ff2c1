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

const WIDTH = 760;
const HEIGHT = 440;
const PLOT: Box = { x: 64, y: 56, width: WIDTH - 64 - 20, height: HEIGHT - 56 - 56 };
const RADIUS = 5;
const FONT_SIZE = 13;

const TITLES: Record<FileKind, string> = { text: "Text", dna: "DNA", binary: "Executables and other binaries" };

const STYLE = `
    svg { color-scheme: light dark; }
    .page { fill: #ffffff; }
    text { font: ${FONT_SIZE}px system-ui, "DejaVu Sans", sans-serif; fill: #24292f; }
    .title { font-size: 16px; font-weight: 600; }
    .note, .tick { fill: #57606a; }
    .grid { stroke: #d8dee4; stroke-width: 1; }
    .peer { fill: #6e7781; }
    .pith { fill: #0969da; }
    .levels { fill: none; stroke: #0969da; stroke-width: 2; }
    .name-pith { fill: #0969da; font-weight: 600; }
    @media (prefers-color-scheme: dark) {
      .page { fill: #0d1117; }
      text { fill: #e6edf3; }
      .note, .tick { fill: #9198a1; }
      .grid { stroke: #30363d; }
      .peer { fill: #9198a1; }
      .pith, .name-pith { fill: #58a6ff; }
      .levels { stroke: #58a6ff; }
    }`;

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
  const path = levels.map((point) => `${round(point.x)},${round(point.y)}`).join(" ");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escape(describe(kind, summaries))}">`,
    `  <style>${STYLE}\n  </style>`,
    `  <rect class="page" width="${WIDTH}" height="${HEIGHT}" rx="8"/>`,
    `  ${text(PLOT.x, 24, "title", TITLES[kind])}`,
    `  ${text(PLOT.x, 43, "note", `${files.join(", ")}: bits per character; lower is smaller`)}`,
    ...grid.map((markup) => `  ${markup}`),
    `  ${text(right, bottom + 42, "note", "compression, MB/s on one core; further right is faster", "end")}`,
    ...(levels.length > 1 ? [`  <polyline class="levels" points="${path}"/>`] : []),
    ...points.map((point) => `  ${dot(point)}`),
    ...labels.map(
      (label, i) => `  ${text(label.x, label.y, points[i].isPith ? "name-pith" : "name", label.text, label.anchor)}`,
    ),
    "</svg>\n",
  ].join("\n");
}

function describe(kind: FileKind, summaries: readonly Summary[]): string {
  const list = summaries.map((s) => `${s.name} ${figure(s.bitsPerCharacter)} at ${figure(s.compress.speed)} MB/s`);
  return `${TITLES[kind]}: bits per character and speed of compression. ${list.join("; ")}.`;
}

const round = (value: number): string => String(Math.round(value * 10) / 10);

function line(x1: number, y1: number, x2: number, y2: number): string {
  return `<line class="grid" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`;
}

function text(x: number, y: number, style: string, content: string, anchor = "start"): string {
  return `<text class="${style}" x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escape(content)}</text>`;
}

function dot(point: { x: number; y: number; isPith: boolean; summary: Summary }): string {
  const { summary } = point;
  const tip = `${summary.name}: ${summary.bitsPerCharacter.toFixed(3)} bits/char, ${figure(summary.compress.speed)} MB/s`;
  const style = point.isPith ? "pith" : "peer";
  return `<circle class="${style}" cx="${round(point.x)}" cy="${round(point.y)}" r="${RADIUS}"><title>${escape(tip)}</title></circle>`;
}

function escape(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

import { LEVEL_NAMES, type Analysis } from "../../analysis.ts";
import { formatBytes, formatCount } from "../numbers.ts";
import { shorten } from "../resample.ts";
import { bar, sparkline } from "./bars.ts";
import { wrap } from "./lines.ts";

/** A line a level: how much of each stretch of the file occurred before. */
export function mapLines({ map, size }: Analysis, width: number): string[] {
  const room = width - LABEL;
  if (map.coarse.length === 0) return ["nothing: the file has no whole block"];
  const lines = LEVEL_NAMES.map((name) => name.padEnd(LABEL) + sparkline(shorten(map[name], room), 1));
  return [...lines.map((line) => line.trimEnd()), scale(size, LABEL, Math.min(room, map.coarse.length))];
}

const LABEL = 8;

/** Where the file begins and ends, under a line of columns. */
export function scale(size: number, indent: number, room: number): string {
  const end = formatBytes(size);
  return `${" ".repeat(indent)}0${end.padStart(Math.max(end.length + 1, room - 1))}`;
}

/** Stretches of blocks that occurred before, by length. */
export function runLines({ runs, parameters }: Analysis, width: number): string[] {
  if (runs === null) return ["Repeat lengths are not known: blocks were sampled."];
  if (runs.longest === null) return ["No block occurs twice."];
  const most = Math.max(...runs.lengths.map(({ runs: count }) => count));
  const labels = runs.lengths.map(({ from, to }) => formatBytes(from * parameters.blockSize) + (to > from ? " …" : ""));
  const labelWidth = Math.max(...labels.map(({ length }) => length));
  const figures = runs.lengths.map(({ runs: count }) => formatCount(count));
  const figureWidth = Math.max(...figures.map(({ length }) => length));
  return [
    "",
    "Repeats by length:",
    ...runs.lengths.map(({ runs: count }, i) =>
      [
        labels[i].padStart(labelWidth),
        figures[i].padStart(figureWidth),
        bar(count / most, width - labelWidth - figureWidth - 4),
      ]
        .join("  ")
        .trimEnd(),
    ),
    ...wrap(`The longest: ${formatBytes(runs.longest.size)} from byte ${formatCount(runs.longest.offset)} on.`, width),
  ];
}

import { SERIES_NAMES, type Analysis, type Estimate, type PatternNode } from "../../analysis.ts";
import { formatCorrelation, formatCount, formatFigure, formatTimes } from "../numbers.ts";
import { table, wrap, type Column } from "./lines.ts";

/** A row a level. */
export function levelLines({ levels, remainder }: Analysis, width: number): string[] {
  const columns = [
    { title: "level", align: "left" },
    { title: "bytes", align: "right", expendable: true },
    { title: "pieces", align: "right" },
    { title: "distinct", align: "right" },
    { title: "repeating", align: "right" },
    { title: "density", align: "right", expendable: true },
  ] as const;
  const rows = levels.map(({ name, patternSize, total, distinct, repeating, density }) => [
    name,
    formatCount(patternSize),
    formatCount(total),
    formatEstimate(distinct),
    formatEstimate(repeating),
    formatFigure(density),
  ]);
  const notes: string[] = [];
  if (remainder > 0) notes.push(`The last ${formatCount(remainder)} bytes fill no block and belong to no pattern.`);
  for (const { name, sampling, collisionProbability } of levels) {
    if (sampling.rate < 1) {
      notes.push(`On the level ${name}, one pattern in ${formatCount(1 / sampling.rate)} was counted.`);
    }
    if (collisionProbability > 1e-6) {
      notes.push(`Two ${name} patterns share a signature with a chance of ${formatFigure(collisionProbability)}.`);
    }
  }
  const tops = levels.flatMap(({ name, top }) =>
    top.slice(0, 1).map(({ signature, count, offset }) => {
      return `Most frequent ${name} pattern: ${signature}, ${formatTimes(count)}, first at byte ${formatCount(offset)}.`;
    }),
  );
  return [...table(columns, rows, width), ...[...tops, ...notes].flatMap((line) => wrap(line, width))];
}

/** A number, with its standard deviation where it is an estimate. */
function formatEstimate({ value, exact, standardError }: Estimate): string {
  return exact ? formatCount(value) : `${formatCount(value)} ± ${formatFigure(standardError)}`;
}

const SHOWN_ROOTS = 2;
const SHOWN_CHILDREN = 2;

/** The pattern trees, foremost first; of each node so many children as one can take in. */
export function treeLines({ tree }: Analysis, width: number, full: boolean): string[] {
  if (tree.length === 0) return [];
  const roots = full ? tree : tree.slice(0, SHOWN_ROOTS);
  const lines = ["", "Coarse, fine and micro patterns, one inside the other:"];
  for (const root of roots) lines.push(...nodeLines(root, "", "", full ? Infinity : SHOWN_CHILDREN));
  if (roots.length < tree.length) lines.push(`… and ${formatCount(tree.length - roots.length)} more trees`);
  return lines.map((line) => (line.length > width ? `${line.slice(0, width - 1)}…` : line));
}

/** @param where of a node that is beside its parent: `around: ` */
function nodeLines(node: PatternNode, head: string, indent: string, most: number, where = ""): string[] {
  const { level, signature, count, offset, size, multiplicity, correlation } = node;
  const facts = [
    `${where}${level} ${signature.slice(0, 8)}`,
    `${formatCount(size)} B at ${formatCount(offset)}`,
    `× ${formatCount(count)}`,
    ...(multiplicity > 1 ? [`${formatCount(multiplicity)} here`] : []),
    ...(correlation === null ? [] : [`r ${formatCorrelation(correlation)}`]),
  ];
  const below = [...node.children, ...node.around];
  const shown = [...below].sort((a, b) => b.count - a.count).slice(0, most);
  const rest = below.length - shown.length;
  const lines = [head + facts.join(", ")];
  for (const [i, child] of shown.entries()) {
    const last = i === shown.length - 1 && rest === 0;
    const place = node.around.includes(child) ? "around: " : "";
    lines.push(...nodeLines(child, `${indent}${last ? "└ " : "├ "}`, `${indent}${last ? "  " : "│ "}`, most, place));
  }
  if (rest > 0) lines.push(`${indent}└ ${formatCount(rest)} more`);
  return lines;
}

/** Characters a line below which titles are cut. */
const NARROW = 48;

/** Correlations of the series, and the paper's factors. */
export function metaLines({ meta, statistics }: Analysis, width: number): string[] {
  const columns: Column[] = [
    { title: "", align: "left" },
    ...SERIES_NAMES.map((title): Column => ({ title: width < NARROW ? title.slice(0, 6) : title, align: "right" })),
  ];
  const rows = SERIES_NAMES.map((name, i) => [
    name,
    ...meta.crossCorrelation[i].map((value) => (value === null ? "–" : formatCorrelation(value))),
  ]);
  const { asPaper, normalised } = statistics.selfReference;
  const found = meta.metaPatterns.map(
    ({ first, second, correlation }) => `${first} with ${second} (${formatCorrelation(correlation)})`,
  );
  return [
    ...table(columns, rows, width),
    ...wrap(`Meta-patterns: ${found.length === 0 ? "none" : found.join(", ")}`, width),
    ...wrap(
      `Self-reference score as the paper writes it: ${formatFigure(asPaper)}; with entropy as a share of 8 bits: ` +
        formatFigure(normalised),
      width,
    ),
    ...wrap(
      `Recursive amplification: ${formatFigure(meta.recursiveAmplification)} = meta efficiency ` +
        `${formatFigure(meta.metaEfficiency)} × breakthrough factor ${formatFigure(meta.breakthroughFactor)}`,
      width,
    ),
  ];
}

import { SERIES_NAMES, type Analysis, type Estimate } from "../../analysis.ts";
import {
  formatBytes,
  formatCorrelation,
  formatCount,
  formatFigure,
  formatShare,
  formatShortBytes,
} from "../numbers.ts";
import { chart } from "./chart.ts";
import { behind, element, escape, htmlTable, paragraph, percent, section } from "./markup.ts";

/** Levels 1 to 3: how many patterns there are. */
export function levelsSection({ levels, remainder }: Analysis): string {
  const notes: string[] = [];
  if (remainder > 0) notes.push(`The last ${formatCount(remainder)} bytes fill no block and belong to no pattern.`);
  for (const { name, sampling } of levels) {
    if (sampling.rate < 1) {
      notes.push(
        `On the level ${name}, one pattern in ${formatCount(1 / sampling.rate)} was counted, each wherever it occurs; ` +
          "numbers of patterns are estimates, with one standard deviation beside them.",
      );
    }
  }
  return section("levels", "Patterns on three levels", [
    htmlTable(
      "Levels 1 to 3",
      [
        { title: "level", align: "left" },
        { title: "bytes", align: "right" },
        { title: "pieces", align: "right" },
        { title: "distinct", align: "right" },
        { title: "that repeat", align: "right" },
        { title: "density", align: "right" },
      ],
      levels.map(({ name, patternSize, total, distinct, repeating, density }) => [
        name,
        formatCount(patternSize),
        formatCount(total),
        estimate(distinct),
        estimate(repeating),
        formatFigure(density),
      ]),
    ),
    ...notes.map(paragraph),
    `<details><summary>How often patterns occur</summary>${countTable(levels)}${topTable(levels)}</details>`,
  ]);
}

function estimate({ value, exact, standardError }: Estimate): string {
  return formatCount(value) + (exact ? "" : ` <small>± ${formatFigure(standardError)}</small>`);
}

function countTable(levels: Analysis["levels"]): string {
  const longest = levels.reduce((most, { counts }) => (counts.length > most.length ? counts : most), levels[0].counts);
  return htmlTable(
    "Patterns by how often they occur",
    [{ title: "times", align: "left" }, ...levels.map(({ name }) => ({ title: name, align: "right" }) as const)],
    longest.map(({ from, to }, i) => [
      classOf(from, to),
      ...levels.map(({ counts }) => formatCount(i < counts.length ? counts[i].patterns : 0)),
    ]),
  );
}

function topTable(levels: Analysis["levels"]): string {
  return htmlTable(
    "The most frequent patterns",
    [
      { title: "pattern", align: "left" },
      { title: "level", align: "left" },
      { title: "times", align: "right" },
      { title: "first at byte", align: "right" },
    ],
    levels.flatMap(({ name, top }) =>
      top
        .slice(0, 8)
        .map(({ signature, count, offset }) => [
          `<code>${escape(signature)}</code>`,
          name,
          formatCount(count),
          formatCount(offset),
        ]),
    ),
  );
}

function classOf(from: number, to: number): string {
  return from === to ? formatCount(from) : `${formatCount(from)} – ${formatCount(to)}`;
}

const RUNS_HEIGHT = 120;
/** Columns beyond which only every other one is labelled. */
const LABELLED = 5;
/** Columns up to which each has its number. */
const NUMBERED = 8;

/** Repeat lengths. */
export function runsSection({ runs, parameters }: Analysis): string {
  const title = "Repeat lengths";
  if (runs === null) return section("runs", title, [paragraph("They are not known: blocks were sampled.")]);
  if (runs.longest === null) return section("runs", title, [paragraph("No block occurs twice.")]);
  const { lengths, longest } = runs;
  const most = Math.max(...lengths.map(({ runs: count }) => count));
  const step = Math.ceil(lengths.length / LABELLED);
  // The last one, which is never empty, among them.
  const isLabelled = (i: number): boolean => (lengths.length - 1 - i) % step === 0;
  const columns = lengths.map(({ runs: count }, i) => {
    const height = count === 0 ? 0 : Math.max(1, (RUNS_HEIGHT - 18) * (count / most));
    const middle = percent((i + 0.5) / lengths.length);
    return (
      element("rect", {
        class: "fill-coarse",
        x: percent((i + 0.1) / lengths.length),
        width: percent(0.8 / lengths.length),
        y: RUNS_HEIGHT - height,
        height,
        rx: 2,
      }) +
      (count > 0 && (isLabelled(i) || lengths.length <= NUMBERED)
        ? element(
            "text",
            { class: "value", x: middle, y: RUNS_HEIGHT - height - 5, "text-anchor": "middle" },
            formatCount(count),
          )
        : "")
    );
  });
  const picture = chart({
    label:
      "How many stretches of blocks repeat, by their length: " +
      lengths
        .map(({ from, runs: count }) => `${formatCount(count)} from ${formatBytes(from * parameters.blockSize)} on`)
        .join(", "),
    height: RUNS_HEIGHT,
    content: columns.join(""),
    xTicks: lengths.flatMap(({ from }, i) =>
      isLabelled(i) ? [{ at: (i + 0.5) / lengths.length, label: formatShortBytes(from * parameters.blockSize) }] : [],
    ),
    xTitle: "length, from … to twice as long",
  });
  return section("runs", title, [
    paragraph(
      `Stretches of blocks each of which occurred before. The longest has ${formatBytes(longest.size)}, from byte ` +
        `${formatCount(longest.offset)} on.`,
    ),
    picture,
    behind(
      htmlTable(
        "Repeats by length",
        [
          { title: "blocks", align: "left" },
          { title: "stretches", align: "right" },
          { title: "blocks in them", align: "right" },
        ],
        lengths.map(({ from, to, runs: count, blocks }) => [
          classOf(from, to),
          formatCount(count),
          formatCount(blocks),
        ]),
      ),
    ),
  ]);
}

/** Level 5: the series against each other. */
export function metaSection({ meta, statistics }: Analysis): string {
  const cells = SERIES_NAMES.map((name, i) => [
    name,
    ...meta.crossCorrelation[i].map((value) => (value === null ? "–" : correlationCell(value))),
  ]);
  const found = meta.metaPatterns.map(
    ({ first, second, correlation }) => `${first} with ${second} (${formatCorrelation(correlation)})`,
  );
  return section("meta", "Levels against each other", [
    htmlTable(
      "Correlation along the file",
      [{ title: "", align: "left" }, ...SERIES_NAMES.map((title) => ({ title, align: "right" }) as const)],
      cells,
    ),
    paragraph(
      `Meta-patterns, the pairs that correlate at ±0.5 or beyond: ${found.length === 0 ? "none" : found.join(", ")}.`,
    ),
    paragraph(
      `Meta efficiency ${formatFigure(meta.metaEfficiency)}; self-reference score as the paper writes it ` +
        `${formatFigure(statistics.selfReference.asPaper)}, with entropy as a share of 8 bits ` +
        `${formatFigure(statistics.selfReference.normalised)}; pattern density ${formatShare(statistics.patternDensity)}.`,
    ),
  ]);
}

function correlationCell(value: number): string {
  return (
    element(
      "svg",
      { class: "swatch", width: 12, height: 12, "aria-hidden": "true" },
      element("rect", {
        class: value < 0 ? "negative" : "positive",
        width: 12,
        height: 12,
        rx: 2,
        "fill-opacity": Math.abs(value),
      }),
    ) + formatCorrelation(value)
  );
}

/** The results as a Markdown page. */
import { flagOfLevel } from "../contestants/pith.ts";
import { figure, mebibytes, thousands } from "../report/format.ts";
import { repeating } from "../report/repeat.ts";
import { table } from "../report/table.ts";
import { COMPARISON, PROCESSING } from "./paper.ts";
import type { PatternResults } from "./results.ts";
import type { SpeedRow } from "./speed.ts";

/** Ratios from 6.48 to millions. */
const ratio = (value: number): string => (value >= 1000 ? thousands(Math.round(value)) : figure(value));

/** @param picture name of the picture's file, beside the page; undefined if there is none */
export function toPage({ speed, table: reproduced }: PatternResults, picture: string | undefined): string {
  const sections = ["# Patterns: what is claimed, what can be achieved, and at what speed"];
  if (reproduced !== undefined) {
    const { date, entries } = reproduced;
    const level = entries.at(0)?.pith.level ?? 0;
    const isPrefix = entries.some(({ row, pith }) => pith.size < row.size);
    sections.push(
      "## Table 4.2, row by row",
      repeating(`analyze --only table --largest ${Math.max(...entries.map(({ row }) => row.size))} --level ${level}`),
      `${date.slice(0, 10)}. The paper on Recursive Self-Reference Compression reports the ratios of the third column. Its formula, original size / compressed size · amplification, with its free factor fitted to that table, gives those of the fourth on generated data. What it keeps (the signatures and counts of all patterns that recur, on all three levels, the links between them, and statistics) is smaller than the data by the fifth. None of these can be undone: nothing can be restored from signatures, and the amplification has no bytes behind it. Random data has the best of these "ratios", since nothing in it recurs and so nothing is kept.`,
      "Pith's column is of files that were made and gave the data back. The two before it are sizes that were computed, not files: repeats replaced by references on all three levels, and an adaptive coder of the best order from 0 to 3. A program that writes and reads them could be made.",
      table(
        [
          "size",
          "data",
          "paper",
          "its formula",
          "what is kept",
          "repeats removed",
          "order 0–3",
          `pith ${flagOfLevel(level)}`,
        ],
        entries.map(({ row, kind, claimedRatio, representationRatio, achieved, pith }) => [
          row.name,
          kind,
          ratio(row.ratio),
          ratio(claimedRatio),
          ratio(representationRatio),
          ratio(achieved.repeats),
          `${ratio(achieved.entropy)} (${achieved.order})`,
          `${ratio(pith.ratio)}${pith.size < row.size ? " *" : ""}`,
        ]),
      ),
    );
    if (isPrefix) {
      const [size] = entries.filter(({ row, pith }) => pith.size < row.size).map(({ pith }) => pith.size);
      sections.push(`\\* of the first ${thousands(size)} bytes.`);
    }
    if (picture !== undefined) sections.push(`![Ratios by size](${picture})`);
  }
  if (speed !== undefined) {
    const { date, processor, node, rows, growth } = speed;
    sections.push(
      "## Speed",
      repeating(
        `analyze --only speed --bytes ${Math.max(...rows.map(({ size }) => size))}${growth === undefined ? "" : ` --growth ${growth.points.map(({ size }) => size).join(",")}`}`,
      ),
      `${date.slice(0, 10)}, ${processor}, Node ${node}. Levels 1 to 5 on a stream from a pipe, beside md5sum on the same stream; both by turns, start of the programs and generation of the data included. MB is 10^6 bytes; ns a byte is processor time of the analyzer (both threads) and of md5sum alone, memory the largest resident set of the process.`,
      table(
        ["data", "bytes", "analyzer, MB/s", "md5sum, MB/s", "ratio", "analyzer, ns a byte", "md5sum", "memory, MiB"],
        rows.map((row) => [
          row.kind,
          thousands(row.size),
          figure(row.analyzerSpeed),
          figure(row.md5sumSpeed),
          figure(row.ratio),
          figure(row.analyzerCost),
          figure(row.md5sumCost),
          mebibytes(row.peakMemory),
        ]),
      ),
    );
    sections.push(...besidePaper(rows));
    if (growth !== undefined) {
      const points = growth.points.map(({ size, seconds }) => `${thousands(size)} bytes in ${seconds.toFixed(1)} s`);
      sections.push(
        `Time grows with the power ${growth.exponent.toFixed(2)} of the size (${growth.kind}: ${points.join(", ")}).`,
      );
    }
  }
  return `${sections.join("\n\n")}\n`;
}

/** The paper's sections 4.5 and 5.3, of its own figures. */
function besidePaper(rows: readonly SpeedRow[]): string[] {
  const speeds = rows.map(({ analyzerSpeed }) => analyzerSpeed);
  const own = `${figure(Math.min(...speeds))} to ${figure(Math.max(...speeds))}`;
  return [
    "## What the paper says of speed and of others",
    "Its section 4.5, and the analyzer here on streams of the largest size above; start of the program included, which is all that a file of a kilobyte costs.",
    table(
      ["size", "paper, s", "paper, MB/s", "here, MB/s"],
      PROCESSING.map(({ name, seconds, speed }, i) => [
        name,
        String(seconds),
        figure(speed),
        i === PROCESSING.length - 1 ? own : "–",
      ]),
    ),
    "Its section 5.3 sets 5,943,677 beside what others reach. Beside what can be undone there is nothing to set: of the same size, the four kinds of data above come to the ratios of Pith's column, and random data, which its formula likes best, to 1.000 by any program.",
    table(
      ["", "usual ratio, as the paper has it", "its claim", "times better"],
      COMPARISON.map(({ method, ratio: usual, better }) => [method, usual, "5,943,677", thousands(better)]),
    ),
  ];
}

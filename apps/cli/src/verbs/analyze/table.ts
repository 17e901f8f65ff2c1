/** `pith analyze --table`: Table 4.2 of the paper, claimed beside achieved, on data of four kinds. */

import type { DataKind, PithFigure, TableRow } from "@pith/analyzer";

import { formatRate } from "../../format.ts";
import { showProgress } from "../../progress.ts";
import type { Facts, Session } from "../../session.ts";
import type { AnalyzeSettings } from "./settings.ts";
import { compressSample, Sampler } from "./sample.ts";

/** @param largest bytes of the largest row */
export async function run(session: Session<AnalyzeSettings>, largest: number): Promise<void> {
  const { DATA_KINDS, TABLE_4_2 } = await import("@pith/analyzer");
  const included = TABLE_4_2.filter(({ size }) => size <= largest);
  const rows = new Map(
    included.flatMap((row) =>
      DATA_KINDS.map((kind): [string, [TableRow, DataKind]] => [`${row.name} ${kind}`, [row, kind]]),
    ),
  );
  await session.print(line(COLUMNS.map(({ title }) => title)));
  await session.forEach([...rows.keys()], async (label) => {
    const [row, kind] = rows.get(label) ?? [];
    return row === undefined || kind === undefined ? {} : await runRow(session, label, row, kind);
  });
  const next = TABLE_4_2.at(included.length);
  await session.print(EXPLANATION + (next === undefined ? "" : `\nThe next row comes with --table ${next.size}.\n`));
}

const EXPLANATION = `
claimed   what Table 4.2 of the paper has for this size
formula   its formula (section 3.2) on this data, the free factor fitted to its table
kept      size / what it keeps of all that recurs, from which nothing can be restored
repeats   size / size without repeats on three levels, computed: a program could undo it
order 0-3 size / size under the best adaptive order, computed: a program could undo it
Pith      size / size of the file that Pith makes; with * on the beginning of the data
`;

const COLUMNS = [
  { title: "size", width: 8 },
  { title: "data", width: 11 },
  { title: "claimed", width: 10 },
  { title: "formula", width: 13 },
  { title: "kept", width: 11 },
  { title: "repeats", width: 9 },
  { title: "order 0-3", width: 10 },
  { title: "Pith", width: 8 },
] as const;

/** Rows come one by one, perhaps minutes apart: columns have their widths beforehand. */
function line(cells: readonly string[]): string {
  const padded = cells.map((cell, i) => (i < 2 ? cell.padEnd(COLUMNS[i].width) : cell.padStart(COLUMNS[i].width)));
  return `${padded.join("").trimEnd()}\n`;
}

async function runRow(session: Session<AnalyzeSettings>, label: string, row: TableRow, kind: DataKind): Promise<Facts> {
  const { reproduceRow } = await import("@pith/analyzer");
  const { patternSize: blockSize, signature, memoryLimit } = session.settings;
  const bar = showProgress(session, label, row.size);
  const started = performance.now();
  const { claimedRatio, representationRatio, achieved } = await reproduceRow(row, kind, {
    blockSize,
    signature,
    memoryLimit,
    onProgress: ({ done }) => bar.update(done),
  }).finally(() => bar.stop());
  const seconds = (performance.now() - started) / 1000;
  session.note(`${label}: ${formatRate(row.size, seconds)}`);
  const pith = await compressBeginning(session, label, row.size, kind);
  const reached = pith === null ? null : pith.contentLength / pith.size;
  await session.print(
    line([
      row.name,
      kind,
      ratio(row.ratio),
      ratio(claimedRatio),
      ratio(representationRatio),
      ratio(achieved.repeats),
      ratio(achieved.entropy),
      reached === null ? "–" : ratio(reached) + (pith !== null && pith.contentLength < row.size ? "*" : " "),
    ]),
  );
  return { size: row.size, kind, claimed: row.ratio, claimedRatio, representationRatio, achieved, pith, seconds };
}

/** The same data again, as far as the sample goes: it is the same all along. */
async function compressBeginning(
  session: Session<AnalyzeSettings>,
  label: string,
  size: number,
  kind: DataKind,
): Promise<PithFigure | null> {
  const { generateData } = await import("@pith/analyzer");
  const sampler = new Sampler(session.settings.sampleSize, undefined);
  for (const chunk of generateData(kind, Math.min(size, session.settings.sampleSize))) sampler.push(chunk);
  const sample = sampler.take();
  return sample === undefined ? null : await compressSample(session, label, sample);
}

/** `5,943,677`, `1.02`. */
function ratio(value: number): string {
  if (value < 100) return value.toFixed(2);
  return value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ",");
}

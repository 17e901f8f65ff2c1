/** The page of what trees come to. */
import { mebibytes } from "../report/format.ts";
import { table } from "../report/table.ts";
import type { Where } from "../measure/where.ts";
import type { AppendedRow, ArchiveRow, TreeFacts } from "./measure.ts";

export interface FolderResults extends Where, TreeFacts {
  readonly format: 1;
  readonly tree: string;
  /** Bytes of its largest files that count; absent: all do. */
  readonly largest?: number;
  readonly rows: readonly ArchiveRow[];
  readonly appended: readonly AppendedRow[];
}

export function toPage(results: FolderResults): string {
  const { tree, largest, files, bytes, rows, appended, processor, node, date } = results;
  return `# Folders

${tree}: ${files} files${largest === undefined ? "" : `, those of at most ${largest} bytes`}, ${bytes} bytes, as one archive. Times are processor time on one core of a machine that others use, too (${processor}, Node
${node}, ${date.slice(0, 10)}); sizes are exact. Made by \`npm run bench -- folders TREE${largest === undefined ? "" : ` --largest ${largest}`}\`, which extracts each archive of Pith and compares
it with the tree.

${table(
  ["", "bytes", "% of the files", "s", "MiB", "list, s", "one member, s"],
  rows.map(({ name, size, cpuSeconds, memory, list, one }) => [
    name,
    `${size}`,
    ((100 * size) / bytes).toFixed(2),
    cpuSeconds?.toFixed(1) ?? "–",
    memory === undefined ? "–" : mebibytes(memory),
    list?.toFixed(2) ?? "",
    one?.toFixed(2) ?? "",
  ]),
)}

## What is added later

One file of each hundred is left out of a first archive and then packed with that as its \`--reference\`. All names, and what was there, stay in
the first one. What is new is coded without what it resembles in the first: a per cent of the tree costs more than a per cent of the archive.

${table(
  ["level", "bytes added", "% of the tree", "first archive", "second", "% of the first"],
  appended.map(({ level, added, before, oldSize, newSize }) => [
    `${level}`,
    `${added}`,
    ((100 * added) / before).toFixed(2),
    `${oldSize}`,
    `${newSize}`,
    ((100 * newSize) / oldSize).toFixed(2),
  ]),
)}
`;
}

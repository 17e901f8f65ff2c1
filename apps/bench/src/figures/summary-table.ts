/** The README's table: sizes of each contestant on each file, and its mean speeds. */
import { bits, figure } from "../report/format.ts";
import type { Results } from "../report/results.ts";
import { summariseFiles } from "../report/summary.ts";

/** Contestants that would say the same as another: the library's own time, and peers of lesser settings. */
const LEFT_OUT = /-library$|^bzip2$|^zstd-19$/;

export function summaryTable(results: Results): string {
  const files = results.files.map(({ name }) => name);
  const summaries = summariseFiles(results, files);
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rows = results.contestants.flatMap(({ id, name }) => {
    if (LEFT_OUT.test(id)) return [];
    const summary = summaries.find((one) => one.id === id);
    const sizes = files.map((file) => {
      const row = results.rows.find((one) => one.file === file && one.contestant === id);
      return row === undefined ? "–" : bits(row.bitsPerCharacter);
    });
    const speeds = [summary?.compress.speed, summary?.decompress.speed].map(figure);
    return [line([name.startsWith("pith") ? `**${name}**` : name, ...sizes, ...speeds])];
  });
  return [line(["", ...files, "compress", "decompress"]), `|---|${"--:|".repeat(files.length + 2)}`, ...rows].join(
    "\n",
  );
}

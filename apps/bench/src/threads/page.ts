/** What a second thread is worth as a Markdown page. */
import { median, medianRatio } from "../measure/statistics.ts";
import { figure, thousands } from "../report/format.ts";
import { repeating } from "../report/repeat.ts";
import { table } from "../report/table.ts";
import type { ThreadsResults } from "./results.ts";

export function toPage({ date, processor, node, file, length, rows }: ThreadsResults): string {
  const rounds = rows.at(0)?.speeds[0].compress.length ?? 0;
  const levels = [...new Set(rows.map(({ level }) => level))].join(",");
  const blocks = [...new Set(rows.map((row) => row.blocks))].join(",");
  const cells = (["compress", "decompress"] as const).map((of) =>
    rows.map(({ level, blocks: count, speeds: [one, two] }) => [
      `${level}`,
      `${count}`,
      figure(median(one[of])),
      figure(median(two[of])),
      figure(medianRatio(two[of], one[of])),
    ]),
  );
  const head = ["level", "blocks", "one thread", "two threads", "ratio"];
  return `${[
    "# Two threads",
    "Blocks are what threads share. Where there is one alone, or memory for one, a second thread helps to compress at levels 9 and 10, whose network " +
      `can be ahead of the rest of the model. The first ${thousands(length)} bytes of ${file}, in one block and in more; the ` +
      `library's own time, from the clock; each was decompressed and compared, and is the same on both. ${date.slice(0, 10)}, ` +
      `${processor}, Node ${node}; ${rounds === 1 ? "one round" : `medians of ${rounds} rounds`}.`,
    repeating(`threads FILE --levels ${levels} --blocks ${blocks} --first ${length} --rounds ${rounds}`, "the file"),
    "## Compression, MB/s",
    table(head, cells[0]),
    "## Decompression, MB/s",
    table(head, cells[1]),
  ].join("\n\n")}\n`;
}

/** Methods both ways as a Markdown page. */
import { median } from "../measure/statistics.ts";
import { figure, thousands } from "../report/format.ts";
import { repeating } from "../report/repeat.ts";
import { table } from "../report/table.ts";
import type { MethodsResults } from "./results.ts";

export function toPage({ date, processor, node, rows }: MethodsResults): string {
  const lengths = [...new Set(rows.map(({ length }) => thousands(length)))].join(" or ");
  const rounds = rows.at(0)?.compress.length ?? 0;
  return `${[
    "# Methods both ways",
    "Section 7.2 of *Neural Data Compression*: what is read more often than it is written wants a decoder that is faster than its " +
      "encoder. Methods that predict repeat every guess, and take as long both ways; only what copies does not. Of the library, " +
      `the first ${lengths} bytes of each file, one block; each was decompressed and compared. ${date.slice(0, 10)}, ${processor}, ` +
      `Node ${node}; processor time, medians of ${rounds} rounds after one that does not count.`,
    repeating("methods FILE…", "the files"),
    table(
      ["file", "method", "bits/char", "in, MB/s", "out, MB/s", "out ÷ in"],
      rows.map(({ file, method, level, length, size, compress, decompress }) => {
        const [into, out] = [compress, decompress].map((seconds) => length / 1e6 / median(seconds));
        return [
          file,
          `${method}, level ${level}`,
          ((size * 8) / length).toFixed(3),
          figure(into),
          figure(out),
          figure(out / into),
        ];
      }),
    ),
    "For a file that is read 3.3 times for each time it is written, as the paper has it of a data centre, a method pays that is " +
      "fast out, even where it is slow in: levels 1 and 2. `--neural learning=dynamic` is the network that does likewise, since it " +
      "learns once and then only predicts ([its times](neural-figure4.md)); threads decode blocks side by side whatever the method.",
  ].join("\n\n")}\n`;
}

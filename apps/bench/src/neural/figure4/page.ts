/** The times as a Markdown page. */
import { figure, thousands } from "../../report/format.ts";
import { repeating } from "../../report/repeat.ts";
import { table } from "../../report/table.ts";
import { METHODS, describeNetwork } from "../methods.ts";
import { origin } from "../origin.ts";
import { DECOMPRESSION_FACTORS } from "../paper.ts";
import type { Figure4Results } from "./results.ts";

/** @param picture name of the picture's file, beside the page; undefined if there is none */
export function toPage(results: Figure4Results, picture: string | undefined): string {
  const { rows } = results;
  const found = METHODS.flatMap((method) => {
    const row = rows.find(({ method: id }) => id === method.id);
    return row === undefined ? [] : [{ method, row }];
  });
  const files = [...new Set(rows.map(({ file, characters }) => `the first ${thousands(characters)} bytes of ${file}`))];
  const sections = [
    "# Neural compression: the times of Figure 4",
    `Seconds of processor time on one core for ${files.join("; ")}: ${origin(rows)}. The codec's method _rank_, whole files, a trained network's weights among them; each was decompressed and compared. A method that learns the file first does that within its compression.`,
    repeating("neural-figure4 FILE", "the file"),
    "The paper's decompression takes twice as long as its compression, and six times where a network of fully connected layers was trained beforehand, since it predicts whole batches when it compresses and cannot when it decompresses. Here both directions are the same loop.",
    ...(picture === undefined ? [] : [`![Times of the methods](${picture})`]),
    table(
      ["", "bits/char", "compress", "decompress", "KB/s", "KB/s", "decompress ÷ compress", "paper"],
      found.map(({ method, row }) => [
        method.name,
        ((row.size * 8) / row.characters).toFixed(3),
        figure(row.compress),
        figure(row.decompress),
        figure(row.characters / 1000 / row.compress),
        figure(row.characters / 1000 / row.decompress),
        figure(row.decompress / row.compress),
        method.paper === method.id ? figure(DECOMPRESSION_FACTORS[method.id]) : "–",
      ]),
    ),
    table(
      ["", "network"],
      found.map(({ method }) => [method.name, describeNetwork(method)]),
    ),
  ];
  return `${sections.join("\n\n")}\n`;
}

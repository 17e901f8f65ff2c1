/** The ranks of bases as a Markdown page. */
import { thousands } from "../../report/format.ts";
import { repeating } from "../../report/repeat.ts";
import { table } from "../../report/table.ts";
import { origin } from "../origin.ts";
import { DNA_RANKS } from "../paper.ts";
import { isShorter, type DnaResults } from "./results.ts";

const percent = (count: number, total: number): string => `${((100 * count) / total).toFixed(2)} %`;

export function toPage({ method, network, rows }: DnaResults): string {
  const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);
  const line = (name: string, counts: readonly number[]): string[] => [
    name,
    ...counts.map((count) => percent(count, sum(counts))),
    percent(counts[2] + counts[3], sum(counts)),
    isShorter(counts) ? "yes" : "no",
  ];
  const bits = (bytes: number, characters: number): string => ((8 * bytes) / characters).toFixed(3);
  return `${[
    "# Neural compression: ranks of bases",
    `Section 5.1 of the paper asks why ranks do not help DNA, and answers by Huffman codes: four symbols get codes of two bits each unless the first is more frequent than the last two together. ${method} (${network}). ${origin(rows)}.`,
    repeating("neural-dna FILE…", "the files"),
    "## How often each comes",
    "Of four bases and of four ranks, the most frequent first. The last column says whether Huffman's code gives one bit to the first.",
    table(
      ["", "first", "second", "third", "fourth", "third + fourth", "one bit"],
      [
        line("paper, chr20: bases", DNA_RANKS.bases),
        line("paper, chr20: ranks", DNA_RANKS.ranks),
        ...rows.flatMap(({ file, bases, ranks }) => [line(`${file}: bases`, bases), line(`${file}: ranks`, ranks)]),
      ],
    ),
    "## What comes of it",
    "Bits a base, of the bases and of the ranks; and of the predictions, with no rank between.",
    table(
      ["", "bases coded", "Huffman, bases", "Huffman, ranks", "order 0, bases", "order 0, ranks", "direct"],
      rows.map(({ file, characters, huffman, arithmetic, direct }) => [
        file,
        thousands(characters),
        bits(huffman.bases, characters),
        bits(huffman.ranks, characters),
        bits(arithmetic.bases, characters),
        bits(arithmetic.ranks, characters),
        bits(direct, characters),
      ]),
    ),
    "Huffman's code of the ranks is that of the bases, as the paper says, wherever the condition does not hold. Arithmetic coding needs no whole bits, and so gains what there is to gain. It is little, since a network of this size sees nothing in DNA that longer contexts do not; the method `dna` looks for repeats, inverted ones too, and comes to much less ([table1](table1.md)).",
  ].join("\n\n")}\n`;
}

/** The results as a Markdown page. */
import { TABLE_4_2 } from "@pith/analyzer";
import { duration, figure, mebibytes, thousands } from "../report/format.ts";
import { repeating } from "../report/repeat.ts";
import { table } from "../report/table.ts";
import type { Pass, WeightsResults } from "./results.ts";

const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`;
const speed = ({ length, seconds }: Pass): string => figure(length / 1e6 / seconds);

export function toPage(results: WeightsResults): string {
  const { date, processor, node, layers, level, threads, length, compressedLength, compress, decompress } = results;
  const { generation, peakMemory, zstd, inMemory } = results;
  const paper = TABLE_4_2.reduce((largest, row) => (row.size > largest.size ? row : largest));
  return `${[
    "# A language model's weights",
    `${date.slice(0, 10)}, ${processor}, Node ${node}. The last row of the paper's table is a language model of ${paper.name}, ` +
      `${thousands(paper.size)} bytes, of which it reports a ratio of ${thousands(Math.round(paper.ratio))}. This is the whole ` +
      `path with a model that is as large: ${layers} layers of Mistral 7B's shapes in BF16, as one safetensors file. Its ` +
      "weights are drawn: normal, with the scales that such models are initialised with. So they say what the path takes, and not " +
      "what a trained model becomes.",
    repeating(`weights --layers ${layers} --level ${level} --threads ${threads}`),
    table(
      ["", "bytes", "share", "time", "MB/s", "processor, s"],
      [
        ["the model", thousands(length), "", "", "", ""],
        [
          `compressed, level ${level}, ${threads} threads`,
          thousands(compressedLength),
          share(compressedLength, length),
          duration(compress.seconds),
          speed(compress),
          figure(compress.processorSeconds),
        ],
        [
          `decompressed, ${threads} threads`,
          thousands(decompress.length),
          "",
          duration(decompress.seconds),
          speed(decompress),
          figure(decompress.processorSeconds),
        ],
      ],
    ),
    `The content is made beside the compression, and counts in its time: by itself that takes ${figure(generation)} s. The ` +
      `process had ${mebibytes(peakMemory)} MiB at most. What is decompressed is a model of fewer layers, from a file; each of ` +
      "its blocks is compared with its checksum. MB are 10^6 bytes.",
    "Without what makes the content, from memory to memory, of a model of half a gigabyte that is made before; the quickest of three rounds. With 0 " +
      "threads the calling one does all of it.",
    table(
      ["threads", "compressed, MB/s", "processor, MB/s", "decompressed, MB/s", "processor, MB/s"],
      inMemory.map(({ threads: used, compress: there, decompress: back }) => [
        `${used}`,
        speed(there),
        speed({ ...there, seconds: there.processorSeconds }),
        speed(back),
        speed({ ...back, seconds: back.processorSeconds }),
      ]),
    ),
    zstd === undefined
      ? "ZipNN reports 66 to 67 % of models in BF16."
      : `Of the smaller model \`zstd -1\` makes ${(100 * zstd.fast).toFixed(2)} %, \`zstd -3\` ${(100 * zstd.default).toFixed(2)} %. ` +
        "ZipNN reports 66 to 67 % of models in BF16.",
    "The bits of a number are a sign and seven of mantissa, which are noise, and eight of exponent, of which normal weights " +
      "have 2.55 bits of information: 65.9 % is what can be had of them without looking at the mantissa, 65.4 % with what the exponent " +
      "tells of it, and no ratio of thousands.",
  ].join("\n\n")}\n`;
}

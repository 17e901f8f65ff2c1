/** Figure 4 of the neural paper: how long compression and decompression take. */
import { compressSync, decompressSync } from "@pith/codec";
import { nameList, parse } from "../../commands/arguments.ts";
import type { Command } from "../../commands/command.ts";
import { endSaying, say } from "../../commands/workspace.ts";
import { firstDifference } from "../../measure/bytes.ts";
import { hereAndNow } from "../../measure/where.ts";
import { listing } from "../help.ts";
import { readInput, type Input } from "../input.ts";
import { METHODS, type Method } from "../methods.ts";
import { outputFolder, readResults, writeResults } from "../output.ts";
import { processorSeconds } from "../processor-time.ts";
import { toPage } from "./page.ts";
import { toPicture } from "./picture.ts";
import { withRow, type Figure4Results, type Row } from "./results.ts";

const NAME = "neural-figure4";
/** What a method leaves open, which is the size of its tables. */
const LEVEL = 7;
/** One network for the whole file. */
const BLOCK = 2 ** 26;
/** Networks that were trained beforehand are left out, as in the paper. */
const TIMED = METHODS.filter(({ pretrained }) => pretrained !== true);
const IDS = TIMED.map(({ id }) => id);

export const figure4Command: Command = {
  name: NAME,
  usage: `${NAME} FILE [options]`,
  help: `Times the methods of the neural paper both ways, as its Figure 4 does, checks that the file comes back, and writes
docs/results/${NAME}.{json,md,svg}. Rows that are not run now stay as they are.

  --first BYTES   of the file, with K, M or G for powers of 1024 (default 1000000)
  --only LIST     only these rows (default all):
                  ${listing(IDS, 18)}
  --out DIR       where the results go (default docs/results)`,
  run(args) {
    const { values, positionals } = parse(args, {
      first: { type: "string", default: "1000000" },
      only: { type: "string", default: IDS.join(",") },
      out: { type: "string" },
    });
    const input = readInput(positionals, values.first);
    const only = nameList("--only", values.only, IDS);
    const out = outputFolder(values.out);
    let results = readResults<Figure4Results>(out, NAME, { format: 1, rows: [] });
    for (const method of TIMED.filter(({ id }) => only.includes(id))) {
      results = withRow(results, measure(method, input));
      writeResults(out, NAME, results, { page: toPage(results, `${NAME}.svg`), picture: toPicture(results) });
    }
    endSaying();
    console.log(toPage(results, undefined));
    return Promise.resolve(0);
  },
};

/** The method `rank` of the codec does what the paper describes, in both directions. */
function measure(method: Method, { name, content }: Input): Row {
  const { network, epochs, vocabulary = 0 } = method;
  const learning = epochs === undefined ? { orders: 0 } : { learning: "dynamic" as const, epochs };
  const neural = { layers: 1, ...learning, ...network, vocabulary };
  say(`${method.name}, compressing`);
  const started = processorSeconds();
  const compressed = compressSync(content, { method: "rank", level: LEVEL, blockSize: BLOCK, neural });
  const half = processorSeconds();
  say(`${method.name}, decompressing`);
  const difference = firstDifference(decompressSync(compressed), content);
  if (difference !== undefined) throw new Error(`${method.name}: byte ${difference} of ${name} does not come back`);
  return {
    ...hereAndNow(),
    file: name,
    method: method.id,
    characters: content.length,
    size: compressed.length,
    compress: half - started,
    decompress: processorSeconds() - half,
  };
}

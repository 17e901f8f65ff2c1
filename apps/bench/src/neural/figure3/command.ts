/** Figure 3 of the neural paper: how often each rank comes. */
import { parse } from "../../commands/arguments.ts";
import type { Command } from "../../commands/command.ts";
import { endSaying } from "../../commands/workspace.ts";
import { hereAndNow } from "../../measure/where.ts";
import { predictAll } from "../code.ts";
import { readInput } from "../input.ts";
import { describeNetwork, methodOf } from "../methods.ts";
import { outputFolder, writeResults } from "../output.ts";
import { prepare } from "../prepare.ts";
import { progress } from "../progress.ts";
import { toPage } from "./page.ts";
import { toPicture } from "./picture.ts";
import type { Figure3Results } from "./results.ts";

const NAME = "neural-figure3";

export const figure3Command: Command = {
  name: NAME,
  usage: `${NAME} FILE [options]`,
  help: `Counts the ranks of the symbols of a file, as Figure 3 of the neural paper does, and writes
docs/results/${NAME}.{json,md,svg}.

  --first BYTES   of the file, with K, M or G for powers of 1024 (default 1000000)
  --method NAME   a row of neural-table1 (default adaptive-rnn, the paper's)
  --out DIR       where the results go (default docs/results)`,
  run(args) {
    const { values, positionals } = parse(args, {
      first: { type: "string", default: "1000000" },
      method: { type: "string", default: "adaptive-rnn" },
      out: { type: "string" },
    });
    const { name, content } = readInput(positionals, values.first);
    const method = methodOf("--method", values.method);
    const onShare = progress(`${method.name}, ${name}`);
    const { stream, predictor } = prepare(method, content, onShare);
    const { ranks } = predictAll(predictor(), stream.symbols, onShare);
    endSaying();
    const results: Figure3Results = {
      format: 1,
      ...hereAndNow(),
      file: name,
      characters: content.length,
      method: method.name,
      network: describeNetwork(method),
      ranks: count(ranks, stream.alphabetSize),
      symbols: count(stream.symbols, stream.alphabetSize).sort((a, b) => b - a),
    };
    const page = toPage(results, `${NAME}.svg`);
    writeResults(outputFolder(values.out), NAME, results, { page, picture: toPicture(results) });
    console.log(page);
    return Promise.resolve(0);
  },
};

function count(numbers: Uint8Array | Uint16Array, size: number): number[] {
  const counts = new Array<number>(size).fill(0);
  for (const number of numbers) counts[number]++;
  return counts;
}

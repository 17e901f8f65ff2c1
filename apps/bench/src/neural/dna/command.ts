/** Section 5.1 of the neural paper: how often each rank of a base comes, and what that means for a Huffman code. */
import { encodeHuffman, encodeSymbols } from "@pith/entropy";
import { UsageError, parse } from "../../commands/arguments.ts";
import type { Command } from "../../commands/command.ts";
import { endSaying } from "../../commands/workspace.ts";
import { hereAndNow } from "../../measure/where.ts";
import { predictAll } from "../code.ts";
import { readInput, type Input } from "../input.ts";
import { describeNetwork, methodOf, type Method } from "../methods.ts";
import { outputFolder, writePage } from "../output.ts";
import { prepare } from "../prepare.ts";
import { progress } from "../progress.ts";
import { toBases } from "../symbols.ts";
import { toPage } from "./page.ts";
import type { DnaResults, DnaRow } from "./results.ts";

const NAME = "neural-dna";
const BASES = 4;

export const dnaCommand: Command = {
  name: NAME,
  usage: `${NAME} FILE… [options]`,
  help: `Counts the ranks of the bases of files, as section 5.1 of the neural paper does, with what Huffman's code and others make of
them, and writes docs/results/${NAME}.{json,md}.

  --first BYTES   of each file, with K, M or G for powers of 1024 (default 100000)
  --method NAME   a row of neural-table1 (default dynamic-rnn, the paper's)
  --out DIR       where the results go (default docs/results)`,
  run(args) {
    const { values, positionals } = parse(args, {
      first: { type: "string", default: "100000" },
      method: { type: "string", default: "dynamic-rnn" },
      out: { type: "string" },
    });
    if (positionals.length === 0) throw new UsageError("expected files, got none");
    const method = methodOf("--method", values.method);
    const rows = positionals.map((file) => measure(method, readInput([file], values.first)));
    endSaying();
    const results: DnaResults = { format: 1, method: method.name, network: describeNetwork(method), rows };
    const page = toPage(results);
    writePage(outputFolder(values.out), NAME, results, page);
    console.log(page);
    return Promise.resolve(0);
  },
};

function measure(method: Method, { name, content }: Input): DnaRow {
  if (toBases(content) === undefined) throw new UsageError(`${name}: expected the letters of four bases, got others`);
  const onShare = progress(`${method.name}, ${name}`);
  const { stream, predictor } = prepare(method, content, onShare);
  const { symbols } = stream;
  const { ranks, direct } = predictAll(predictor(), symbols, onShare);
  return {
    ...hereAndNow(),
    file: name,
    characters: content.length,
    bases: count(symbols).sort((a, b) => b - a),
    ranks: count(ranks),
    huffman: { bases: encodeHuffman(symbols, BASES).length, ranks: encodeHuffman(ranks, BASES).length },
    arithmetic: { bases: encodeSymbols(symbols, BASES).length, ranks: encodeSymbols(ranks, BASES).length },
    direct: direct.length,
  };
}

function count(numbers: Uint8Array | Uint16Array): number[] {
  const counts = new Array<number>(BASES).fill(0);
  for (const number of numbers) counts[number]++;
  return counts;
}

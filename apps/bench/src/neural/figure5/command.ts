/** Figure 5 of the neural paper: how the entropy falls as the network learns. */
import { UsageError, parse } from "../../commands/arguments.ts";
import type { Command } from "../../commands/command.ts";
import { endSaying } from "../../commands/workspace.ts";
import { hereAndNow } from "../../measure/where.ts";
import { adaptiveCosts, predictAll } from "../code.ts";
import { listing } from "../help.ts";
import { readInput } from "../input.ts";
import { METHODS, describeNetwork, methodOf } from "../methods.ts";
import { outputFolder, writeResults } from "../output.ts";
import { prepare } from "../prepare.ts";
import { progress } from "../progress.ts";
import { toPage } from "./page.ts";
import { toPicture } from "./picture.ts";
import { accumulate, type Figure5Results } from "./results.ts";

const NAME = "neural-figure5";
const IDS = METHODS.filter(({ vocabulary }) => vocabulary === undefined).map(({ id }) => id);

export const figure5Command: Command = {
  name: NAME,
  usage: `${NAME} FILE [options]`,
  help: `Follows bits per character along a file, as Figure 5 of the neural paper does, and writes
docs/results/${NAME}.{json,md,svg}.

  --first BYTES   of the file, with K, M or G for powers of 1024 (default 1000000)
  --method NAME   a row of neural-table1 that predicts characters (default adaptive-rnn, the paper's):
                  ${listing(IDS, 18)}
  --out DIR       where the results go (default docs/results)`,
  run(args) {
    const { values, positionals } = parse(args, {
      first: { type: "string", default: "1000000" },
      method: { type: "string", default: "adaptive-rnn" },
      out: { type: "string" },
    });
    const { name, content } = readInput(positionals, values.first);
    const method = methodOf("--method", values.method);
    if (!IDS.includes(method.id)) {
      throw new UsageError(`--method: expected one of ${IDS.join(", ")}, which predict characters, got ${method.id}`);
    }
    const onShare = progress(`${method.name}, ${name}`);
    const { stream, predictor } = prepare(method, content, onShare);
    const { symbols, alphabetSize } = stream;
    const { ranks, costs } = predictAll(predictor(), symbols, onShare);
    endSaying();
    const results: Figure5Results = {
      format: 1,
      ...hereAndNow(),
      file: name,
      method: method.name,
      network: describeNetwork(method),
      ...accumulate({
        file: adaptiveCosts(symbols, alphabetSize),
        ranks: adaptiveCosts(ranks, alphabetSize),
        direct: costs,
      }),
    };
    const page = toPage(results, `${NAME}.svg`);
    writeResults(outputFolder(values.out), NAME, results, { page, picture: toPicture(results) });
    console.log(page);
    return Promise.resolve(0);
  },
};

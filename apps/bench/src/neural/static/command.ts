/** The static network of the neural paper as it describes it: trained, and its row of Table 1. */
import { join } from "node:path";
import { UsageError, byteCount, integer, parse, pathFromCaller } from "../../commands/arguments.ts";
import type { Command } from "../../commands/command.ts";
import { endSaying, withTemporaryFolder } from "../../commands/workspace.ts";
import { readBytes } from "../../measure/bytes.ts";
import { prepareCorpus } from "../../measure/corpus.ts";
import { hereAndNow } from "../../measure/where.ts";
import { readInput } from "../input.ts";
import { STATIC_AS_PUBLISHED, appliesTo } from "../methods.ts";
import { outputFolder, writePage } from "../output.ts";
import { processorSeconds } from "../processor-time.ts";
import { progress } from "../progress.ts";
import { keepRow } from "../table1/keep.ts";
import { keepNetwork, readNetwork, type Kept } from "./kept.ts";
import { measureStatic } from "./measure.ts";
import { PAPER_STATIC, StaticNetwork } from "./network.ts";
import { toPage, type StaticResults } from "./page.ts";
import { split, trainStatic } from "./train.ts";

const NAME = "neural-static";
/** Section 3.5, for English. */
const EPOCHS = 6;

export const staticCommand: Command = {
  name: NAME,
  usage: `${NAME} FILE FOLDER [options]`,
  help: `Trains the static network of the neural paper on FILE, a whole bible, but for its first bytes, and codes the files
of FOLDER with it, of which none may be in what was learnt. Writes docs/results/${NAME}.{json,md}, and its row into
neural-table1.{json,md,svg}.

  --first BYTES    of each file that is coded, and of FILE that is not learnt, with K, M or G (default 1000000)
  --files LIST     only these files (default all that are no binaries and no DNA)
  --epochs N       passes over what is learnt, 1 to 1000 (default ${EPOCHS}, the paper's)
  --stride N       symbols from the begin of a window to that of the next, 1 to ${PAPER_STATIC.length} (default ${PAPER_STATIC.length})
  --network FILE   where the trained network is kept: if it is there, it is not trained again
  --out DIR        where the results go (default docs/results)`,
  async run(args) {
    const { values, positionals } = parse(args, {
      first: { type: "string", default: "1000000" },
      files: { type: "string", default: "" },
      epochs: { type: "string", default: String(EPOCHS) },
      stride: { type: "string", default: String(PAPER_STATIC.length) },
      network: { type: "string" },
      out: { type: "string" },
    });
    if (positionals.length !== 2) throw new UsageError(`expected a file and a folder, got ${positionals.length} paths`);
    const tested = byteCount("--first", values.first);
    const epochs = integer("--epochs", values.epochs, 1, 1000);
    const stride = integer("--stride", values.stride, 1, PAPER_STATIC.length);
    const names = values.files.split(",").filter((name) => name !== "");
    const out = outputFolder(values.out);
    const file = values.network === undefined ? undefined : pathFromCaller(values.network);
    const { content: text } = readInput(positionals.slice(0, 1), "1G");

    const known = file === undefined ? undefined : readNetwork(file, PAPER_STATIC);
    const { training, weights } = known ?? train(text, tested, epochs, stride);
    if (file !== undefined && known === undefined) keepNetwork(file, { training, weights });
    const results: StaticResults = { format: 1, ...hereAndNow(), ...training };
    writePage(out, NAME, results, toPage(results));

    const network = new StaticNetwork(PAPER_STATIC, weights);
    await withTemporaryFolder((folder) => {
      const files = prepareCorpus(pathFromCaller(positionals[1]), join(folder, "files"), {
        first: tested,
        only: names,
      });
      for (const { name, path, kind } of files) {
        if (!appliesTo(STATIC_AS_PUBLISHED, kind)) continue;
        const onShare = progress(`${STATIC_AS_PUBLISHED.name}, ${name}`);
        keepRow(out, measureStatic(network, name, readBytes(path), onShare));
      }
      return Promise.resolve();
    });
    endSaying();
    console.log(toPage(results));
    return 0;
  },
};

function train(text: Uint8Array, tested: number, epochs: number, stride: number): Kept {
  const parts = split(text, tested);
  const started = processorSeconds();
  const onShare = progress("training");
  const { weights, epochs: passes } = trainStatic(PAPER_STATIC, parts, { epochs, stride, onShare });
  const training = {
    shape: PAPER_STATIC,
    learnt: parts.training.length,
    validated: parts.validation.length,
    stride,
    epochs: passes,
    seconds: processorSeconds() - started,
  };
  return { training, weights };
}

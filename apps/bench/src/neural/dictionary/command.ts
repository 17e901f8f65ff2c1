/** Section 7.1 of the neural paper: ranks made for dictionary coders, and the choice among several predictors. */
import { UsageError, nameList, parse } from "../../commands/arguments.ts";
import type { Command } from "../../commands/command.ts";
import { endSaying } from "../../commands/workspace.ts";
import { listing } from "../help.ts";
import { readInput } from "../input.ts";
import { METHODS } from "../methods.ts";
import { outputFolder, readResults, writeResults } from "../output.ts";
import { measure } from "./measure.ts";
import { toPage } from "./page.ts";
import { toPicture } from "./picture.ts";
import { withRun, type DictionaryResults } from "./results.ts";

const NAME = "neural-dictionary";
const IDS = METHODS.filter(({ vocabulary }) => vocabulary === undefined).map(({ id }) => id);

export const dictionaryCommand: Command = {
  name: NAME,
  usage: `${NAME} FILE [options]`,
  help: `Measures what section 7.1 of the neural paper proposes: ranks become the symbols that a dictionary coder takes for
least, several predictors take turns, and xz and brotli code the result. Writes docs/results/${NAME}.{json,md,svg}, where
other files' results stay as they are.

  --first BYTES    of the file, with K, M or G for powers of 1024 (default 1000000)
  --methods LIST   rows of neural-table1 that predict characters (default adaptive-rnn-tuned,contexts-gru):
                   ${listing(IDS, 19)}
  --out DIR        where the results go (default docs/results)`,
  run(args) {
    const { values, positionals } = parse(args, {
      first: { type: "string", default: "1000000" },
      methods: { type: "string", default: "adaptive-rnn-tuned,contexts-gru" },
      out: { type: "string" },
    });
    const input = readInput(positionals, values.first);
    const names = nameList("--methods", values.methods, IDS);
    if (names.length === 0) throw new UsageError(`--methods: expected some of ${IDS.join(", ")}, got none`);
    const run = measure(
      METHODS.filter(({ id }) => names.includes(id)),
      input,
    );
    endSaying();
    const out = outputFolder(values.out);
    const results = withRun(readResults<DictionaryResults>(out, NAME, { format: 1, runs: [] }), run);
    const page = toPage(results, `${NAME}.svg`);
    writeResults(out, NAME, results, { page, picture: toPicture(results.runs[0]) });
    console.log(page);
    return Promise.resolve(0);
  },
};

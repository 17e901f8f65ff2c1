/** Table 2 of the neural paper: what stands in the place of the residual blocks, and what it is worth. */
import { UsageError, nameList, parse } from "../../commands/arguments.ts";
import type { Command } from "../../commands/command.ts";
import { endSaying } from "../../commands/workspace.ts";
import { hereAndNow } from "../../measure/where.ts";
import { encodeSymbols } from "@pith/entropy";
import { predictAll } from "../code.ts";
import { readInput, type Input } from "../input.ts";
import { outputFolder, readResults, writeResults } from "../output.ts";
import { prepare } from "../prepare.ts";
import { processorSeconds } from "../processor-time.ts";
import { progress } from "../progress.ts";
import { toPage } from "./page.ts";
import { toPicture } from "./picture.ts";
import { LEARNING } from "./learning.ts";
import { SETTINGS, withRow, type Row, type Setting, type Table2Results } from "./results.ts";
import { VARIANTS, type Variant } from "./variants.ts";

const NAME = "neural-table2";
const IDS = VARIANTS.map(({ id }) => id);

export const table2Command: Command = {
  name: NAME,
  usage: `${NAME} FILE [options]`,
  help: `Codes the start of a file by the variants of Table 2 of the neural paper, with its settings and with better ones, and
writes docs/results/${NAME}.{json,md,svg} with the paper's figures beside. Rows that are not run now stay as they are.

  --first BYTES   of the file, with K, M or G for powers of 1024 (default 100000)
  --only LIST     only these rows: ${IDS.join(", ")} (default all)
  --out DIR       where the results go (default docs/results)`,
  run(args) {
    const { values, positionals } = parse(args, {
      first: { type: "string", default: "100000" },
      only: { type: "string", default: IDS.join(",") },
      out: { type: "string" },
    });
    const input = readInput(positionals, values.first);
    const only = nameList("--only", values.only, IDS);
    if (only.length === 0) throw new UsageError(`--only: expected some of ${IDS.join(", ")}, got none`);
    const out = outputFolder(values.out);
    let results = readResults<Table2Results>(out, NAME, { format: 1, rows: [] });
    for (const variant of VARIANTS.filter(({ id }) => only.includes(id))) {
      for (const setting of SETTINGS) results = withRow(results, measure(variant, setting, input));
    }
    endSaying();
    writeResults(out, NAME, results, { page: toPage(results, `${NAME}.svg`), picture: toPicture(results) });
    console.log(toPage(results, undefined));
    return Promise.resolve(0);
  },
};

const NAMES: Readonly<Record<Setting, string>> = {
  paper: "the paper's settings",
  sooner: "learning sooner",
  tuned: "tuned",
};

function measure({ id, name, network }: Variant, setting: Setting, { name: file, content }: Input): Row {
  const onShare = progress(`${name}, ${NAMES[setting]}`);
  const started = processorSeconds();
  const { stream, predictor } = prepare({ network: { ...network, ...LEARNING[setting] } }, content, onShare);
  const { ranks, direct } = predictAll(predictor(), stream.symbols, onShare);
  const coded = encodeSymbols(ranks, stream.alphabetSize);
  return {
    ...hereAndNow(),
    variant: id,
    setting,
    file,
    characters: content.length,
    ranks: coded.length + stream.tableSize,
    direct: direct.length + stream.tableSize,
    seconds: processorSeconds() - started,
  };
}

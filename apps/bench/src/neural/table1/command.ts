/** Table 1 of the neural paper: bits per character of every method on every file, beside the paper's. */
import { join } from "node:path";
import {
  UsageError,
  byteCount,
  integer,
  nameList,
  onlyPositional,
  parse,
  pathFromCaller,
} from "../../commands/arguments.ts";
import type { Command } from "../../commands/command.ts";
import { endSaying, say, withTemporaryFolder } from "../../commands/workspace.ts";
import { isInstalled } from "../../contestants/installed.ts";
import { findMachine } from "../../measure/child.ts";
import { prepareCorpus } from "../../measure/corpus.ts";
import { CODERS } from "../coders.ts";
import { listing } from "../help.ts";
import { EPOCHS, METHODS, appliesTo } from "../methods.ts";
import { outputFolder } from "../output.ts";
import { keepRow, readTable, writeTable } from "./keep.ts";
import { measureCoder, measureMethod } from "./measure.ts";
import { toPage } from "./page.ts";

const NAME = "neural-table1";
const ROWS = [...METHODS, ...CODERS].map(({ id }) => id);

export const table1Command: Command = {
  name: NAME,
  usage: `${NAME} FOLDER [options]`,
  help: `Codes the files of a folder by every method of Table 1 of the neural paper, as ranks and directly, and writes
docs/results/${NAME}.{json,md,svg} with the paper's figures beside. Rows that are not run now stay as they are, so that
the table can be filled in several runs; each row is written as soon as it is there.

  --first BYTES   of each file, with K, M or G for powers of 1024 (default 1000000)
  --files LIST    only these files (default all)
  --only LIST     only these rows, or none to draw page and picture again:
                  ${listing(ROWS, 18)}
  --epochs N      of networks that learn the file first, 1 to 1000 (default ${EPOCHS}, the paper's)
  --out DIR       where the results go (default docs/results)`,
  async run(args) {
    const { values, positionals } = parse(args, {
      first: { type: "string", default: "1000000" },
      files: { type: "string", default: "" },
      only: { type: "string", default: ROWS.join(",") },
      epochs: { type: "string", default: String(EPOCHS) },
      out: { type: "string" },
    });
    const source = pathFromCaller(onlyPositional(positionals, "one folder of files"));
    const first = byteCount("--first", values.first);
    const only = values.only === "none" ? [] : nameList("--only", values.only, ROWS);
    const names = values.files.split(",").filter((name) => name !== "");
    const epochs = integer("--epochs", values.epochs, 1, 1000);
    const out = outputFolder(values.out);

    const machine = findMachine();
    await withTemporaryFolder(async (folder) => {
      const files = prepareCorpus(source, join(folder, "files"), { first, only: names });
      for (const method of METHODS.filter(({ id }) => only.includes(id))) {
        for (const file of files.filter(({ kind }) => appliesTo(method, kind))) {
          keepRow(out, measureMethod(method, file, epochs));
        }
      }
      for (const coder of CODERS.filter(({ id }) => only.includes(id))) {
        if (typeof coder.code !== "function" && !isInstalled(coder.code.version[0])) {
          say(`${coder.name} is not installed and is skipped`);
          continue;
        }
        for (const file of files) {
          say(`${coder.name}, ${file.name}`);
          keepRow(out, await measureCoder(coder, file, folder, machine));
        }
      }
    });
    endSaying();
    const results = readTable(out);
    if (results.rows.length === 0)
      throw new UsageError(`${out} has no earlier results: expected rows to run, got none`);
    writeTable(out, results);
    console.log(toPage(results, undefined));
    return 0;
  },
};

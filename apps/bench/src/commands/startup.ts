/** How long the command takes for a small file: the start of Node, of the program, and its first tables. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { flagOfLevel, pithCommand } from "../contestants/pith.ts";
import { findMachine, measure } from "../measure/child.ts";
import { runTrial } from "../measure/trial.ts";
import { median } from "../measure/statistics.ts";
import { pseudoText } from "../measure/pseudo-text.ts";
import { mebibytes } from "../report/format.ts";
import { table } from "../report/table.ts";
import { byteCount, integer, levelList, parse } from "./arguments.ts";
import type { Command } from "./command.ts";
import { endSaying, say, withTemporaryFolder } from "./workspace.ts";

export const startupCommand: Command = {
  name: "startup",
  usage: "startup [options]",
  help: `Wall time of the command on a small file, beside Node doing nothing.

  --levels LIST    levels, 1 to 10 (default 1,5,9)
  --size BYTES     of the file (default 1K)
  --rounds N       runs of each, 1 to 1000 (default 20)`,
  async run(args) {
    const { values } = parse(args, {
      levels: { type: "string", default: "1,5,9" },
      size: { type: "string", default: "1K" },
      rounds: { type: "string", default: "20" },
    });
    const levels = levelList("--levels", values.levels);
    const rounds = integer("--rounds", values.rounds, 1, 1000);
    const size = byteCount("--size", values.size);
    const machine = findMachine();
    const rows = await withTemporaryFolder(async (folder) => {
      const file = join(folder, "input");
      writeFileSync(file, pseudoText(size, 1));
      const nothing: number[] = [];
      const trials = levels.map((level) => ({
        level,
        compress: [] as number[],
        decompress: [] as number[],
        memory: 0,
      }));
      for (let round = 0; round < rounds; round++) {
        say(`round ${round + 1} of ${rounds}`);
        nothing.push(
          (await measure({ argv: [process.execPath, "-e", "0"] }, join(folder, "nothing"), machine)).seconds,
        );
        for (const trial of trials) {
          const { compress, decompress } = await runTrial(pithCommand(trial.level), file, folder, machine);
          trial.compress.push(compress.seconds);
          trial.decompress.push(decompress.seconds);
          trial.memory = Math.max(trial.memory, compress.peakMemory ?? 0, decompress.peakMemory ?? 0);
        }
      }
      const seconds = (values: readonly number[]): string => median(values).toFixed(3);
      return [
        ["node -e 0", seconds(nothing), "", ""],
        ...trials.map(({ level, compress, decompress, memory }) => [
          `pith ${flagOfLevel(level)}`,
          seconds(compress),
          seconds(decompress),
          machine.accounting ? mebibytes(memory) : "–",
        ]),
      ];
    });
    endSaying();
    console.log(`Median wall time in seconds of ${rounds} runs on ${size} bytes\n`);
    console.log(table(["", "compress", "decompress", "MiB"], rows));
    return 0;
  },
};

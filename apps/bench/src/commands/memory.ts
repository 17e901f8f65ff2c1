/** Peak memory of the command by level. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { LEVELS } from "@pith/codec";
import { pithCommand } from "../contestants/pith.ts";
import { findMachine } from "../measure/child.ts";
import { prepareFile } from "../measure/corpus.ts";
import { type Trial, runTrial } from "../measure/trial.ts";
import { mebibytes, thousands } from "../report/format.ts";
import { table } from "../report/table.ts";
import { UsageError, byteCount, levelList, onlyPositional, parse, pathFromCaller } from "./arguments.ts";
import type { Command } from "./command.ts";
import { endSaying, say, withTemporaryFolder } from "./workspace.ts";

export const memoryCommand: Command = {
  name: "memory",
  usage: "memory FILE [options]",
  help: `Peak memory of the command by level on FILE: the whole process, and what it takes beyond a file of one byte.

  --levels LIST    levels, 1 to 10 (default all)
  --first BYTES    use only the first bytes of the file`,
  async run(args) {
    const { values, positionals } = parse(args, {
      levels: { type: "string", default: "1,2,3,4,5,6,7,8,9,10" },
      first: { type: "string" },
    });
    const source = pathFromCaller(onlyPositional(positionals, "one file"));
    const levels = levelList("--levels", values.levels);
    const first = values.first === undefined ? undefined : byteCount("--first", values.first);
    const machine = findMachine();
    if (!machine.accounting) throw new UsageError("memory needs /usr/bin/time; apt-get install time brings it");
    const rows = await withTemporaryFolder(async (folder) => {
      const file = prepareFile(source, join(folder, "files"), first);
      const tiny = join(folder, "tiny");
      writeFileSync(tiny, "a");
      const rows: string[][] = [];
      for (const level of levels) {
        say(`level ${level} on ${file.name}, ${thousands(file.size)} bytes`);
        const trial = await runTrial(pithCommand(level), file.path, folder, machine);
        const base = await runTrial(pithCommand(level), tiny, folder, machine);
        const peak = (of: "compress" | "decompress", t: Trial): number => t[of].peakMemory ?? 0;
        const pair = (of: "compress" | "decompress"): string[] => [
          mebibytes(peak(of, trial)),
          mebibytes(peak(of, trial) - peak(of, base)),
        ];
        const stated = LEVELS.find((info) => info.level === level)?.memory;
        rows.push([String(level), ...pair("compress"), ...pair("decompress"), mebibytes(stated)]);
      }
      return rows;
    });
    endSaying();
    console.log("Peak resident set of the command in MiB, and how much of it a file of one byte does not take\n");
    console.log(table(["level", "compress", "of the file", "decompress", "of the file", "a block, stated"], rows));
    return 0;
  },
};

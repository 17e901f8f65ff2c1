/** Whether a higher level ever makes a larger file. */
import { compressSync, LEVELS, loadModels } from "@pith/codec";
import { integer, levelList, onlyPositional, parse, pathFromCaller } from "../commands/arguments.ts";
import type { Command } from "../commands/command.ts";
import { endSaying, say, withTemporaryFolder } from "../commands/workspace.ts";
import { readBytes } from "../measure/bytes.ts";
import { prepareCorpus } from "../measure/corpus.ts";
import { thousands } from "../report/format.ts";
import { table } from "../report/table.ts";
import { inversionsOf, type Inversion, type LevelSize } from "./inversions.ts";

const CUTS = "1000,6000,20000,60000";
/** Bytes by which the header of a level is longer than that of a lower one: level 10 names the weights it starts from. */
const HEADER = 5;
const MOST = 2 ** 30;

interface Row extends Inversion {
  readonly name: string;
  readonly length: number;
}

export const levelsOrderCommand: Command = {
  name: "levels-order",
  usage: "levels-order FOLDER [options]",
  help: `Compresses the files of FOLDER, and the first bytes of each, at all levels, and prints where a level makes a larger
file than a lower one. Exit code 1 if one does.

  --cuts LIST      how many first bytes (default ${CUTS}); 0 is the whole file
  --levels LIST    levels, 1 to 10 (default all)
  --tolerance N    bytes that do not count, since headers differ (default ${HEADER})`,
  async run(args) {
    const { values, positionals } = parse(args, {
      cuts: { type: "string", default: CUTS },
      levels: { type: "string", default: LEVELS.map(({ level }) => level).join(",") },
      tolerance: { type: "string", default: String(HEADER) },
    });
    const source = pathFromCaller(onlyPositional(positionals, "one folder"));
    const cuts = values.cuts.split(",").map((cut) => integer("--cuts", cut, 0, MOST));
    const levels = levelList("--levels", values.levels).sort((a, b) => a - b);
    const tolerance = integer("--tolerance", values.tolerance, 0, MOST);
    await loadModels("mix-english");
    let contents = 0;
    const rows: Row[] = [];
    await withTemporaryFolder((folder) => {
      for (const { name, path, size } of prepareCorpus(source, folder)) {
        const whole = readBytes(path);
        const lengths = new Set(cuts.map((cut) => (cut === 0 ? size : Math.min(cut, size))));
        for (const length of lengths) {
          say(`${thousands(length)} bytes of ${name}`);
          const content = whole.slice(0, length);
          const sizes = levels.map((level): LevelSize => ({ level, size: compressSync(content, { level }).length }));
          rows.push(...inversionsOf(sizes, tolerance).map((found) => ({ ...found, name, length })));
          contents++;
        }
      }
      return Promise.resolve();
    });
    endSaying();
    if (rows.length > 0) console.log(`${describe(rows)}\n`);
    console.log(`${rows.length} inversions in ${contents} contents`);
    return rows.length === 0 ? 0 : 1;
  },
};

function describe(rows: readonly Row[]): string {
  const cells = rows.map(({ name, length, lower, higher }) => [
    name,
    thousands(length),
    `${lower.level}: ${thousands(lower.size)}`,
    `${higher.level}: ${thousands(higher.size)}`,
    `+${thousands(higher.size - lower.size)}`,
  ]);
  return table(["file", "bytes", "lower level", "higher level", "larger by"], cells);
}

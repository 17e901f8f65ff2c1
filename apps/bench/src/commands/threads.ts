/** What a second thread is worth: two blocks on two threads against the same two on one. */
import { join } from "node:path";
import { IN_PROCESS } from "../paths.ts";
import { firstDifference, readBytes } from "../measure/bytes.ts";
import { findMachine, measure, unpinned } from "../measure/child.ts";
import { prepareFile } from "../measure/corpus.ts";
import { median, medianRatio } from "../measure/statistics.ts";
import type { Request } from "../pith/request.ts";
import { figure } from "../report/format.ts";
import { table } from "../report/table.ts";
import { byteCount, integer, levelList, onlyPositional, parse, pathFromCaller } from "./arguments.ts";
import type { Command } from "./command.ts";
import { endSaying, say, withTemporaryFolder } from "./workspace.ts";

const THREADS = [1, 2] as const;

export const threadsCommand: Command = {
  name: "threads",
  usage: "threads FILE [options]",
  help: `Speed of the library on FILE as two blocks, on two threads and on one, and their ratio.

  --level N        1 to 10 (default 5)
  --rounds N       interleaved rounds, 1 to 100 (default 3)
  --first BYTES    use only the first bytes of the file`,
  async run(args) {
    const { values, positionals } = parse(args, {
      level: { type: "string", default: "5" },
      rounds: { type: "string", default: "3" },
      first: { type: "string" },
    });
    const source = pathFromCaller(onlyPositional(positionals, "one file"));
    const [level] = levelList("--level", values.level);
    const rounds = integer("--rounds", values.rounds, 1, 100);
    const first = values.first === undefined ? undefined : byteCount("--first", values.first);
    const machine = unpinned(findMachine());
    const rows = await withTemporaryFolder(async (folder) => {
      const file = prepareFile(source, join(folder, "files"), first);
      const blockSize = Math.max(4096, Math.ceil(file.size / 2));
      const paths = THREADS.map((threads) => join(folder, `on-${threads}`));
      const restored = join(folder, "restored");
      const run = async (request: Omit<Request, "warmUp">): Promise<number> => {
        const argv = [process.execPath, IN_PROCESS, JSON.stringify({ ...request, warmUp: file.path })];
        return file.size / 1e6 / (await measure({ argv, timesItself: true }, request.output, machine)).seconds;
      };
      const speeds = THREADS.map(() => ({ compress: [] as number[], decompress: [] as number[] }));
      for (let round = 0; round < rounds; round++) {
        for (const [i, threads] of THREADS.entries()) {
          say(`round ${round + 1} of ${rounds}, threads: ${threads}`);
          const options = { level, threads, blockSize };
          speeds[i].compress.push(await run({ action: "compress", input: file.path, output: paths[i], options }));
          speeds[i].decompress.push(await run({ action: "decompress", input: paths[i], output: restored, options }));
          if (firstDifference(readBytes(restored), readBytes(file.path)) !== undefined) {
            throw new Error("the decompressed file differs from the original");
          }
        }
        if (firstDifference(readBytes(paths[0]), readBytes(paths[1])) !== undefined) {
          throw new Error("two threads wrote other bytes than one");
        }
      }
      return (["compress", "decompress"] as const).map((of) => [
        of,
        ...speeds.map((speed) => figure(median(speed[of]))),
        figure(medianRatio(speeds[1][of], speeds[0][of])),
      ]);
    });
    endSaying();
    console.log(`Level ${level}, two blocks, MB/s: median of ${rounds} rounds\n`);
    console.log(table(["", "one thread", "two threads", "ratio"], rows));
    return 0;
  },
};

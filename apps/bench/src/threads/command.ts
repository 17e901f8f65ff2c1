/** What a second thread is worth: a file in so many blocks on two threads, against the same on one. */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { byteCount, integer, levelList, onlyPositional, parse, pathFromCaller } from "../commands/arguments.ts";
import type { Command } from "../commands/command.ts";
import { endSaying, say, withTemporaryFolder } from "../commands/workspace.ts";
import { firstDifference, readBytes } from "../measure/bytes.ts";
import { findMachine, measure, unpinned, type Machine } from "../measure/child.ts";
import { prepareFile, type CorpusFile } from "../measure/corpus.ts";
import { hereAndNow } from "../measure/where.ts";
import { IN_PROCESS, ROOT } from "../paths.ts";
import type { Request } from "../pith/request.ts";
import { toPage } from "./page.ts";
import { THREADS, type ThreadsResults, type ThreadsRow } from "./results.ts";

const NAME = "threads";

export const threadsCommand: Command = {
  name: NAME,
  usage: `${NAME} FILE [options]`,
  help: `Speed of the library on FILE in one block and in more, on two threads and on one, and writes docs/results/${NAME}.{json,md}.

  --levels LIST    1 to 10 (default 5,9,10)
  --blocks LIST    that the file is cut into, each 1 to 64 (default 1,2)
  --rounds N       interleaved rounds, 1 to 100 (default 3)
  --first BYTES    use only the first bytes of the file
  --out DIR        where the results go (default docs/results)`,
  async run(args) {
    const { values, positionals } = parse(args, {
      levels: { type: "string", default: "5,9,10" },
      blocks: { type: "string", default: "1,2" },
      rounds: { type: "string", default: "3" },
      first: { type: "string" },
      out: { type: "string" },
    });
    const source = pathFromCaller(onlyPositional(positionals, "one file"));
    const levels = levelList("--levels", values.levels);
    const blocks = values.blocks.split(",").map((count) => integer("--blocks", count, 1, 64));
    const rounds = integer("--rounds", values.rounds, 1, 100);
    const first = values.first === undefined ? undefined : byteCount("--first", values.first);
    const out = values.out === undefined ? join(ROOT, "docs/results") : pathFromCaller(values.out);
    const machine = unpinned(findMachine());
    const results = await withTemporaryFolder(async (folder): Promise<ThreadsResults> => {
      const file = prepareFile(source, join(folder, "files"), first);
      const rows: ThreadsRow[] = [];
      for (const level of levels) {
        for (const count of blocks) rows.push(await race(file, level, count, { rounds, folder, machine }));
      }
      return { format: 1, ...hereAndNow(), file: basename(source), length: file.size, rows };
    });
    endSaying();
    const page = toPage(results);
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, `${NAME}.md`), page);
    writeFileSync(join(out, `${NAME}.json`), `${JSON.stringify(results, undefined, 1)}\n`);
    console.log(page);
    return 0;
  },
};

/** One level, on each number of threads in turn. */
async function race(
  file: CorpusFile,
  level: number,
  blocks: number,
  { rounds, folder, machine }: { rounds: number; folder: string; machine: Machine },
): Promise<ThreadsRow> {
  const blockSize = Math.max(4096, Math.ceil(file.size / blocks));
  const paths = THREADS.map((threads) => join(folder, `on-${threads}`));
  const restored = join(folder, "restored");
  const run = async (request: Omit<Request, "warmUp">): Promise<number> => {
    const argv = [process.execPath, IN_PROCESS, JSON.stringify({ ...request, warmUp: file.path })];
    return file.size / 1e6 / (await measure({ argv, timesItself: true }, request.output, machine)).seconds;
  };
  const speeds = THREADS.map(() => ({ compress: [] as number[], decompress: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    for (const [i, threads] of THREADS.entries()) {
      say(`level ${level}, blocks: ${blocks}, round ${round + 1} of ${rounds}, threads: ${threads}`);
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
  return { level, blocks, speeds };
}

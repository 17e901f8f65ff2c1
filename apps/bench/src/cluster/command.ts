/** The queue: what a unit costs it, how it scales, and whether it loses anything when workers die. */
import { availableParallelism, loadavg } from "node:os";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { integer, onlyPositional, parse, pathFromCaller } from "../commands/arguments.ts";
import type { Command } from "../commands/command.ts";
import { endSaying, say, withTemporaryFolder } from "../commands/workspace.ts";
import { hereAndNow } from "../measure/where.ts";
import { ROOT } from "../paths.ts";
import { byWorkers, divide, emptyUnits, independently, killing, type EmptyUnits, type WorkersRun } from "./measure.ts";
import { type ClusterResults, toPage } from "./page.ts";
import { RedisServer } from "./redis.ts";

const NAME = "cluster";
const WORKERS = [1, 2, 4];
/** That work at the same time without a queue: what the machine gives. */
const PROCESSES = 2;
/** Units at once, of those that do nothing. */
const AT_ONCE = [1, 16];

export const clusterCommand: Command = {
  name: NAME,
  usage: "cluster FILE [options]",
  help: `Compresses FILE in units through a queue on a Redis that it starts, and writes docs/results/${NAME}.{json,md}.

  --times N        how often FILE stands in the job, one behind the other (default 4)
  --size SIZE      of a unit (default 256KiB)
  --level N        (default 5)
  --empty N        units that do nothing (default 10000)
  --kills N        of workers (default 20)
  --out DIR        where the results go (default docs/results)`,
  async run(args) {
    const { values, positionals } = parse(args, {
      times: { type: "string", default: "4" },
      size: { type: "string", default: "256KiB" },
      level: { type: "string", default: "5" },
      empty: { type: "string", default: "10000" },
      kills: { type: "string", default: "20" },
      out: { type: "string" },
    });
    const file = pathFromCaller(onlyPositional(positionals, "one file"));
    const times = integer("--times", values.times, 1, 1000);
    const level = integer("--level", values.level, 1, 9);
    const count = integer("--empty", values.empty, 1, 1_000_000);
    const kills = integer("--kills", values.kills, 0, 1000);
    const out = values.out === undefined ? join(ROOT, "docs/results") : pathFromCaller(values.out);
    const [load] = loadavg();
    const results = await withTemporaryFolder(async (folder): Promise<ClusterResults> => {
      const redis = await RedisServer.start(folder);
      try {
        const empty: EmptyUnits[] = [];
        for (const jobs of AT_ONCE) {
          say(`${count} empty units, ${jobs} at once`);
          empty.push(await emptyUnits(redis, count, jobs));
        }
        say("one process");
        const divided = divide(file, folder, values.size, level, times);
        say(`${PROCESSES} processes`);
        const independent = { processes: PROCESSES, seconds: await independently(divided, PROCESSES) };
        const workers: WorkersRun[] = [];
        for (const each of WORKERS) {
          say(`${each} workers`);
          workers.push(await byWorkers(redis, divided, each));
        }
        say(`${kills} kills`);
        const killed = await killing(redis, divided, kills);
        const { seconds: alone, units, warm } = divided;
        const facts = { file: basename(file), times, bytes: times * statSync(file).size, level };
        const cores = availableParallelism();
        const runs = { units, warm: warm.units, alone, independent, empty, workers, killed };
        return { format: 1, ...hereAndNow(), ...facts, cores, load, ...runs };
      } finally {
        await redis.stop();
      }
    });
    endSaying();
    const page = toPage(results);
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, `${NAME}.md`), page);
    writeFileSync(join(out, `${NAME}.json`), `${JSON.stringify(results, undefined, 1)}\n`);
    console.log(page);
    return results.workers.every(({ isSame }) => isSame) && results.killed.isSame ? 0 : 1;
  },
};

/** What a process notices of the library: whether its timers are late, and what many calls at once take. */
import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import { LOAD } from "../paths.ts";
import type { Load, LoadRequest } from "../load/request.ts";
import { figure, mebibytes } from "../report/format.ts";
import { table } from "../report/table.ts";
import { byteCount, integer, levelList, parse } from "./arguments.ts";
import type { Command } from "./command.ts";
import { endSaying, say } from "./workspace.ts";

/** Milliseconds that a timer may be late; times the processor time of `compressSync`; resident memory of the process. */
const MOST_LATE = 30;
const MOST_WORK = 1.3;
const MOST_MEMORY = 400 * 2 ** 20;
/** Threads beside one for each core. */
const MOST_THREADS = 2;

async function measureLoad(request: LoadRequest): Promise<Load> {
  const { stdout } = await promisify(execFile)(process.execPath, [LOAD, JSON.stringify(request)]);
  return JSON.parse(stdout) as Load;
}

export const loadCommand: Command = {
  name: "load",
  usage: "load [options]",
  help: `By how much a timer of 5 ms is late while contents are compressed on the calling thread, and what many calls at once
take: threads, memory, and processor time beside compressSync. Fails where that is more than promised.

  --levels LIST    levels of the timer, 1 to 10 (default 1,5,9)
  --size BYTES     of each of three contents that the timer sees (default 512K)
  --calls N        calls at once, of 20 KB at level 5 (default 1000)`,
  async run(args) {
    const { values } = parse(args, {
      levels: { type: "string", default: "1,5,9" },
      size: { type: "string", default: "512K" },
      calls: { type: "string", default: "1000" },
    });
    const size = byteCount("--size", values.size);
    const calls = integer("--calls", values.calls, 1, 100_000);
    const late: [level: number, lateness: number][] = [];
    for (const level of levelList("--levels", values.levels)) {
      say(`level ${level} on the calling thread`);
      late.push([level, (await measureLoad({ level, size, calls: 3, how: "here" })).lateness]);
    }
    say(`${calls} calls at once`);
    const load = { level: 5, size: 20_000, calls };
    const together = await measureLoad({ ...load, how: "calls" });
    const sync = await measureLoad({ ...load, how: "sync" });
    endSaying();
    const work = together.cpuSeconds / sync.cpuSeconds;
    const mostThreads = availableParallelism() + MOST_THREADS;
    const rows: (readonly [what: string, got: string, most: string, holds: boolean])[] = [
      ...late.map(
        ([level, ms]) => [`late at level ${level}, ms`, figure(ms), String(MOST_LATE), ms <= MOST_LATE] as const,
      ),
      ["threads", String(together.threads), String(mostThreads), together.threads <= mostThreads],
      ["MiB", mebibytes(together.peakMemory), mebibytes(MOST_MEMORY), together.peakMemory <= MOST_MEMORY],
      ["processor time, of that of compressSync", figure(work), figure(MOST_WORK), work <= MOST_WORK],
    ];
    console.log(`A timer beside contents of ${size} bytes, and ${calls} calls at once of 20 KB\n`);
    console.log(
      table(
        ["", "measured", "at most"],
        rows.map(([what, got, most]) => [what, got, most]),
      ),
    );
    return rows.every(([, , , holds]) => holds) ? 0 : 1;
  },
};

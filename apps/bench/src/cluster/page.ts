/** The page of what the queue costs. */
import type { Where } from "../measure/where.ts";
import { table } from "../report/table.ts";
import type { EmptyUnits, Killed, WorkersRun } from "./measure.ts";

export interface ClusterResults extends Where {
  readonly format: 1;
  readonly cores: number;
  /** Processes that wanted a core when it began: more than none means that others were at work. */
  readonly load: number;
  readonly file: string;
  /** How often it stands in the job; absent: once. */
  readonly times?: number;
  /** Of the job. */
  readonly bytes: number;
  readonly level: number;
  readonly units: number;
  /** Units of another job that the workers do before; absent: none. */
  readonly warm?: number;
  /** Seconds of one process for all units, one after the other, without a queue. */
  readonly alone: number;
  /** Processes at the same time, each of which does all units, without a queue. */
  readonly independent?: { readonly processes: number; readonly seconds: number };
  readonly empty: readonly EmptyUnits[];
  readonly workers: readonly WorkersRun[];
  readonly killed: Killed;
}

export function toPage(results: ClusterResults): string {
  const { file, times = 1, bytes, level, units, warm, alone, independent, empty, workers, killed } = results;
  const { cores, load, processor, node, date } = results;
  const base = workers.find((run) => run.workers === 1)?.seconds ?? alone;
  return `# A queue on Redis

\`pith cluster\` by BullMQ and a Redis on the same machine: ${cores} cores (${processor}), Node ${node}, ${date.slice(0, 10)}, with a load of
${load.toFixed(1)} by other work when it began. Made by
\`npm run bench -- cluster FILE\`.

## What a unit costs the queue

Units that do nothing, taken by one worker: so many at once, and with them all that the queue does for each.

${table(
  ["units", "at once", "to submit, s", "to do, s", "units a second", "ms a unit"],
  empty.map(({ units: count, jobs, seconds, submitSeconds }) => [
    `${count}`,
    `${jobs}`,
    submitSeconds.toFixed(1),
    seconds.toFixed(1),
    (count / seconds).toFixed(0),
    ((1000 * seconds) / count).toFixed(2),
  ]),
)}

## Workers

${times === 1 ? file : `${file}, ${times} times`}, ${bytes} bytes, in ${units} units at level ${level}. One process does them in ${alone.toFixed(1)} s (\`pith shard run all\`). Each worker is
a process with a thread for its unit; all that they share is Redis and the folder.${timing(warm)}${beside(alone, independent)}

${table(
  ["workers", "seconds", "× one worker", "same bytes as one process"],
  workers.map(({ workers: count, seconds, isSame }) => [
    `${count}`,
    seconds.toFixed(1),
    (base / seconds).toFixed(2),
    isSame ? "yes" : "NO",
  ]),
)}

## What dies

The same file with two workers, of which one is killed with \`kill -9\` ${killed.kills} times at random moments and another started in its
place, and Redis restarted once in the middle. A unit whose worker was killed is taken over after ${killed.lease} s. It took ${killed.seconds.toFixed(1)} s, and the
output ${killed.isSame ? "has the same bytes as that of one process" : "DIFFERS from that of one process"}.
`;
}

function timing(warm: number | undefined): string {
  if (warm === undefined) return "";
  return ` The time is that of \`pith cluster submit --wait\`, from its start to its
end, and so with all that submitting and joining take. The workers have done another job of ${warm} units before: in a new process the first second
is slower, in which the engine compiles the models.`;
}

function beside(alone: number, independent: ClusterResults["independent"]): string {
  if (independent === undefined) return "";
  const { processes, seconds } = independent;
  return ` ${processes} processes that know nothing of each other, and of which each does all units, take ${seconds.toFixed(1)} s: the
machine so does ${((processes * alone) / seconds).toFixed(2)} × as much as with one.`;
}

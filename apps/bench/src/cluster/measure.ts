/** What the queue costs, and whether it loses anything. */
import { openCluster, startWorker, type Cluster } from "@pith/cluster";
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CLI } from "../paths.ts";
import type { RedisServer } from "./redis.ts";

/** How often it is asked for the output. */
const MOST_TRIES = 10;

/** Units that do nothing. */
export interface EmptyUnits {
  readonly units: number;
  /** Units at once, in one worker. */
  readonly jobs: number;
  readonly seconds: number;
  /** Of putting them into the queue, which comes before. */
  readonly submitSeconds: number;
}

export async function emptyUnits(redis: RedisServer, units: number, jobs: number): Promise<EmptyUnits> {
  return await withCluster(redis, async (cluster) => {
    const id = `empty-${units}-${jobs}`;
    const before = performance.now();
    await cluster.submit({ id, units, reference: null });
    const submitted = performance.now();
    let done = 0;
    const ended = new Promise<void>((resolve, reject) => {
      const merge = (): Promise<void> => {
        if (done === units) resolve();
        else reject(new Error(`expected ${units} units, got ${done}`));
        return Promise.resolve();
      };
      const run = (): Promise<void> => {
        done++;
        return Promise.resolve();
      };
      startWorker({ url: redis.url, name: "empty", jobs, run, merge }).then(
        (worker) => void ended.finally(() => worker.close()),
        reject,
      );
    });
    await ended;
    const seconds = (performance.now() - submitted) / 1000;
    await finished(cluster, id);
    await cluster.cancel(id);
    return { units, jobs, seconds, submitSeconds: (submitted - before) / 1000 };
  });
}

/** A file compressed in units by worker processes. */
export interface WorkersRun {
  readonly workers: number;
  /** From the start of the command that submits to its end, when the output is there. */
  readonly seconds: number;
  /** Whether the output is what one process makes of the plan. */
  readonly isSame: boolean;
}

/** A file, divided. */
export interface Divided {
  readonly folder: string;
  readonly plan: string;
  /** What one process makes of it. */
  readonly expected: Uint8Array;
  /** Seconds that one process took for all units, without a queue. */
  readonly seconds: number;
  readonly units: number;
  /** A plan of the same file, once, with which workers become warm; and its units. */
  readonly warm: Planned;
}

interface Planned {
  readonly plan: string;
  readonly units: number;
}

/** @param times how often the file stands in the plan, one behind the other */
export function divide(file: string, folder: string, size: string, level: number, times: number): Divided {
  const planned = (name: string, count: number): Planned => {
    const plan = join(folder, name);
    const files = Array.from({ length: count }, () => file);
    const words = ["shard", "plan", "--json", `-${level}`, "--size", size, ...files, "-o", plan, "-f"];
    const { result } = JSON.parse(pith(...words)) as { readonly result: { readonly units: number } };
    return { plan, units: result.units };
  };
  const { plan, units } = planned("plan.json", times);
  const one = join(folder, "one");
  const start = performance.now();
  pith("shard", "run", plan, "all", "--shards", one);
  const seconds = (performance.now() - start) / 1000;
  pith("shard", "merge", plan, "--shards", one, "-o", `${one}.pith`, "-f");
  return { folder, plan, expected: readFileSync(`${one}.pith`), seconds, units, warm: planned("warm.json", 1) };
}

/** Seconds that so many processes take which know nothing of each other, and of which each does all units. */
export async function independently({ plan, folder }: Divided, processes: number): Promise<number> {
  const start = performance.now();
  const children = Array.from({ length: processes }, (_, i) =>
    startCommandLine(["shard", "run", plan, "all", "--shards", join(folder, `independent-${i}`)]),
  );
  for (const code of await Promise.all(children.map(ending))) {
    if (code !== 0) throw new Error("pith shard run has failed");
  }
  return (performance.now() - start) / 1000;
}

export async function byWorkers(redis: RedisServer, divided: Divided, workers: number): Promise<WorkersRun> {
  const children = Array.from({ length: workers }, () => startCommand(redis, 30));
  try {
    // A worker takes a moment to start; what is measured is the work.
    await withCluster(redis, (cluster) => until(async () => (await cluster.workers()) === workers));
    await submitAndWait(redis, { ...divided, plan: divided.warm.plan });
    const start = performance.now();
    const output = await submitAndWait(redis, divided);
    return { workers, seconds: (performance.now() - start) / 1000, isSame: isExpected(output, divided) };
  } finally {
    for (const child of children) child.kill("SIGKILL");
  }
}

/** Workers that are killed at random moments, each replaced by another, and Redis restarted once. */
export interface Killed {
  readonly kills: number;
  /** Seconds without a sign of life after which a worker's unit is taken over. */
  readonly lease: number;
  readonly seconds: number;
  readonly isSame: boolean;
}

export async function killing(redis: RedisServer, divided: Divided, kills: number): Promise<Killed> {
  const lease = 2;
  const workers = [startCommand(redis, lease), startCommand(redis, lease)];
  const start = performance.now();
  const state = { isDone: false };
  const output = submitAndWait(redis, divided).finally(() => (state.isDone = true));
  let count = 0;
  try {
    for (; count < kills && !state.isDone; count++) {
      await pause(300 + 1200 * Math.random());
      const victim = count % workers.length;
      workers[victim].kill("SIGKILL");
      workers[victim] = startCommand(redis, lease);
      if (count === Math.floor(kills / 2)) await redis.restart();
    }
    const isSame = isExpected(await output, divided);
    return { kills: count, lease, seconds: (performance.now() - start) / 1000, isSame };
  } finally {
    for (const child of workers) child.kill("SIGKILL");
  }
}

async function submitAndWait(redis: RedisServer, { folder, plan }: Pick<Divided, "folder" | "plan">): Promise<string> {
  const shards = join(folder, "many");
  const output = join(folder, "many.pith");
  rmSync(shards, { recursive: true, force: true });
  const words = ["cluster", "submit", plan, "--redis", redis.url, "--shards", shards, "-o", output, "-f", "--wait"];
  // When Redis is restarted, whoever waits is told; what was submitted goes on.
  for (let tries = 0; tries < MOST_TRIES; tries++) if ((await ending(startCommandLine(words))) === 0) return output;
  throw new Error(`pith ${words.join(" ")} has failed`);
}

function isExpected(output: string, { expected }: Divided): boolean {
  return Buffer.compare(readFileSync(output), expected) === 0;
}

function startCommand(redis: RedisServer, lease: number): ChildProcess {
  return startCommandLine(["cluster", "work", "--redis", redis.url, "--lease", `${lease}`]);
}

function startCommandLine(words: readonly string[]): ChildProcess {
  return spawn(process.execPath, [CLI, ...words], { stdio: "ignore" });
}

function ending(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once("exit", resolve));
}

function pith(...words: string[]): string {
  return execFileSync(process.execPath, [CLI, ...words], { encoding: "utf8" });
}

async function withCluster<Result>(redis: RedisServer, use: (cluster: Cluster) => Promise<Result>): Promise<Result> {
  const cluster = await openCluster({ url: redis.url });
  try {
    return await use(cluster);
  } finally {
    await cluster.close();
  }
}

async function finished(cluster: Cluster, id: string): Promise<void> {
  await until(async () => (await cluster.status(id))?.state === "done");
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(20);
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

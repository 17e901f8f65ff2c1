import { expect, test } from "@jest/globals";
import { isPending, JobQueue } from "../src/compress/queue.ts";
import type { Outcome, Report, Runner } from "../src/compress/runner.ts";

/** A runner whose tasks end when they are told to. */
class HeldRunner implements Runner {
  readonly started: number[] = [];
  readonly discarded: number[] = [];
  readonly #ends = new Map<number, (outcome: Outcome) => void>();
  readonly #reports = new Map<number, (report: Report) => void>();

  run(id: number, _file: File, _task: unknown, onReport: (report: Report) => void): Promise<Outcome> {
    this.started.push(id);
    this.#reports.set(id, onReport);
    return new Promise((resolve) => this.#ends.set(id, resolve));
  }
  cancel(id: number): Promise<void> {
    this.end(id, { type: "cancelled" });
    return Promise.resolve();
  }
  discard(id: number): Promise<void> {
    this.discarded.push(id);
    return Promise.resolve();
  }
  end(id: number, outcome: Outcome): void {
    this.#ends.get(id)?.(outcome);
  }
  report(id: number, report: Report): void {
    this.#reports.get(id)?.(report);
  }
}

/** Of small files, more are in work at a time. */
const LARGE = "1234".repeat(50_000);
const CHOICES = { level: 5, method: "auto", prior: "none" } as const;
const DONE: Outcome = {
  type: "done",
  result: new Blob(["x"]),
  contentLength: 4,
  seconds: 1,
  gzipLength: 2,
  found: { type: undefined, coding: "", kinds: [], pictures: { count: 0, length: 0 }, parts: [], more: 0 },
};

function filled(...names: string[]): { queue: JobQueue; runner: HeldRunner; states: () => string[] } {
  const runner = new HeldRunner();
  const queue = new JobQueue(runner, () => 0);
  queue.add(
    names.map((name) => new File([LARGE], name)),
    CHOICES,
  );
  return { queue, runner, states: () => queue.jobs.value.map(({ state }) => state.type) };
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Until the runner has so many tasks: before one starts, the first bytes of its file are read. */
async function started(runner: HeldRunner, count: number): Promise<void> {
  while (runner.started.length < count) await turn();
}

test("two jobs run at a time, in their order; the next starts when one ends, however it ends", async () => {
  const { runner, states } = filled("a", "b", "c", "d");
  await started(runner, 2);
  expect(states()).toEqual(["running", "running", "waiting", "waiting"]);
  runner.end(2, DONE);
  await turn();
  expect(states()).toEqual(["running", "done", "running", "waiting"]);
  runner.end(1, { type: "failed", problem: { title: "", what: "", remedy: "", offset: 0 }, partial: undefined });
  await started(runner, 4);
  expect(runner.started).toEqual([1, 2, 3, 4]);
});

test("of small files, eight run at a time", async () => {
  const runner = new HeldRunner();
  const queue = new JobQueue(runner, () => 0);
  queue.add(
    Array.from({ length: 10 }, (_, i) => new File(["1234"], `${i}`)),
    CHOICES,
  );
  await started(runner, 8);
  await turn();
  expect(runner.started).toHaveLength(8);
  runner.end(1, DONE);
  await started(runner, 9);
});

test("what ends in .pith is given back, all else compressed", () => {
  const { queue } = filled("a.txt", "b.txt.pith");
  expect(queue.jobs.value.map(({ task, resultName }) => [task.type, resultName])).toEqual([
    ["compress", "a.txt.pith"],
    ["decompress", "b.txt"],
  ]);
});

test("a job is cancelled at once, also one that runs and whose runner takes its time", async () => {
  const { queue, runner, states } = filled("a", "b", "c", "d");
  await started(runner, 2);
  queue.cancel(queue.jobs.value[3]);
  expect(states()[3]).toBe("cancelled");
  runner.cancel = () => Promise.resolve();
  queue.cancel(queue.jobs.value[0]);
  expect(states()).toEqual(["cancelled", "running", "running", "cancelled"]);
  runner.report(1, { done: 1, total: 4, written: 0, gzipLength: undefined });
  runner.end(1, DONE);
  await turn();
  expect(states()[0]).toBe("cancelled");
  expect(runner.discarded).toEqual([1]);
});

test("a job that is cancelled before its runner has it never starts", async () => {
  const { queue, runner } = filled("a");
  queue.cancel(queue.jobs.value[0]);
  queue.add([new File(["1234"], "b")], CHOICES);
  await started(runner, 1);
  expect(runner.started).toEqual([2]);
});

test("what was cancelled is done again in its place, under its name", async () => {
  const { queue, runner, states } = filled("a.txt");
  await started(runner, 1);
  queue.cancel(queue.jobs.value[0]);
  queue.again(queue.jobs.value[0], { ...CHOICES, level: 2 });
  expect(states()).toEqual(["running"]);
  expect(queue.jobs.value[0]).toMatchObject({ resultName: "a.txt.pith", task: { choices: { level: 2 } } });
  await started(runner, 2);
  runner.end(2, DONE);
  await turn();
  expect(states()).toEqual(["done"]);
  queue.remove(queue.jobs.value[0]);
  expect(runner.discarded.at(-1)).toBe(2);
});

test("a .pith file under another name is given back, and compressed where that is wanted", async () => {
  const runner = new HeldRunner();
  const queue = new JobQueue(runner, () => 0);
  queue.add([new File([Uint8Array.of(0x8f, 0x70, 1)], "a.bin")], CHOICES);
  await started(runner, 1);
  expect(queue.jobs.value[0]).toMatchObject({ resultName: "a.bin", task: { type: "decompress", found: true } });
  runner.end(1, DONE);
  await turn();
  queue.compressAnyway(queue.jobs.value[0], CHOICES);
  await started(runner, 2);
  expect(queue.jobs.value).toHaveLength(1);
  expect(queue.jobs.value[0]).toMatchObject({ resultName: "a.bin.pith", task: { type: "compress", choices: CHOICES } });
});

test("a file can be done again, under another name and with the choices of then", async () => {
  const { queue, runner } = filled("a.txt");
  await started(runner, 1);
  runner.end(1, DONE);
  await turn();
  queue.again(queue.jobs.value[0], { ...CHOICES, level: 9, method: "mix" });
  // What came last stands first.
  expect(queue.jobs.value[0]).toMatchObject({
    resultName: "a (2).txt.pith",
    task: { type: "compress", choices: { level: 9, method: "mix" } },
  });
});

test("what is removed is discarded; what runs stays", async () => {
  const { queue, runner } = filled("a", "b");
  await started(runner, 2);
  runner.end(1, DONE);
  await turn();
  for (const job of queue.jobs.value) queue.remove(job);
  expect(queue.jobs.value.map(({ id }) => id)).toEqual([2]);
  expect(runner.discarded).toEqual([1]);
});

test("reports become rate and time left", async () => {
  let now = 0;
  const runner = new HeldRunner();
  const queue = new JobQueue(runner, () => now);
  queue.add([new File(["1234"], "a")], CHOICES);
  await started(runner, 1);
  now = 2;
  runner.report(1, { done: 50, total: 200, written: 10, gzipLength: undefined });
  expect(queue.jobs.value[0].state).toMatchObject({ type: "running", done: 50, rate: 25, secondsLeft: 6 });
});

test("a runner that fails fails the job, and not the queue", async () => {
  const queue = new JobQueue({
    run: () => Promise.reject(new Error("no worker")),
    cancel: () => Promise.resolve(),
    discard: () => Promise.resolve(),
  });
  queue.add([new File(["1"], "a"), new File(["2"], "b"), new File(["3"], "c")], CHOICES);
  while (queue.jobs.value.some(isPending)) await turn();
  expect(queue.jobs.value.map(({ state }) => state.type)).toEqual(["failed", "failed", "failed"]);
  expect(queue.jobs.value[0].state).toMatchObject({ problem: { what: "no worker" } });
});

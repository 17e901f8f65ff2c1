import { expect, test } from "@jest/globals";
import { JobQueue } from "../src/compress/queue.ts";
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

const CHOICES = { level: 5, method: "auto" } as const;
const DONE: Outcome = {
  type: "done",
  result: new Blob(["x"]),
  contentLength: 4,
  seconds: 1,
  gzipLength: 2,
  opened: { kinds: [], pictures: { count: 0, length: 0 } },
};

function filled(...names: string[]): { queue: JobQueue; runner: HeldRunner; states: () => string[] } {
  const runner = new HeldRunner();
  const queue = new JobQueue(runner, () => 0);
  queue.add(
    names.map((name) => new File(["1234"], name)),
    CHOICES,
  );
  return { queue, runner, states: () => queue.jobs.value.map(({ state }) => state.type) };
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test("two jobs run at a time, in their order; the next starts when one ends, however it ends", async () => {
  const { runner, states } = filled("a", "b", "c", "d");
  expect(states()).toEqual(["running", "running", "waiting", "waiting"]);
  runner.end(2, DONE);
  await turn();
  expect(states()).toEqual(["running", "done", "running", "waiting"]);
  runner.end(1, { type: "failed", problem: { title: "", what: "", remedy: "", offset: 0 }, partial: undefined });
  await turn();
  expect(runner.started).toEqual([1, 2, 3, 4]);
});

test("what ends in .pith is given back, all else compressed", () => {
  const { queue } = filled("a.txt", "b.txt.pith");
  expect(queue.jobs.value.map(({ task, resultName }) => [task.type, resultName])).toEqual([
    ["compress", "a.txt.pith"],
    ["decompress", "b.txt"],
  ]);
});

test("a job that waits is cancelled at once, one that runs by its runner", async () => {
  const { queue, states } = filled("a", "b", "c");
  queue.cancel(queue.jobs.value[2]);
  expect(states()[2]).toBe("cancelled");
  queue.cancel(queue.jobs.value[0]);
  await turn();
  expect(states()).toEqual(["cancelled", "running", "cancelled"]);
});

test("a file can be done again, under another name and with the choices of then", async () => {
  const { queue, runner } = filled("a.txt");
  runner.end(1, DONE);
  await turn();
  queue.again(queue.jobs.value[0], { level: 9, method: "mix" });
  expect(queue.jobs.value[1]).toMatchObject({
    resultName: "a (2).txt.pith",
    task: { type: "compress", choices: { level: 9, method: "mix" } },
  });
});

test("what is removed is discarded; what runs stays", async () => {
  const { queue, runner } = filled("a", "b");
  runner.end(1, DONE);
  await turn();
  for (const job of queue.jobs.value) queue.remove(job);
  expect(queue.jobs.value.map(({ id }) => id)).toEqual([2]);
  expect(runner.discarded).toEqual([1]);
});

test("reports become rate and time left", () => {
  let now = 0;
  const runner = new HeldRunner();
  const queue = new JobQueue(runner, () => now);
  queue.add([new File(["1234"], "a")], CHOICES);
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
  await turn();
  expect(queue.jobs.value.map(({ state }) => state.type)).toEqual(["failed", "failed", "failed"]);
  expect(queue.jobs.value[0].state).toMatchObject({ problem: { what: "no worker" } });
});

import { describe, expect, test } from "@jest/globals";
import { runInOrder, type Job } from "../src/steps/in-order.ts";

/** Jobs that give their numbers, and whether their source was closed. */
function source(start: (number: number) => Promise<number> = (number) => Promise.resolve(number)) {
  const state = { closed: false };
  async function* jobs(): AsyncGenerator<Job<number>> {
    try {
      for (let number = 0; number < 100; number++) yield { memory: 1, start: () => start(number) };
    } finally {
      state.closed = true;
    }
  }
  return { state, jobs: jobs() };
}

const bounds = { threads: 3, memoryLimit: 10 };

describe("jobs in order", () => {
  test("close their source when nobody wants the rest", async () => {
    const { state, jobs } = source();
    for await (const number of runInOrder(jobs, bounds)) if (number === 2) break;
    expect(state.closed).toBe(true);
  });

  test("close their source when one fails", async () => {
    const { state, jobs } = source((number) =>
      number === 4 ? Promise.reject(new Error("no")) : Promise.resolve(number),
    );
    const results: number[] = [];
    const run = async (): Promise<void> => {
      for await (const number of runInOrder(jobs, bounds)) results.push(number);
    };
    await expect(run()).rejects.toThrow("no");
    expect([results, state.closed]).toEqual([[0, 1, 2, 3], true]);
  });

  test("close a source that is not asynchronous, too", async () => {
    let closed = false;
    function* jobs(): Generator<Job<number>> {
      try {
        for (;;) yield { memory: 1, start: () => Promise.resolve(1) };
      } finally {
        closed = true;
      }
    }
    const running = runInOrder(jobs(), bounds);
    await running.next();
    await running.return(undefined);
    expect(closed).toBe(true);
  });

  test("give the results of those before one that cannot be fetched", async () => {
    async function* jobs(): AsyncGenerator<Job<number>> {
      yield { memory: 1, start: () => Promise.resolve(1) };
      throw new Error("no more");
    }
    const results: number[] = [];
    const run = async (): Promise<void> => {
      for await (const number of runInOrder(jobs(), bounds)) results.push(number);
    };
    await expect(run()).rejects.toThrow("no more");
    expect(results).toEqual([1]);
  });
});

import { describe, expect, test } from "@jest/globals";
import { setImmediate as turn } from "node:timers/promises";
import { Session } from "../src/workers/executor.ts";
import { ThreadRunner } from "../src/workers/thread.ts";
import { turn as ourTurn } from "../src/steps/turn.ts";
import { numberedProgram } from "./helpers/numbered-tasks.ts";

const nothing = (): void => {};

describe("tasks on this thread", () => {
  test("are done one after the other, each session in its turn", async () => {
    const log: number[] = [];
    const runner = new ThreadRunner(numberedProgram(log));
    const [first, second] = [new Session(runner), new Session(runner)];
    const results = await Promise.all([
      first.run({ number: 1, steps: 2 }, nothing),
      first.run({ number: 2, steps: 2 }, nothing),
      second.run({ number: 3, steps: 2 }, nothing),
    ]);
    expect(results).toEqual([1, 2, 3].map((number) => Uint8Array.of(number)));
    expect(log).toEqual([1, 1, 3, 3, 2, 2]);
  });

  test("begin after whoever called has done what it does at once", async () => {
    const log: number[] = [];
    const running = new Session(new ThreadRunner(numberedProgram(log))).run({ number: 1 }, nothing);
    await Promise.resolve();
    expect(log).toEqual([]);
    await running;
    expect(log).toEqual([1]);
  });

  test("let the event loop turn while they run", async () => {
    const log: number[] = [];
    const runner = new ThreadRunner({
      ...numberedProgram(),
      *steps() {
        for (let i = 0; i < 20; i++) {
          for (const end = performance.now() + 3; performance.now() < end;);
          log.push(0);
          yield i;
        }
        return new Uint8Array(0);
      },
    });
    const running = new Session(runner).run({ number: 1 }, nothing);
    for (let i = 0; i < 3; i++) {
      await turn();
      log.push(1);
    }
    await running;
    expect(log.lastIndexOf(1)).toBeLessThan(log.length - 1);
    expect(log.length).toBe(23);
  });

  test("stop between two steps when their session is closed, and others go on", async () => {
    const log: number[] = [];
    const runner = new ThreadRunner(numberedProgram(log));
    const [stopped, other] = [new Session(runner), new Session(runner)];
    const running = stopped.run({ number: 1, steps: 1e9 }, (done) => {
      if (done === 10) void stopped.close(new Error("enough"));
    });
    const waiting = stopped.run({ number: 2 }, nothing);
    const untouched = other.run({ number: 3 }, nothing);
    await expect(running).rejects.toThrow("enough");
    await expect(waiting).rejects.toThrow("enough");
    expect(await untouched).toEqual(Uint8Array.of(3));
    expect(log.filter((number) => number !== 1)).toEqual([3]);
  });

  test("that throw reject, and the next is done", async () => {
    const runner = new ThreadRunner(numberedProgram());
    const session = new Session(runner);
    const failing = session.run({ number: 1 }, () => {
      throw new Error("the caller's own");
    });
    const next = session.run({ number: 2 }, nothing);
    await expect(failing).rejects.toThrow("the caller's own");
    expect(await next).toEqual(Uint8Array.of(2));
  });
});

test("a turn of the event loop is for one of those who wait for it", async () => {
  const log: string[] = [];
  const worker = async (name: string): Promise<void> => {
    for (let i = 0; i < 2; i++) {
      await ourTurn();
      log.push(name);
    }
  };
  const loop = async (): Promise<void> => {
    for (let i = 0; i < 4; i++) {
      log.push("loop");
      await turn();
    }
  };
  await Promise.all([worker("a"), worker("b"), loop()]);
  expect(log.join(" ")).toBe("loop a loop b loop a loop b");
});

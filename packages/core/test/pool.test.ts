import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { setImmediate as turn } from "node:timers/promises";
import { Session } from "../src/workers/executor.ts";
import { FairQueue } from "../src/workers/fair-queue.ts";
import { WorkerPool } from "../src/workers/pool.ts";
import { FakePort, ready } from "./helpers/fake-port.ts";
import { LaterRunner, numberedProgram, type NumberedTask } from "./helpers/numbered-tasks.ts";

const nothing = (): void => {};

/** A pool of workers that answer when the test says so. */
function pool(size: number, start: () => FakePort = () => new FakePort(ready)) {
  const ports: FakePort[] = [];
  const otherwise = new LaterRunner();
  const startWorker = (): FakePort => {
    const port = start();
    ports.push(port);
    return port;
  };
  const workers = new WorkerPool({ program: numberedProgram(), otherwise, startWorker, size });
  const session = (): Session<NumberedTask> => new Session(workers);
  return { ports, otherwise, session };
}

/** Numbers of the tasks that a worker was given. */
const given = ({ posted }: FakePort): unknown[] => posted.map((message) => (message as NumberedTask).number);

const finish = (port: FakePort): void => port.say({ type: "done", result: Uint8Array.of(7) });

async function turns(): Promise<void> {
  for (let i = 0; i < 20; i++) await turn();
}

describe("a pool", () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ["setImmediate", "queueMicrotask", "nextTick"] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test("has at most as many workers as it may, for all sessions together", async () => {
    const { ports, session } = pool(2);
    const running = Array.from({ length: 5 }, (_, number) => session().run({ number }, nothing));
    for (let done = 0; done < 5; done++) {
      await turns();
      finish(ports.find(({ posted, terminated }) => posted.length > 0 && !terminated)!);
      ports.forEach(finish);
    }
    await Promise.all(running);
    expect(ports.length).toBe(2);
  });

  test("lets each session have its turn, however many tasks one has", async () => {
    const { ports, session } = pool(1);
    const [first, second] = [session(), session()];
    for (const number of [10, 11, 12]) void first.run({ number }, nothing);
    for (const number of [20, 21]) void second.run({ number }, nothing);
    for (let i = 0; i < 5; i++) {
      await turns();
      finish(ports[0]);
    }
    expect(given(ports[0])).toEqual([10, 20, 11, 21, 12]);
  });

  test("starts a worker only when none is idle, and keeps the process alive only while one works", async () => {
    const { ports, session } = pool(2, () => new FakePort(ready, finish));
    await session().run({ number: 1 }, nothing);
    await session().run({ number: 2 }, nothing);
    expect(ports.map(({ alive }) => alive)).toEqual([false]);
    const both = Promise.all([session().run({ number: 3 }, nothing), session().run({ number: 4 }, nothing)]);
    expect(ports[0].alive).toBe(true);
    await both;
    await turns();
    expect(ports.map(({ alive }) => alive)).toEqual([false, false]);
  });

  test("ends workers that have had nothing to do for a while, and starts others afterwards", async () => {
    const { ports, session } = pool(2, () => new FakePort(ready, finish));
    await session().run({ number: 1 }, nothing);
    jest.advanceTimersByTime(4000);
    await session().run({ number: 2 }, nothing);
    jest.advanceTimersByTime(4000);
    expect(ports.map(({ terminated }) => terminated)).toEqual([false]);
    jest.advanceTimersByTime(2000);
    expect(ports.map(({ terminated }) => terminated)).toEqual([true]);
    await session().run({ number: 3 }, nothing);
    expect(ports.length).toBe(2);
  });

  test("gives a worker each model once", async () => {
    const { ports, session } = pool(1, () => new FakePort(ready, finish));
    for (const number of [1, 2]) await session().run({ number, needs: "english" }, nothing);
    expect(ports[0].posted).toEqual([
      { model: "english" },
      { number: 1, needs: "english" },
      { number: 2, needs: "english" },
    ]);
  });

  test("turns the crash of a worker into an error of its task alone, and replaces the worker", async () => {
    const { ports, session } = pool(1);
    const tasks = session();
    const crashed = tasks.run({ number: 1 }, nothing);
    const next = tasks.run({ number: 2 }, nothing);
    await turns();
    ports[0].fail("out of memory");
    await expect(crashed).rejects.toThrow("out of memory");
    await turns();
    expect(given(ports[1])).toEqual([2]);
    finish(ports[1]);
    expect(await next).toEqual(Uint8Array.of(7));
  });

  test("replaces a worker that crashed while it had nothing to do", async () => {
    const { ports, session } = pool(1);
    const first = session().run({ number: 1 }, nothing);
    await turns();
    finish(ports[0]);
    await first;
    ports[0].fail("out of memory");
    void session().run({ number: 2 }, nothing);
    await turns();
    expect([ports.length, given(ports[1])]).toEqual([2, [2]]);
  });

  test("ends what a session has running and waiting when that is closed, and nothing else", async () => {
    const { ports, session } = pool(2);
    const [stopped, other] = [session(), session()];
    const running = stopped.run({ number: 1 }, nothing);
    const untouched = other.run({ number: 2 }, nothing);
    const waiting = stopped.run({ number: 3 }, nothing);
    const later = other.run({ number: 4 }, nothing);
    await turns();
    const closing = stopped.close(new Error("closed"));
    await expect(running).rejects.toThrow("closed");
    await expect(waiting).rejects.toThrow("closed");
    await expect(stopped.run({ number: 5 }, nothing)).rejects.toThrow("closed");
    await closing;
    await turns();
    expect(ports.map(({ terminated }) => terminated)).toEqual([true, false, false]);
    ports.slice(1).forEach(finish);
    await Promise.all([untouched, later]);
    expect([given(ports[1]), given(ports[2])]).toEqual([[2], [4]]);
  });

  test("lets a worker that is starting start when its task is given up, and keep no process alive for it", async () => {
    const { ports, session } = pool(1, () => new FakePort(nothing));
    const stopped = session();
    const running = stopped.run({ number: 1 }, nothing);
    void stopped.close(new Error("closed"));
    await expect(running).rejects.toThrow("closed");
    expect(ports[0]).toMatchObject({ terminated: false, alive: false });
    void session().run({ number: 2 }, nothing);
    expect(ports[0].alive).toBe(true);
    ready(ports[0]);
    await turns();
    expect([ports.length, given(ports[0])]).toEqual([1, [2]]);
  });

  test("keeps the process alive while a worker ends, for whoever waits for that", async () => {
    const { ports, session } = pool(1);
    const stopped = session();
    const running = stopped.run({ number: 1 }, nothing);
    await turns();
    const closing = stopped.close(new Error("closed"));
    await expect(running).rejects.toThrow("closed");
    expect(ports[0].alive).toBe(true);
    await closing;
  });

  test("ends a worker whose task's progress function throws", async () => {
    const { ports, session } = pool(1);
    const running = session().run({ number: 1 }, () => {
      throw new Error("the caller's own");
    });
    await turns();
    ports[0].say({ type: "progress", done: 1 });
    await expect(running).rejects.toThrow("the caller's own");
    await turns();
    expect(ports[0].terminated).toBe(true);
  });

  test("does tasks on this thread where the host refuses workers, and asks again after a while", async () => {
    let asked = 0;
    const { otherwise, session } = pool(2, () => {
      asked++;
      throw new Error("not allowed");
    });
    for (const number of [1, 2]) expect(await session().run({ number }, nothing)).toEqual(Uint8Array.of(number));
    expect([asked, otherwise.added.length]).toEqual([1, 2]);
    jest.advanceTimersByTime(11_000);
    await session().run({ number: 3 }, nothing);
    expect(asked).toBe(2);
  });

  test("does tasks on this thread where a worker does not start", async () => {
    const { ports, otherwise, session } = pool(1, () => new FakePort((self) => self.fail("no such file")));
    expect(await session().run({ number: 1 }, nothing)).toEqual(Uint8Array.of(1));
    expect([ports[0].terminated, otherwise.added.length]).toEqual([true, 1]);
  });

  test("leaves tasks to the workers that there are where another does not start", async () => {
    let started = 0;
    const { ports, otherwise, session } = pool(2, () =>
      started++ === 0 ? new FakePort(ready) : new FakePort((self) => self.fail("too many threads")),
    );
    const running = [1, 2].map((number) => session().run({ number }, nothing));
    await turns();
    finish(ports[0]);
    await turns();
    finish(ports[0]);
    await Promise.all(running);
    expect([given(ports[0]), otherwise.added.length]).toEqual([[1, 2], 0]);
  });
});

test("a fair queue forgets what an owner has waiting when it is told to", () => {
  const queue = new FairQueue<string, number>();
  for (const [owner, number] of [
    ["a", 1],
    ["b", 2],
    ["a", 3],
  ] as const)
    queue.add(owner, number);
  expect(queue.remove("a")).toEqual([1, 3]);
  expect([queue.length, queue.take(), queue.take()]).toEqual([1, { owner: "b", thing: 2 }, undefined]);
  expect(queue.remove("a")).toEqual([]);
});

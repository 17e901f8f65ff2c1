import { describe, expect, test } from "@jest/globals";
import { compress, compressSync, decompress, verify } from "@pith/codec";
import { executors, webWorkerPort, type Executor, type WorkerPort } from "@pith/core/workers";
import { executorFor, program } from "../src/workers/program.ts";
import type { EncodeTask, Task } from "../src/workers/tasks.ts";
import { prose } from "./helpers/content.ts";

const task: EncodeTask = {
  type: "encode",
  block: { content: prose(500), number: 0, last: true },
  settings: { level: 1, method: "stored", kind: "auto" },
};
const coded = await executorFor(0).run(task, () => {});

test("a worker hands on what kind of error it was", async () => {
  // A rate at which no transformer stays a number.
  const neural = {
    learning: "dynamic",
    architecture: "transformer",
    layers: 2,
    hidden: 32,
    rate: 1,
    epochs: 5,
  } as const;
  const content = new Uint8Array(3000).map((_, i) => (i * i * 7919) >> 5);
  const settings = { level: 5, method: "rank", kind: "auto", neural: { ...neural, leastRate: 1, decay: 1 } } as const;
  const error = new RangeError("rate: expected one at which the loss stays a number, got 1: it is NaN");
  expect(() => compressSync(content, settings)).toThrow(error);
  const executor = executorFor(1);
  const running = executor.run({ type: "encode", block: { content, number: 0, last: true }, settings }, () => {});
  await expect(running).rejects.toThrow(error);
  await expect(running).rejects.toBeInstanceOf(RangeError);
});

describe("a Web Worker", () => {
  /** What a browser's Worker does, as far as the port needs it. */
  class FakeWorker extends EventTarget {
    static readonly made: FakeWorker[] = [];
    readonly posted: unknown[][] = [];
    terminated = false;
    readonly url: URL;
    readonly options: object;
    constructor(url: URL, options: object) {
      super();
      this.url = url;
      this.options = options;
      FakeWorker.made.push(this);
    }
    postMessage(...posted: unknown[]): void {
      this.posted.push(posted);
    }
    terminate(): void {
      this.terminated = true;
    }
  }

  const session = (): Executor<Task> => {
    Object.assign(globalThis, { Worker: FakeWorker });
    const start = (): WorkerPort =>
      webWorkerPort(new Worker(new URL("./worker.js", import.meta.url), { type: "module" }));
    return executors(program, start)(1);
  };

  test("is a module beside the program; it takes tasks with their buffers, and is terminated", async () => {
    const tasks = session();
    const running = tasks.run(task, () => {});
    const [worker] = FakeWorker.made;
    expect([worker.url.href.split("/").at(-1), worker.options]).toEqual(["worker.js", { type: "module" }]);
    worker.dispatchEvent(new MessageEvent("message", { data: { type: "ready" } }));
    await new Promise(setImmediate);
    const [message, transfer] = worker.posted[0] as [{ content: Uint8Array }, ArrayBuffer[]];
    expect(message.content).toEqual(task.block.content);
    expect(transfer).toEqual([message.content.buffer]);
    worker.dispatchEvent(new MessageEvent("message", { data: { type: "done", result: coded } }));
    expect(await running).toEqual(coded);
    const stopped = tasks.run(task, () => {});
    await new Promise(setImmediate);
    await Promise.all([expect(stopped).rejects.toThrow("enough"), tasks.close(new Error("enough"))]);
    expect(worker.terminated).toBe(true);
  });

  test("that fails at its start leaves the work to this thread", async () => {
    const running = session().run(task, () => {});
    FakeWorker.made.at(-1)!.dispatchEvent(Object.assign(new Event("error"), { message: "refused" }));
    expect(await running).toEqual(coded);
  });
});

describe("a signal", () => {
  const content = prose(300_000);

  test("stops workers in the middle of a block, with its reason", async () => {
    const abort = new AbortController();
    const reason = new Error("enough");
    const onProgress = (): void => abort.abort(reason);
    await expect(compress(content, { level: 1, signal: abort.signal, onProgress })).rejects.toBe(reason);
  });

  test("stops decoding too", async () => {
    const file = compressSync(content, { level: 1 });
    for (const run of [decompress, verify]) {
      const abort = new AbortController();
      const onProgress = (): void => abort.abort();
      await expect(run(file, { signal: abort.signal, onProgress })).rejects.toMatchObject({ name: "AbortError" });
    }
  });

  test("stops work on this thread between two slices", async () => {
    const abort = new AbortController();
    const reason = new Error("enough");
    const onProgress = (): void => abort.abort(reason);
    await expect(compress(content, { level: 1, threads: 0, signal: abort.signal, onProgress })).rejects.toBe(reason);
  });

  test("that was aborted before starts nothing", async () => {
    const signal = AbortSignal.abort(new Error("never"));
    await expect(compress(content, { signal })).rejects.toThrow("never");
  });
});

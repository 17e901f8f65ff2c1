import { describe, expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { compress, compressSync, decompress, verify } from "@pith/codec";
import { InlineExecutor } from "../src/run/inline.ts";
import type { EncodeTask } from "../src/run/executor.ts";
import type { WorkerPort } from "../src/workers/port.ts";
import { WorkerPool } from "../src/workers/pool.ts";
import { startWebWorker } from "../src/workers/web-worker.ts";
import { prose } from "./helpers/content.ts";

const task: EncodeTask = {
  type: "encode",
  block: { content: prose(500), number: 0, last: true },
  settings: { level: 1, method: "stored", kind: "auto" },
};
const coded = await new InlineExecutor().run(task, () => {});

/** A worker that does what the test says. */
class FakePort implements WorkerPort {
  terminated = false;
  alive: boolean | undefined;
  #message: (message: unknown) => void = () => {};
  #failure: (error: Error) => void = () => {};
  readonly #onPost: (port: FakePort) => void;

  constructor(onStart: (port: FakePort) => void, onPost: (port: FakePort) => void = () => {}) {
    this.#onPost = onPost;
    setImmediate(() => onStart(this));
  }
  say(message: unknown): void {
    this.#message(message);
  }
  fail(message: string): void {
    this.#failure(new Error(message));
  }
  post(): void {
    setImmediate(() => this.#onPost(this));
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#message = listener;
  }
  onFailure(listener: (error: Error) => void): void {
    this.#failure = listener;
  }
  keepAlive(keep: boolean): void {
    this.alive = keep;
  }
  async terminate(): Promise<void> {
    this.terminated = true;
  }
}

const ready = (port: FakePort): void => port.say({ type: "ready" });

describe("a pool", () => {
  test("runs tasks on this thread where the host refuses workers", async () => {
    const pool = new WorkerPool(() => {
      throw new Error("not allowed");
    });
    expect(await pool.run(task, () => {})).toEqual(coded);
  });

  test("runs tasks on this thread where a worker does not start", async () => {
    const port = new FakePort((self) => self.fail("no such file"));
    const pool = new WorkerPool(() => port);
    expect(await pool.run(task, () => {})).toEqual(coded);
    expect(port.terminated).toBe(true);
  });

  test("turns the crash of a worker into an error", async () => {
    const pool = new WorkerPool(() => new FakePort(ready, (port) => port.fail("out of memory")));
    await expect(pool.run(task, () => {})).rejects.toThrow("out of memory");
  });

  test("starts a worker only when none is idle, and keeps the process alive only while one works", async () => {
    const ports: FakePort[] = [];
    const answer = (port: FakePort): void => port.say({ type: "done", result: coded });
    const pool = new WorkerPool(() => {
      ports.push(new FakePort(ready, answer));
      return ports.at(-1)!;
    });
    await pool.run(task, () => {});
    await pool.run(task, () => {});
    expect(ports.length).toBe(1);
    const both = Promise.all([pool.run(task, () => {}), pool.run(task, () => {})]);
    expect(ports[0].alive).toBe(true);
    await both;
    expect(ports.map(({ alive }) => alive)).toEqual([false, false]);
    await pool.close(new Error("done"));
    expect(ports.map(({ terminated }) => terminated)).toEqual([true, true]);
  });

  test("rejects what runs when it is closed, and what comes later", async () => {
    const port = new FakePort(ready);
    const pool = new WorkerPool(() => port);
    const running = pool.run(task, () => {});
    setTimeout(() => void pool.close(new Error("closed")), 20);
    await expect(running).rejects.toThrow("closed");
    await expect(pool.run(task, () => {})).rejects.toThrow("closed");
    expect(port.terminated).toBe(true);
  });

  test("hands on what kind of error it was", async () => {
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
    const options = { method: "rank", neural: { ...neural, leastRate: 1, decay: 1 } } as const;
    const error = new RangeError("rate: expected one at which the loss stays a number, got 1: it is NaN");
    expect(() => compressSync(content, options)).toThrow(error);
    await expect(compress(content, { ...options, threads: 2 })).rejects.toThrow(error);
    await expect(compress(content, { ...options, threads: 2 })).rejects.toBeInstanceOf(RangeError);
  });
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
      setImmediate(() => {
        this.dispatchEvent(new MessageEvent("message", { data: { type: "done", result: coded } }));
      });
    }
    terminate(): void {
      this.terminated = true;
    }
  }

  test("is a module beside the program; it takes tasks with their buffers, and is terminated", async () => {
    Object.assign(globalThis, { Worker: FakeWorker });
    const pool = new WorkerPool(startWebWorker);
    const running = pool.run(task, () => {});
    const [worker] = FakeWorker.made;
    expect([worker.url.href.split("/").at(-1), worker.options]).toEqual(["worker.js", { type: "module" }]);
    worker.dispatchEvent(new MessageEvent("message", { data: { type: "ready" } }));
    expect(await running).toEqual(coded);
    const [message, transfer] = worker.posted[0] as [{ content: Uint8Array }, ArrayBuffer[]];
    expect(message.content).toEqual(task.block.content);
    expect(transfer).toEqual([message.content.buffer]);
    await pool.close(new Error("done"));
    expect(worker.terminated).toBe(true);
  });

  test("that fails at its start leaves the work to this thread", async () => {
    Object.assign(globalThis, { Worker: FakeWorker });
    const running = new WorkerPool(startWebWorker).run(task, () => {});
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
    const executor = new InlineExecutor();
    const long: EncodeTask = {
      ...task,
      block: { ...task.block, content },
      settings: { ...task.settings, method: "mix" },
    };
    const running = executor.run(long, () => {});
    void executor.close(new Error("enough"));
    await expect(running).rejects.toThrow("enough");
  });

  test("that was aborted before starts nothing", async () => {
    const signal = AbortSignal.abort(new Error("never"));
    await expect(compress(content, { signal })).rejects.toThrow("never");
  });
});

test.each([
  ["is done", "await compress(content, { level: 1, threads: 2, blockSize: 20_000 });"],
  ["was stopped", "await compress(content, { level: 9, signal: AbortSignal.timeout(50) }).catch(() => {});"],
  ["left a stream open", "new CompressStream().writable.getWriter().write(content);"],
])("a program whose compression %s ends by itself", (_, code) => {
  const program = `
    import { compress, CompressStream } from "@pith/codec";
    const content = new Uint8Array(100_000).map((_, i) => i * i);
    ${code}
    console.log("end");`;
  const { stdout, signal } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
    timeout: 60_000,
  });
  expect([stdout, signal]).toEqual(["end\n", null]);
});

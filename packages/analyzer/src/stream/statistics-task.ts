import type { WorkerPort } from "@pith/core/workers";
import { ByteCounter } from "../statistics/byte-counter.ts";
import { type ByteStatistics, byteStatistics } from "../statistics/byte-statistics.ts";
import type { FromWorker, ToWorker } from "./messages.ts";
import { startWorker } from "./start-worker.ts";

/** Level 4 of a stream, on a worker or here. */
export interface StatisticsTask {
  /** A buffer to fill, when one is free. */
  buffer(size: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Counts what lies at the start of such a buffer, which is not to be used any more. */
  push(content: Uint8Array<ArrayBuffer>): void;
  /** Ends the stream, of at least one byte. */
  finish(): Promise<ByteStatistics>;
  /** Must be called in the end, whatever happened. */
  close(): Promise<void>;
}

/**
 * @param quadruples the most slots for strings of four bytes
 * @param onWorker if false, or if the host has no workers, all is done on this thread
 */
export async function startStatistics(quadruples: number, onWorker: boolean): Promise<StatisticsTask> {
  const port = onWorker ? startWorker() : undefined;
  if (port === undefined) return new InlineTask(quadruples);
  const task = new WorkerTask(port);
  try {
    await task.ready;
  } catch {
    await task.close();
    return new InlineTask(quadruples);
  }
  task.start(quadruples);
  return task;
}

class InlineTask implements StatisticsTask {
  readonly #counter: ByteCounter;

  constructor(quadruples: number) {
    this.#counter = new ByteCounter(quadruples);
  }

  #buffer: Uint8Array<ArrayBuffer> | undefined;

  async buffer(size: number): Promise<Uint8Array<ArrayBuffer>> {
    // The event loop has its turn, so that a signal can come.
    await new Promise((resolve) => setTimeout(resolve));
    return (this.#buffer ??= new Uint8Array(size));
  }

  push(content: Uint8Array<ArrayBuffer>): void {
    this.#counter.push(content);
  }

  finish(): Promise<ByteStatistics> {
    this.#counter.close();
    return Promise.resolve(byteStatistics(this.#counter));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Buffers that are on their way at most. */
const BUFFERS = 16;

class WorkerTask implements StatisticsTask {
  /** Resolves when the worker runs; rejects if it cannot. */
  readonly ready: Promise<void>;
  readonly #port: WorkerPort;
  readonly #free: ArrayBuffer[] = [];
  #made = 0;
  #failure: Error | undefined;
  /** What waits for the next message. */
  #wake: () => void = () => undefined;
  #isReady = false;
  #result: ByteStatistics | undefined;

  constructor(port: WorkerPort) {
    this.#port = port;
    port.onMessage((message) => this.#receive(message as FromWorker));
    port.onFailure((error) => {
      this.#failure ??= error;
      this.#wake();
    });
    this.ready = this.#until(() => this.#isReady || undefined).then(() => undefined);
  }

  start(quadruples: number): void {
    this.#send({ type: "start", quadruples });
  }

  buffer(size: number): Promise<Uint8Array<ArrayBuffer>> {
    return this.#until(() => {
      let buffer = this.#free.pop();
      if (buffer === undefined && this.#made < BUFFERS) {
        this.#made++;
        buffer = new ArrayBuffer(size);
      }
      return buffer === undefined ? undefined : new Uint8Array(buffer);
    });
  }

  push({ buffer, length }: Uint8Array<ArrayBuffer>): void {
    this.#send({ type: "push", buffer, length }, [buffer]);
  }

  finish(): Promise<ByteStatistics> {
    this.#send({ type: "finish" });
    return this.#until(() => this.#result);
  }

  close(): Promise<void> {
    return this.#port.terminate();
  }

  #send(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    this.#port.post(message, transfer);
  }

  #receive(message: FromWorker): void {
    if (message.type === "ready") this.#isReady = true;
    else if (message.type === "free") this.#free.push(message.buffer);
    else if (message.type === "result") this.#result = message.result;
    else this.#failure = new Error(`a worker failed: ${message.message}`);
    this.#wake();
  }

  /** Resolves as soon as there is something to get; only one call may wait. */
  async #until<Thing>(get: () => Thing | undefined): Promise<Thing> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure;
      const thing = get();
      if (thing !== undefined) return thing;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

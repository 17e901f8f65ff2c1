import { InlineExecutor } from "../run/inline.ts";
import { loadModel } from "../methods/load-models.ts";
import type { ModelName } from "../models/models.ts";
import { neededModel, type Executor, type OnDone, type Task } from "../run/executor.ts";
import { errorFromMessage, toMessage, type ModelMessage, type WorkerMessage } from "./messages.ts";
import { nodeThreads, startNodeWorker } from "./node-threads.ts";
import type { WorkerPort } from "./port.ts";
import { startWebWorker } from "./web-worker.ts";

/** What a worker's next messages settle. */
interface Waiting {
  readonly onMessage: (message: WorkerMessage) => void;
  readonly reject: (reason: unknown) => void;
}

/** A worker and what it does. */
class Member {
  readonly #port: WorkerPort;
  /** Those that it has been given. */
  readonly #models = new Set<ModelName>();
  #waiting: Waiting | undefined;
  #failed: Error | undefined;

  constructor(port: WorkerPort) {
    this.#port = port;
    port.onMessage((message) => this.#waiting?.onMessage(message as WorkerMessage));
    port.onFailure((error) => {
      this.#failed ??= error;
      this.stop(error);
    });
  }

  /** Resolves when the worker runs; rejects if it cannot. */
  ready(): Promise<void> {
    return this.#wait((message, resolve) => {
      if (message.type === "ready") resolve();
    });
  }

  async run(task: Task, onDone: OnDone): Promise<Uint8Array> {
    const model = neededModel(task);
    if (model !== undefined && !this.#models.has(model)) {
      this.#port.post({ type: "model", model: await loadModel(model) } satisfies ModelMessage, []);
      this.#models.add(model);
    }
    const { message, transfer } = toMessage(task);
    this.#port.post(message, transfer);
    // No answer can come before the event loop turns.
    return await this.#wait<Uint8Array>((answer, resolve, reject) => {
      if (answer.type === "progress") onDone(answer.done);
      else if (answer.type === "done") resolve(answer.result);
      else if (answer.type === "error") reject(errorFromMessage(answer.error));
    });
  }

  /** Rejects what is waited for. */
  stop(reason: unknown): void {
    this.#waiting?.reject(reason);
  }

  terminate(): Promise<void> {
    return this.#port.terminate();
  }

  async #wait<Result>(
    onMessage: (message: WorkerMessage, resolve: (result: Result) => void, reject: (reason: unknown) => void) => void,
  ): Promise<Result> {
    if (this.#failed !== undefined) throw this.#failed;
    // Only a worker that is waited for keeps the process alive.
    this.#port.keepAlive(true);
    try {
      return await new Promise<Result>((resolve, reject) => {
        const settle = (message: WorkerMessage): void => {
          try {
            onMessage(message, resolve, reject);
          } catch (error) {
            // The caller's progress function threw.
            this.stop(error);
          }
        };
        this.#waiting = { onMessage: settle, reject };
      });
    } finally {
      this.#waiting = undefined;
      this.#port.keepAlive(false);
    }
  }
}

/**
 * Runs tasks on workers, which start as they are needed: as many as there are tasks at one time. Where workers cannot
 * start, tasks run on this thread, in slices.
 */
export class WorkerPool implements Executor {
  readonly #members = new Set<Member>();
  readonly #idle: Member[] = [];
  readonly #inline = new InlineExecutor();
  readonly #startWorker: () => WorkerPort;
  #workersStart = true;
  #closed: { readonly reason: unknown } | undefined;

  /** @param start starts a worker of the host; throws where there are none */
  constructor(start: () => WorkerPort = startWorker) {
    this.#startWorker = start;
  }

  async run(task: Task, onDone: OnDone): Promise<Uint8Array> {
    const member = this.#idle.pop() ?? (await this.#start());
    if (this.#closed !== undefined) throw this.#closed.reason;
    if (member === undefined) return this.#inline.run(task, onDone);
    const result = await member.run(task, onDone);
    this.#idle.push(member);
    return result;
  }

  async close(reason: unknown): Promise<void> {
    this.#closed ??= { reason };
    const members = [...this.#members];
    this.#members.clear();
    for (const member of members) member.stop(reason);
    await Promise.all([this.#inline.close(reason), ...members.map((member) => member.terminate())]);
  }

  /** A worker that is ready; undefined where none can start. */
  async #start(): Promise<Member | undefined> {
    if (!this.#workersStart || this.#closed !== undefined) return undefined;
    let member: Member | undefined;
    try {
      member = new Member(this.#startWorker());
      this.#members.add(member);
      await member.ready();
      return member;
    } catch {
      this.#workersStart = false;
      if (member !== undefined) {
        this.#members.delete(member);
        await member.terminate();
      }
      return undefined;
    }
  }
}

function startWorker(): WorkerPort {
  const threads = nodeThreads();
  return threads === undefined ? startWebWorker() : startNodeWorker(threads);
}

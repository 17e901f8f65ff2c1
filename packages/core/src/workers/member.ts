import { giveSpare } from "../bytes/spare.ts";
import { errorFromMessage, type Answer } from "./answers.ts";
import type { OnDone } from "../steps/steps.ts";
import type { Program } from "./executor.ts";
import type { WorkerPort } from "./port.ts";

/** A worker of a pool, which does one task at a time. */
export class Member<Task> {
  readonly #port: WorkerPort;
  /** What it was given for its tasks. */
  readonly #has = new Set<string>();
  #onAnswer: (answer: Answer) => void = () => undefined;
  #reject: (reason: unknown) => void = () => undefined;
  #failure: { readonly reason: unknown } | undefined;
  #works = false;
  #ended: Promise<void> | undefined;

  /** @param onFailure the worker ended, though nobody asked it to */
  constructor(port: WorkerPort, onFailure: (error: Error) => void) {
    this.#port = port;
    port.onMessage((message) => this.#onAnswer(message as Answer));
    port.onFailure((error) => {
      if (this.#failure !== undefined) return;
      this.fail(error);
      onFailure(error);
    });
  }

  /** Whether it can take another task: it is not in the midst of one, and has not ended. */
  get isFree(): boolean {
    return !this.#works && this.#failure === undefined;
  }

  /** Resolves when the worker runs; rejects if it cannot. */
  async ready(): Promise<void> {
    await this.#answer<undefined>((answer, resolve) => {
      if (answer.type === "ready") resolve(undefined);
    });
  }

  /** Does a task, that is {@link Member.isFree | free} to. */
  async run(task: Task, program: Program<Task>, onDone: OnDone): Promise<Uint8Array> {
    this.#works = true;
    this.keepAlive(true);
    try {
      const needs = await program.prepare(task);
      if (this.#failure !== undefined) throw this.#failure.reason;
      for (const { name, message } of needs.filter((need) => !this.#has.has(need.name))) {
        this.#port.post(message, []);
        this.#has.add(name);
      }
      const { message, transfer } = program.toMessage(task);
      this.#port.post(message, transfer);
    } catch (error) {
      // It was not given the task.
      this.#works = false;
      throw error;
    }
    return await this.#answer<Uint8Array>((answer, resolve, reject) => {
      if (answer.type === "progress") {
        onDone(answer.done);
        return;
      }
      this.#works = false;
      if (answer.type === "done") {
        answer.spent?.forEach(giveSpare);
        resolve(answer.result);
      }
      if (answer.type === "error") reject(errorFromMessage(answer.error));
    });
  }

  /** Makes what it does reject. It takes no task any more. */
  fail(reason: unknown): void {
    this.#failure ??= { reason };
    this.#reject(reason);
  }

  /** Whether the worker keeps the process alive. One that ends does, for whoever waits for it has nothing else that would. */
  keepAlive(keep: boolean): void {
    if (this.#ended === undefined) this.#port.keepAlive(keep);
  }

  /** Ends the worker at once, whatever it does. Resolves when it has ended. */
  async end(reason: unknown): Promise<void> {
    this.fail(reason);
    this.keepAlive(true);
    this.#ended ??= this.#port.terminate();
    await this.#ended;
  }

  async #answer<Result>(
    onAnswer: (answer: Answer, resolve: (result: Result) => void, reject: (reason: unknown) => void) => void,
  ): Promise<Result> {
    if (this.#failure !== undefined) throw this.#failure.reason;
    try {
      return await new Promise<Result>((resolve, reject) => {
        this.#reject = reject;
        this.#onAnswer = (answer) => {
          try {
            onAnswer(answer, resolve, reject);
          } catch (error) {
            // The caller's progress function threw.
            this.#reject(error);
          }
        };
      });
    } finally {
      this.#onAnswer = () => undefined;
      this.#reject = () => undefined;
      this.keepAlive(false);
    }
  }
}

import type { OnDone, Steps } from "../steps/steps.ts";

/** What one call or stream runs its tasks with. */
export interface Executor<Task> {
  /** Several may run at a time; the caller bounds how many. */
  run(task: Task, onDone: OnDone): Promise<Uint8Array>;
  /** Stops what runs and forgets what waits: both reject with `reason`. Resolves when nothing runs any more. */
  close(reason: unknown): Promise<void>;
}

/** What a task needs before it can be done, once a thread: a kernel, a model. */
export interface Need {
  readonly name: string;
  /** Plain data that a worker is given before the task. */
  readonly message: unknown;
}

/** How tasks are done: here, or by a worker. */
export interface Program<Task> {
  /** Loads what a task needs, in this thread. */
  prepare(task: Task): Promise<readonly Need[]>;
  /** Does a task. @yields bytes of content done so far, every few milliseconds */
  steps(task: Task): Steps<Uint8Array>;
  /** The task as plain data, and the buffers that go with it, which are no longer the caller's. */
  toMessage(task: Task): { message: unknown; transfer: ArrayBuffer[] };
}

/** A task that waits or runs. */
export interface Pending<Task> {
  readonly task: Task;
  readonly onDone: OnDone;
  readonly resolve: (result: Uint8Array) => void;
  readonly reject: (reason: unknown) => void;
}

/** What does the tasks of many sessions. */
export interface Runner<Task> {
  add(session: Session<Task>, pending: Pending<Task>): void;
  /** Stops what a session has waiting and running: all of it rejects with the reason. */
  drop(session: Session<Task>, reason: unknown): Promise<void>;
}

/** One call's or stream's tasks, among those of others. */
export class Session<Task> implements Executor<Task> {
  readonly #runner: Runner<Task>;
  #closed: { readonly reason: unknown } | undefined;

  constructor(runner: Runner<Task>) {
    this.#runner = runner;
  }

  async run(task: Task, onDone: OnDone): Promise<Uint8Array> {
    if (this.#closed !== undefined) throw this.#closed.reason;
    return await new Promise((resolve, reject) => {
      this.#runner.add(this, { task, onDone, resolve, reject });
    });
  }

  async close(reason: unknown): Promise<void> {
    this.#closed ??= { reason };
    await this.#runner.drop(this, reason);
  }
}

import { turn } from "../steps/turn.ts";
import type { Pending, Program, Runner, Session } from "./executor.ts";
import { FairQueue } from "./fair-queue.ts";

/** Longest that a slice keeps the event loop waiting, beside one step of a task. */
const SLICE_MILLISECONDS = 6;

/**
 * Does tasks on this thread, one after the other and in slices, between which the event loop turns. One at a time, since
 * each takes its memory from its first slice to its last.
 */
export class ThreadRunner<Task> implements Runner<Task> {
  readonly #program: Program<Task>;
  readonly #queue = new FairQueue<Session<Task>, Pending<Task>>();
  #current: { readonly session: Session<Task>; readonly stop: (reason: unknown) => void } | undefined;
  #runs = false;
  #sliceEnd = 0;

  constructor(program: Program<Task>) {
    this.#program = program;
  }

  add(session: Session<Task>, pending: Pending<Task>): void {
    this.#queue.add(session, pending);
    if (!this.#runs) void this.#runAll();
  }

  drop(session: Session<Task>, reason: unknown): Promise<void> {
    for (const { reject } of this.#queue.remove(session)) reject(reason);
    if (this.#current?.session === session) this.#current.stop(reason);
    return Promise.resolve();
  }

  async #runAll(): Promise<void> {
    this.#runs = true;
    // Whoever called may have more to do, and more to call.
    await this.#nextSlice();
    for (let next = this.#queue.take(); next !== undefined; next = this.#queue.take()) {
      const { owner, thing } = next;
      try {
        thing.resolve(await this.#run(owner, thing));
      } catch (error) {
        thing.reject(error);
      }
    }
    this.#runs = false;
  }

  async #run(session: Session<Task>, { task, onDone, reject }: Pending<Task>): Promise<Uint8Array> {
    let stopped: { readonly reason: unknown } | undefined;
    const stop = (reason: unknown): void => {
      stopped = { reason };
      reject(reason);
    };
    this.#current = { session, stop };
    let steps: ReturnType<Program<Task>["steps"]> | undefined;
    try {
      await this.#program.prepare(task);
      steps = this.#program.steps(task);
      for (;;) {
        if (performance.now() >= this.#sliceEnd) await this.#nextSlice();
        if (stopped !== undefined) throw stopped.reason;
        const { done, value } = steps.next();
        if (done === true) return value;
        onDone(value);
      }
    } finally {
      // Of a task that was stopped: what it holds is given back.
      steps?.return(new Uint8Array(0));
      this.#current = undefined;
    }
  }

  async #nextSlice(): Promise<void> {
    await turn();
    this.#sliceEnd = performance.now() + SLICE_MILLISECONDS;
  }
}

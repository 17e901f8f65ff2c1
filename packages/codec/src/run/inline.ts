import { loadModel } from "../methods/load-models.ts";
import { neededModel, stepsOf, type Executor, type OnDone, type Task } from "./executor.ts";
import { nextTurn } from "../steps/turn.ts";

/** Longest that a slice keeps the event loop waiting, plus one step of a method. */
const SLICE_MILLISECONDS = 12;

/** Runs tasks on this thread, in slices between which the event loop turns. */
export class InlineExecutor implements Executor {
  #stopped: { readonly reason: unknown } | undefined;

  async run(task: Task, onDone: OnDone): Promise<Uint8Array> {
    const model = neededModel(task);
    if (model !== undefined) await loadModel(model);
    const steps = stepsOf(task);
    let sliceEnd = performance.now() + SLICE_MILLISECONDS;
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return value;
      onDone(value);
      if (performance.now() < sliceEnd) continue;
      await nextTurn();
      if (this.#stopped !== undefined) throw this.#stopped.reason;
      sliceEnd = performance.now() + SLICE_MILLISECONDS;
    }
  }

  close(reason: unknown): Promise<void> {
    this.#stopped = { reason };
    return Promise.resolve();
  }
}

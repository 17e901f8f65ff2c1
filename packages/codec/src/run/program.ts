import { loadModel } from "../methods/load-models.ts";
import type { Program } from "../workers/executor.ts";
import { toMessage, type ModelMessage } from "../workers/messages.ts";
import { neededModel, stepsOf, type Task } from "./executor.ts";

/** How the tasks of compressing and decompressing are done. */
export const program: Program<Task> = {
  async prepare(task) {
    const name = neededModel(task);
    if (name === undefined) return undefined;
    return { name, message: { type: "model", model: await loadModel(name) } satisfies ModelMessage };
  },
  steps: stepsOf,
  toMessage,
};

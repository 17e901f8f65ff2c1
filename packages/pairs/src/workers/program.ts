import type { InstalledModel } from "@pith/core/models";
import { executors, need } from "@pith/core/workers";
import { PAIRS_SOURCES } from "../sources/resolvers.ts";
import { letterSteps, type LettersTask } from "./letters-task.ts";
import { startWorker } from "./start-worker.ts";

/** What resolves letters, here or in workers. */
export const executorFor = executors<LettersTask>(
  {
    async prepare({ model: size }) {
      const source = PAIRS_SOURCES[size];
      const { name } = source.model;
      const model: InstalledModel = { name, content: await source.load() };
      return [need(name, model)];
    },
    steps: letterSteps,
    // Its cells are a copy of the kernel's, and no caller's; the rest is small, or cloned.
    toMessage: (task) => ({ message: task, transfer: [task.cells.buffer] }),
  },
  startWorker,
);

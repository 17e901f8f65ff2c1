import { executors, type Program } from "@pith/core/workers";
import { toMessage } from "./messages.ts";
import { loadNeeds } from "./needs.ts";
import { startWorker } from "./start-worker.ts";
import { stepsOf, type Task } from "./tasks.ts";

/** How the tasks of compressing and decompressing are done. */
export const program: Program<Task> = { prepare: loadNeeds, steps: stepsOf, toMessage };

/** What codes blocks, here or in workers. */
export const executorFor = executors(program, startWorker);

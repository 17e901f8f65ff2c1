import type { Program } from "../workers/executor.ts";
import { toMessage } from "../workers/messages.ts";
import { stepsOf, type Task } from "./executor.ts";
import { loadNeeds } from "./needs.ts";

/** How the tasks of compressing and decompressing are done. */
export const program: Program<Task> = { prepare: loadNeeds, steps: stepsOf, toMessage };

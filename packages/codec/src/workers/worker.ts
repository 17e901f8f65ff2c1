/** The program of a worker that codes blocks. In Node, also that of a thread that is ahead of one with a part of its work. */
import { nodeThreads, serve, startNodeThread } from "@pith/core/workers";
import { provideThread, runAhead, type AheadTask } from "../methods/mix/ahead.ts";
import { install, type Installed } from "./install.ts";
import { fromMessage, spentBy, type TaskMessage } from "./messages.ts";
import { stepsOf } from "./tasks.ts";

/** What a thread is given by a worker that it is ahead of. */
interface Given {
  readonly ahead: AheadTask;
}

const threads = nodeThreads();
const given = threads?.workerData;

if (typeof given === "object" && given !== null && "ahead" in given) runAhead((given as Given).ahead);
else {
  if (threads !== undefined) {
    provideThread((ahead) => startNodeThread(threads, new URL(import.meta.url), { ahead } satisfies Given));
  }
  serve<TaskMessage, Installed>((message) => stepsOf(fromMessage(message)), install, spentBy);
}

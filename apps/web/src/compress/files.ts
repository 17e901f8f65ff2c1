import { JobQueue } from "./queue.ts";
import { RemoteRunner } from "./remote-runner.ts";

/** The files of this page; they stay while other views are shown. */
export const files = new JobQueue(new RemoteRunner());

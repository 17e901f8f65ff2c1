import { countWorkers } from "./cores.ts";
import { Session, type Executor, type Program } from "./executor.ts";
import { WorkerPool } from "./pool.ts";
import type { WorkerPort } from "./port.ts";
import { ThreadRunner } from "./thread.ts";

/** Bytes of content up to which this thread is sooner done than a worker that has to start. */
const SMALL = 131_072;

/**
 * What does a program's tasks, for all of its calls and streams: at most as many workers as there are cores.
 *
 * @param startWorker starts a worker of the host, which serves the program; throws where there are none
 * @returns what does the tasks of one call or stream. `threads` is as of the options, 0 asks for this thread;
 *   `contentLength` is the number of bytes to be coded, undefined where that is not known
 */
export function executors<Task>(
  program: Program<Task>,
  startWorker: () => WorkerPort,
): (threads: number, contentLength?: number) => Executor<Task> {
  // One of each for all that there is to do; a long block on this thread does not keep short content waiting.
  const short = new ThreadRunner(program);
  const long = new ThreadRunner(program);
  const pool = new WorkerPool({ program, otherwise: long, startWorker, size: countWorkers() });
  return (threads, contentLength) => {
    if (contentLength !== undefined && contentLength <= SMALL) return new Session(short);
    return new Session(threads === 0 ? long : pool);
  };
}

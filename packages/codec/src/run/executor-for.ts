import { countCores } from "../workers/cores.ts";
import { Session } from "../workers/executor.ts";
import { WorkerPool } from "../workers/pool.ts";
import { startWorker } from "../workers/start-worker.ts";
import { ThreadRunner } from "../workers/thread.ts";
import type { Executor } from "./executor.ts";
import { program } from "./program.ts";

/** Bytes of content below which a worker takes longer to start than the work takes. */
const SMALL = 16_384;

// One of each for all that this program has to do; a long block on this thread does not keep short content waiting.
const short = new ThreadRunner(program);
const long = new ThreadRunner(program);
const pool = new WorkerPool({ program, otherwise: long, startWorker, size: countCores() });

/**
 * What does the tasks of one call or stream.
 *
 * @param threads as of the options: 0 asks for this thread
 * @param contentLength bytes to be coded; undefined where that is not known
 */
export function executorFor(threads: number, contentLength?: number): Executor {
  if (contentLength !== undefined && contentLength <= SMALL) return new Session(short);
  return new Session(threads === 0 ? long : pool);
}

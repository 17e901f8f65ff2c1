import { WorkerPool } from "../workers/pool.ts";
import type { Executor } from "./executor.ts";
import { InlineExecutor } from "./inline.ts";

/** Bytes of content below which a worker takes longer to start than the work takes. */
const SMALL = 16_384;

/**
 * @param threads as of the options: 0 asks for this thread
 * @param contentLength bytes to be coded; undefined where that is not known
 */
export function executorFor(threads: number, contentLength?: number): Executor {
  const small = contentLength !== undefined && contentLength <= SMALL;
  return threads === 0 || small ? new InlineExecutor() : new WorkerPool();
}

import { WorkerPool } from "../workers/pool.ts";
import { type Executor } from "./executor.ts";
import { InlineExecutor } from "./inline.ts";

/** Bytes of content below which a worker takes longer to start than the work takes. */
const SMALL = 16_384;

/** @param contentLength bytes to be coded; undefined where that is not known */
export function executorFor(contentLength: number | undefined): Executor {
  return contentLength !== undefined && contentLength <= SMALL ? new InlineExecutor() : new WorkerPool();
}

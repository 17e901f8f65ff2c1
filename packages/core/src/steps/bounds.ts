import { checkInteger } from "../checks.ts";
import type { Bounds } from "./in-order.ts";

const MOST_THREADS = 64;
const DEFAULT_MEMORY_LIMIT = 2 ** 30;

/** Options that say what work may take at one time. */
export interface BoundsOptions {
  /** Worker threads, 0 to 64; default 1. 0 works on the calling thread. */
  readonly threads?: number | undefined;
  /** Bytes of memory; default 1 GiB. */
  readonly memoryLimit?: number | undefined;
}

/** @throws TypeError, RangeError */
export function boundsOf({ threads = 1, memoryLimit = DEFAULT_MEMORY_LIMIT }: BoundsOptions): Bounds {
  return {
    threads: checkInteger("threads", threads, 0, MOST_THREADS),
    memoryLimit: checkInteger("memoryLimit", memoryLimit, 0),
  };
}

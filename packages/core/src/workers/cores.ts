import { addressLimit } from "@pith/core";

/** What is used of the hosts, which have no types here. */
interface Hosts {
  readonly process?: { getBuiltinModule?(name: "node:os"): { availableParallelism(): number } };
  readonly navigator?: { readonly hardwareConcurrency?: number };
}

/** Where the host does not say how many there are. */
const UNKNOWN = 2;

/** Processor cores that this program may use, at least 1. */
function countCores(): number {
  const { process, navigator } = globalThis as unknown as Hosts;
  const cores = process?.getBuiltinModule?.("node:os").availableParallelism() ?? navigator?.hardwareConcurrency;
  return Math.max(1, cores ?? UNKNOWN);
}

/** Bytes of addresses for a worker, and for a kernel in it: engines reserve far more than they use. */
const ADDRESSES = 2 ** 34;

/**
 * Workers that a pool may have: one a core; none where addresses are limited (`ulimit -v`) to fewer than they reserve, since
 * the engine ends the whole process when a thread's reservation fails.
 */
export function countWorkers(): number {
  const cores = countCores();
  const limit = addressLimit();
  return limit === undefined ? cores : Math.min(cores, Math.floor(limit / ADDRESSES));
}

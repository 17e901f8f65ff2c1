/** What is used of the hosts, which have no types here. */
interface Hosts {
  readonly process?: { getBuiltinModule?(name: "node:os"): { availableParallelism(): number } };
  readonly navigator?: { readonly hardwareConcurrency?: number };
}

/** Where the host does not say how many there are. */
const UNKNOWN = 2;

/** Processor cores that this program may use, at least 1. */
export function countCores(): number {
  const { process, navigator } = globalThis as unknown as Hosts;
  const cores = process?.getBuiltinModule?.("node:os").availableParallelism() ?? navigator?.hardwareConcurrency;
  return Math.max(1, cores ?? UNKNOWN);
}

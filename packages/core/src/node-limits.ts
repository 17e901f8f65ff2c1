/** What is used of Node, which has no types here. */
interface NodeProcess {
  getBuiltinModule?(name: "node:fs"): { readFileSync(path: string, encoding: "latin1"): string };
}

/**
 * Bytes of addresses that this process may have, as of `ulimit -v`; undefined where there is no limit, or none that can be
 * found out.
 */
export function addressLimit(): number | undefined {
  const { process } = globalThis as { process?: NodeProcess };
  try {
    const limits = process?.getBuiltinModule?.("node:fs").readFileSync("/proc/self/limits", "latin1");
    const limit = Number(/^Max address space +(\d+) /m.exec(limits ?? "")?.[1]);
    return Number.isNaN(limit) ? undefined : limit;
  } catch {
    // Only Linux has this file.
    return undefined;
  }
}

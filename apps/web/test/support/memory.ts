import { readFileSync, readdirSync } from "node:fs";

/** Whether memory of processes can be measured here. */
export const CAN_MEASURE = process.platform === "linux";

/**
 * Bytes of memory of a program and of all that it started, what they share counted once.
 *
 * @param mark what stands in its command line
 */
export function memoryOf(mark: string): number {
  const children = new Map<number, number[]>();
  const roots: number[] = [];
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const stat = read(`/proc/${pid}/stat`);
    // After the name, which may hold anything: state, parent.
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
    if (pid !== process.pid && read(`/proc/${pid}/cmdline`).includes(mark)) roots.push(pid);
  }
  const family = new Set<number>();
  const add = (pid: number): void => {
    if (family.has(pid)) return;
    family.add(pid);
    children.get(pid)?.forEach(add);
  };
  roots.forEach(add);
  return [...family].reduce((sum, pid) => sum + proportionalSize(pid), 0);
}

function proportionalSize(pid: number): number {
  return 1024 * Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
}

/** A file of a process; empty if the process has ended. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

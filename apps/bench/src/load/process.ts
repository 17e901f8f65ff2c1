/** A child: puts the library under load in one process, and prints what that does to the process. */
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { compress, compressSync, LEVELS, loadModels } from "@pith/codec";
import { pseudoText } from "../measure/pseudo-text.ts";
import type { Load, LoadRequest } from "./request.ts";

/** Of the timer, and between two looks at the process. In milliseconds. */
const TICK = 5;

/** Threads of this process. */
function threadCount(): number {
  return Number(/^Threads:\s*(\d+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? NaN);
}

/** Calls `look` every few milliseconds until what is given is done; returns by how much the latest call was late. */
async function watch(done: Promise<unknown>, look: () => void): Promise<number> {
  let latest = 0;
  let goesOn = true;
  const stop = done.finally(() => (goesOn = false));
  while (goesOn) {
    const due = performance.now() + TICK;
    await delay(TICK);
    latest = Math.max(latest, performance.now() - due);
    look();
  }
  await stop;
  return latest;
}

async function run({ level, size, calls, how }: LoadRequest): Promise<Load> {
  const contents = Array.from({ length: calls }, (_, seed) => pseudoText(size, seed + 1));
  if (level === LEVELS.length) await loadModels("mix-english");
  // What is compiled once, and the threads that a process has in any case.
  await compress(pseudoText(size, 0), { level, threads: 0 });
  const threadsBefore = threadCount();
  let threads = 0;
  const cpuBefore = process.cpuUsage();
  let lateness = 0;
  if (how === "sync") for (const content of contents) compressSync(content, { level });
  else {
    const all = Promise.all(contents.map((content) => compress(content, { level, threads: how === "here" ? 0 : 1 })));
    lateness = await watch(all, () => (threads = Math.max(threads, threadCount() - threadsBefore)));
  }
  const { user, system } = process.cpuUsage(cpuBefore);
  return { lateness, threads, cpuSeconds: (user + system) / 1e6, peakMemory: process.resourceUsage().maxRSS * 1024 };
}

console.log(JSON.stringify(await run(JSON.parse(process.argv[2]) as LoadRequest)));

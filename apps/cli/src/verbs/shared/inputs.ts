/** Files that verbs of several families read whole. */

import { readFile, stat } from "node:fs/promises";

import type { Statistics } from "@pith/statistics";

import { Failure, Skipped } from "../../errors.ts";
import { systemPath } from "../../files/system-path.ts";
import { formatBytes } from "../../format.ts";
import { advising } from "./advising.ts";

/** Statistics are much smaller; what is larger is something else. */
const LARGEST_STATISTICS = 2 ** 26;

/** Reads a file of statistics. */
export async function readStatisticsFile(path: string): Promise<Statistics> {
  const { readStatistics } = await import("@pith/statistics");
  await refuseLarger(path, LARGEST_STATISTICS);
  const bytes = await readFile(systemPath(path));
  return advising("make it again with pith stats count", () => readStatistics(bytes));
}

/**
 * @throws Skipped if it is a folder
 * @throws Failure if it has more than `largest` bytes
 */
export async function refuseLarger(path: string, largest: number): Promise<void> {
  const stats = await stat(systemPath(path));
  if (stats.isDirectory()) throw new Skipped("is a directory; name the files in it");
  if (stats.size > largest) {
    throw new Failure(`expected at most ${formatBytes(largest)}, got ${formatBytes(stats.size)}`);
  }
}

/** Temporary files that vanish however the command ends; after a kill that no program hears, at the next run. */

import { closeSync, openSync, unlinkSync } from "node:fs";
import { constants } from "node:os";
import { basename, dirname, join } from "node:path";

import { exitCodeOfSignal } from "../errors.ts";
import { removeStale, temporaryName } from "./stale.ts";
import { systemPath } from "./system-path.ts";

const STOPPING = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const unfinished = new Set<string>();
const cleaned = new Set<string>();
let watching = false;

/** Creates an empty file in the folder of `target`, and deletes what killed runs have left in that folder. */
export function createTemporary(target: string, mode: number): { path: string; descriptor: number } {
  watch();
  const folder = dirname(target);
  if (!cleaned.has(folder)) removeStale(folder);
  cleaned.add(folder);
  for (let attempt = 0; ; attempt++) {
    const path = join(folder, temporaryName(basename(target)));
    try {
      // Synchronously: between creation and registration there must be no moment for a signal.
      const descriptor = openSync(systemPath(path), "wx+", mode);
      unfinished.add(path);
      return { path, descriptor };
    } catch (error) {
      if (attempt === 9 || (error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** The file is no longer there under this name. */
export function forgetTemporary(path: string): void {
  unfinished.delete(path);
}

/** Deletes a file that will not be finished. */
export function removeTemporary(path: string): void {
  unfinished.delete(path);
  try {
    unlinkSync(systemPath(path));
  } catch {
    // It is gone already, or the folder no longer lets us: there is nothing more to try.
  }
}

function watch(): void {
  if (watching) return;
  watching = true;
  process.on("exit", () => {
    for (const path of unfinished) removeTemporary(path);
  });
  for (const signal of STOPPING) {
    process.once(signal, () => process.exit(exitCodeOfSignal(constants.signals[signal])));
  }
}

/** Closes a descriptor whose file is given up: an error no longer matters. */
export function closeQuietly(descriptor: number): void {
  try {
    closeSync(descriptor);
  } catch {
    // Given up all the same.
  }
}

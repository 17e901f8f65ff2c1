/** Temporary files that vanish however the command ends, save by a kill that no program hears. */

import { closeSync, openSync, unlinkSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";

import { exitCodeOfSignal } from "../errors.ts";

const STOPPING = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const unfinished = new Set<string>();
let watching = false;

/** Creates an empty file in the folder of `target`. */
export function createTemporary(target: string, mode: number): { path: string; descriptor: number } {
  watch();
  for (let attempt = 0; ; attempt++) {
    const path = join(dirname(target), `.pith-${process.pid}-${Math.random().toString(36).slice(2, 10)}.tmp`);
    try {
      // Synchronously: between creation and registration there must be no moment for a signal.
      const descriptor = openSync(path, "wx", mode);
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
    unlinkSync(path);
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

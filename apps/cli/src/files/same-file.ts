/** Whether a file is still what it was when it was opened, before it is deleted. */

import { fstat, lstat } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { systemCode } from "../errors.ts";
import type { FileStats } from "./attributes.ts";
import { systemPath } from "./system-path.ts";

const statDescriptor = promisify(fstat);
const statLink = promisify(lstat);

/**
 * How what has a name now differs from the open file as it was.
 *
 * @param before what the open file was; see {@link settle}
 * @returns undefined if it does not differ
 */
export async function difference(path: string, descriptor: number, before: FileStats): Promise<string | undefined> {
  const named = await statLink(systemPath(path), { bigint: true }).catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  });
  if (named?.isSymbolicLink()) return "is a symbolic link";
  if (named === undefined || named.dev !== before.dev || named.ino !== before.ino)
    return "was moved or replaced meanwhile";
  const now = await statDescriptor(descriptor, { bigint: true });
  const same = now.size === before.size && now.mtimeNs === before.mtimeNs && now.ctimeNs === before.ctimeNs;
  return same ? undefined : "changed after it was opened; the output holds what was read";
}

/** Milliseconds between two times that a file system can tell apart: a tick of the clock, or seconds where it keeps those. */
const TICK = 20;
const COARSE_TICK = 2_000;
const SECOND = 1_000_000_000n;

/**
 * Waits until a change would get another time than the last one has. Returns whether it waited. A file that was written
 * a moment ago could otherwise be written once more with nothing to tell.
 */
export async function settle({ mtimeNs, ctimeNs }: FileStats): Promise<boolean> {
  const coarse = mtimeNs % SECOND === 0n && ctimeNs % SECOND === 0n;
  const age = Date.now() - Number(ctimeNs / 1_000_000n);
  const wait = (coarse ? COARSE_TICK : TICK) - age;
  if (wait <= 0 || age < 0) return false;
  await sleep(wait);
  return true;
}

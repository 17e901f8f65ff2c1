/** What an output takes over from its source: owner, mode and times. */

import { fchmod, fchown, fstat, futimes, type BigIntStats } from "node:fs";
import { promisify } from "node:util";

import { explain } from "../explain.ts";

const setMode = promisify(fchmod);
const setOwner = promisify(fchown);
const setTimes = promisify(futimes);
const statDescriptor = promisify(fstat);

/** Bigint nanoseconds, since a double in milliseconds holds only microseconds. */
export type FileStats = BigIntStats;

/**
 * Copies what can be copied; the content of the output is right all the same.
 *
 * @returns what could not be copied, and why; undefined if everything was
 */
export async function copyAttributes(descriptor: number, source: FileStats): Promise<string | undefined> {
  try {
    const groupKept = await keepOwner(descriptor, source);
    await setMode(descriptor, modeOf(source, groupKept));
    await copyTimes(descriptor, source);
    return undefined;
  } catch (error) {
    return `the output could not get the mode and times of its source: ${explain(error).message}`;
  }
}

/** Copies owner and group as far as permitted; returns whether the group is that of the source. */
async function keepOwner(descriptor: number, source: FileStats): Promise<boolean> {
  const [uid, gid] = [Number(source.uid), Number(source.gid)];
  const own = await statDescriptor(descriptor);
  if (own.gid !== gid) await setOwner(descriptor, own.uid, gid).catch(() => undefined);
  if (own.uid !== uid) await setOwner(descriptor, uid, -1).catch(() => undefined);
  return (await statDescriptor(descriptor)).gid === gid;
}

/** Without the right group, the group's rights shrink to those of everybody, so that nobody gains any. */
function modeOf(source: FileStats, groupKept: boolean): number {
  const rights = Number(source.mode) & 0o777;
  return groupKept ? rights : rights & ~(0o070 & ~((rights & 0o007) << 3));
}

const MICROSECOND = 1_000n;
const SECOND = 1_000_000_000n;

/**
 * Sets the times to those of the source or, where that cannot be said exactly, to the next later ones that can: output
 * older than its source would be made again by `make` for ever. Node takes seconds as a double and cuts them to
 * microseconds, and some file systems keep whole seconds only, or even ones.
 */
export async function copyTimes(descriptor: number, { atimeNs, mtimeNs }: Times): Promise<void> {
  for (const time of [exact(mtimeNs), ...[MICROSECOND, SECOND, 2n * SECOND].map((step) => middle(mtimeNs, step))]) {
    await setTimes(descriptor, exact(atimeNs), time);
    if ((await statDescriptor(descriptor, { bigint: true })).mtimeNs >= mtimeNs) return;
  }
}

/** Times in nanoseconds since 1970. */
type Times = Pick<FileStats, "atimeNs" | "mtimeNs">;

/** Nanoseconds as seconds in decimal. As text, since Node takes a negative number for the present. */
export function exact(nanoseconds: bigint): string {
  const digits = (nanoseconds < 0 ? -nanoseconds : nanoseconds).toString().padStart(10, "0");
  return `${nanoseconds < 0 ? "-" : ""}${digits.slice(0, -9)}.${digits.slice(-9)}`;
}

/** The middle of the first step that does not begin before a time: whoever cuts it to steps gets the begin, exactly. */
function middle(time: bigint, step: bigint): string {
  let steps = time / step;
  if (steps * step < time) steps++;
  // Before 1970 it is cut towards 1970: to the end of the step, which begins no sooner either.
  return exact(steps * step + step / 2n);
}

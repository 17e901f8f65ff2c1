/** Names of files that are descriptors of this process, and descriptors that nobody has opened. */

import { fstatSync, readSync, statSync, writeSync } from "node:fs";
import { devNull } from "node:os";

const STANDARD_INPUT = 0;
const STANDARD_OUTPUT = 1;

const NAMES: Readonly<Record<string, number>> = { stdin: STANDARD_INPUT, stdout: STANDARD_OUTPUT, stderr: 2 };

/** The descriptor that a name such as `/dev/stdin` or `/dev/fd/3` stands for; undefined for other names. */
export function descriptorOf(name: string): number | undefined {
  const match = /^\/(?:dev|proc\/self)\/(?:fd\/(\d+)|(stdin|stdout|stderr))$/.exec(name);
  if (match === null) return undefined;
  const word = match.at(2);
  return word === undefined ? Number(match[1]) : NAMES[word];
}

/** `-` for the names of standard input; other names as they are. */
export function sourceName(name: string): string {
  return descriptorOf(name) === STANDARD_INPUT ? "-" : name;
}

/** `-` for the names of standard output; other names as they are. */
export function targetName(name: string): string {
  return descriptorOf(name) === STANDARD_OUTPUT ? "-" : name;
}

/** Whether nobody has opened standard input. */
export function standardInputIsClosed(): boolean {
  return isStandIn(STANDARD_INPUT, () => writeSync(STANDARD_INPUT, new Uint8Array(0)));
}

/** Whether nobody has opened standard output. */
export function standardOutputIsClosed(): boolean {
  return isStandIn(STANDARD_OUTPUT, () => readSync(STANDARD_OUTPUT, new Uint8Array(1)));
}

/**
 * Whether a descriptor is what Node opens in place of a closed one: the null device, for reading and writing. Whoever
 * wants that device opens it for one of the two.
 *
 * @param wrongWay fails on a descriptor that is open for its own direction only
 */
function isStandIn(descriptor: number, wrongWay: () => void): boolean {
  if (process.platform === "win32") return false;
  try {
    // Of plain numbers, Node keeps what it was told last: where that was a pipe, it takes links to packages for packages.
    const stats = fstatSync(descriptor, { bigint: true });
    if (!stats.isCharacterDevice() || stats.rdev !== statSync(devNull, { bigint: true }).rdev) return false;
    wrongWay();
    return true;
  } catch {
    return false;
  }
}

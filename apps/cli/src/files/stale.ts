/** The names of temporary files, and what they tell about files whose run was killed. */

import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync, statfsSync, unlinkSync } from "node:fs";
import { join } from "node:path";

import { nameOfBytes } from "@pith/core/bytes";

import { systemPath } from "./system-path.ts";

/** File systems allow 255 bytes or, where they encrypt names, 143. */
const LONGEST_BEGIN = 90;

/** Where a process runs: pids of one place say nothing at another. */
interface Place {
  /** Names the time since a machine has started. */
  readonly boot: string;
  /** Names the container, or whatever else counts processes by itself. */
  readonly space: string;
}

let known: { readonly place: Place | undefined } | undefined;

/** Undefined where the system does not tell. */
function place(): Place | undefined {
  known ??= { place: findPlace() };
  return known.place;
}

function findPlace(): Place | undefined {
  try {
    const id = readFileSync("/proc/sys/kernel/random/boot_id");
    const boot = createHash("sha256").update(id).digest("hex").slice(0, 10);
    const space = readlinkSync("/proc/self/ns/pid").replaceAll(/\D/g, "");
    return { boot, space };
  } catch {
    return undefined;
  }
}

/** A new name that says which output it is for and which process makes it: `.book.pith.pith-BOOT-SPACE-PID-RANDOM.tmp`. */
export function temporaryName(target: string): string {
  const { boot, space } = place() ?? { boot: "0", space: "0" };
  const random = Math.random().toString(36).slice(2, 10);
  return `.${cut(target)}.pith-${boot}-${space}-${process.pid}-${random}.tmp`;
}

const NAME = /^\..+\.pith-([\da-f]+)-(\d+)-(\d+)-[\da-z]+\.tmp$/s;

/** Whether a name is that of a temporary file of any run. */
export function isTemporaryName(name: string): boolean {
  return NAME.test(name);
}

/** Deletes temporary files whose process is surely gone. One that cannot be told is left. */
export function removeStale(folder: string): void {
  const here = place();
  if (here === undefined) return;
  try {
    for (const bytes of readdirSync(systemPath(folder), { encoding: "buffer" })) {
      const name = nameOfBytes(bytes);
      if (isTemporaryName(name) && isStale(folder, name, here)) removeFile(join(folder, name));
    }
  } catch {
    // The folder cannot be read. What is in it is in nobody's way.
  }
}

function isStale(folder: string, name: string, here: Place): boolean {
  const [boot, space, pid] = NAME.exec(name)?.slice(1) ?? [];
  // Whatever worked on a disk of this machine before it started is gone; another machine's network disk may be in use.
  if (boot !== here.boot) return boot !== "0" && isLocal(folder);
  return space === here.space && !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** File systems that only one machine writes to, by what `statfs` calls them: ext, XFS, Btrfs, F2FS, ZFS, overlays, memory. */
const LOCAL = new Set([0xef53, 0x58465342, 0x9123683e, 0xf2f52010, 0x2fc12fc1, 0x794c7630, 0x01021994]);

function isLocal(folder: string): boolean {
  return LOCAL.has(statfsSync(systemPath(folder)).type);
}

function removeFile(path: string): void {
  try {
    if (lstatSync(systemPath(path)).isFile()) unlinkSync(systemPath(path));
  } catch {
    // Another run was quicker, or the folder does not let us.
  }
}

/** The begin of a name, in whole characters. */
function cut(name: string): string {
  let length = 0;
  let begin = "";
  for (const character of name) {
    length += Buffer.byteLength(character);
    if (length > LONGEST_BEGIN) break;
    begin += character;
  }
  return begin;
}

/** Looks through folders for what is to be packed: files of every kind, with what the system says of them. */

import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
} from "node:fs";
import { basename, join } from "node:path";

import type { PackedMember } from "@pith/archive";
import { nameOfBytes } from "@pith/core/bytes";
import { turn } from "@pith/core/steps";

import { explain } from "../explain.ts";
import type { FileStats } from "./attributes.ts";
import type { PathFilter } from "./glob.ts";
import { isTemporaryName } from "./stale.ts";
import { systemPath } from "./system-path.ts";

/** What is taken, and who hears of what is not. */
export interface TreeOptions {
  /** Which paths to leave out, counted from what was named. */
  readonly exclude: PathFilter;
  /** A file that must not become part of its own archive; undefined where there is none. */
  readonly output: FileStats | undefined;
  /** Whether to keep the numbers of owners and groups. */
  readonly owners: boolean;
  /** Hears of what was left out, or is not what it was. */
  readonly warn: (path: string, message: string) => void;
}

/** What was found, and of files whether they look like text. */
export interface FoundMember extends PackedMember {
  readonly isText?: boolean;
}

const CHUNK = 1024 * 1024;
/** Bytes by which text is told, which has none of zero. */
const LOOKED_AT = 4096;

/** Everything in folders, and single files. Links are taken as links, but for what was named itself. */
export class Tree {
  readonly #options: TreeOptions;
  readonly #members: FoundMember[] = [];
  /** Files with more than one name, by where they are on the disk: the name under which each was met first. */
  readonly #linked = new Map<string, string>();

  constructor(options: TreeOptions) {
    this.#options = options;
  }

  /** What was found, in the order in which it was. */
  get members(): readonly FoundMember[] {
    return this.#members;
  }

  /**
   * Takes a file or a folder with all that is in it; of several, no two with the same name.
   *
   * @throws a system error if it cannot be looked at
   */
  async add(path: string): Promise<void> {
    // A link that was named itself is what it leads to.
    const real = lstatSync(systemPath(path)).isSymbolicLink() ? realPath(path) : path;
    await this.#take(real, memberName(path));
  }

  async #take(path: string, name: string): Promise<void> {
    if (name !== "" && this.#options.exclude(name)) return;
    const stats = lstatSync(systemPath(path), { bigint: true });
    if (stats.isDirectory()) {
      if (name !== "") this.#add(name, "folder", stats);
      await this.#enter(path, name);
      return;
    }
    this.#takeFile(path, name, stats);
  }

  async #enter(path: string, name: string): Promise<void> {
    let entries;
    try {
      entries = readdirSync(systemPath(path), { encoding: "buffer" });
    } catch (error) {
      this.#options.warn(path, `what is in it was left out: ${explain(error).message}`);
      return;
    }
    await turn();
    for (const bytes of entries.sort((a, b) => Buffer.compare(a, b))) {
      const entry = nameOfBytes(bytes);
      if (isTemporaryName(entry)) continue;
      const inside = join(path, entry);
      try {
        await this.#take(inside, name === "" ? entry : `${name}/${entry}`);
      } catch (error) {
        this.#options.warn(inside, `left out: ${explain(error).message}`);
      }
    }
  }

  #takeFile(path: string, name: string, stats: FileStats): void {
    const { output, warn } = this.#options;
    if (stats.isSocket()) warn(path, "left out: is a socket, which no archive holds");
    else if (stats.isSymbolicLink()) {
      const link = nameOfBytes(readlinkSync(systemPath(path), { encoding: "buffer" }));
      this.#add(name, "symbolic link", stats, { link });
    } else if (stats.isFile()) {
      if (output !== undefined && stats.dev === output.dev && stats.ino === output.ino) return;
      this.#addFile(path, name, stats, isText(path));
    } else if (stats.isFIFO()) this.#add(name, "fifo", stats);
    else {
      const device = { major: majorOf(stats.rdev), minor: minorOf(stats.rdev) };
      this.#add(name, stats.isBlockDevice() ? "block device" : "character device", stats, { device });
    }
  }

  #addFile(path: string, name: string, stats: FileStats, text: boolean): void {
    const place = `${stats.dev}:${stats.ino}`;
    const first = stats.nlink > 1n ? this.#linked.get(place) : undefined;
    if (first !== undefined) {
      this.#add(name, "hard link", stats, { link: first });
      return;
    }
    if (stats.nlink > 1n) this.#linked.set(place, name);
    const content = (): AsyncIterable<Uint8Array> => contentOf(path, stats, this.#options.warn);
    this.#add(name, "file", stats, { size: Number(stats.size), content, isText: text });
  }

  #add(name: string, type: PackedMember["type"], stats: FileStats, more: Partial<FoundMember> = {}): void {
    const { owners } = this.#options;
    this.#members.push({
      name,
      type,
      size: 0,
      mode: Number(stats.mode) & 0o7777,
      modified: stats.mtimeNs,
      link: "",
      owner: owners ? Number(stats.uid) : 0,
      group: owners ? Number(stats.gid) : 0,
      ...more,
    });
  }
}

/** What an archive calls what was named; empty for a folder without a name of its own, of which only what is in it is taken. */
export function memberName(path: string): string {
  const name = basename(path);
  return name === "." || name === ".." ? "" : name;
}

function realPath(path: string): string {
  return nameOfBytes(realpathSync(systemPath(path), { encoding: "buffer" }));
}

/** As Linux divides the number of a device. */
function majorOf(device: bigint): number {
  return Number(((device >> 8n) & 0xfffn) | ((device >> 32n) & ~0xfffn));
}

function minorOf(device: bigint): number {
  return Number((device & 0xffn) | ((device >> 12n) & ~0xffn));
}

/** @throws a system error if it cannot be read */
function isText(path: string): boolean {
  const descriptor = openSync(systemPath(path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const start = new Uint8Array(LOOKED_AT);
    const length = readSync(descriptor, start, 0, LOOKED_AT, 0);
    return !start.subarray(0, length).includes(0);
  } finally {
    closeSync(descriptor);
  }
}

/** The content of a file as it is now; says so where that is not what it was. */
async function* contentOf(
  path: string,
  before: FileStats,
  warn: TreeOptions["warn"],
): AsyncGenerator<Uint8Array, void> {
  let descriptor: number;
  try {
    // Never what has come in its place: a link to elsewhere, or a pipe that one would wait for.
    descriptor = openSync(systemPath(path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    warn(path, `holds zeros in the archive, since it could not be read any more: ${explain(error).message}`);
    return;
  }
  try {
    const stats = fstatSync(descriptor, { bigint: true });
    if (stats.dev !== before.dev || stats.ino !== before.ino) {
      warn(path, "holds zeros in the archive: it was replaced meanwhile");
      return;
    }
    let left = Number(before.size);
    while (left > 0) {
      const buffer = new Uint8Array(Math.min(CHUNK, left));
      // Of a long file, piece by piece, so that a signal is heard between them.
      if (left < Number(before.size)) await turn();
      const length = readSync(descriptor, buffer, 0, buffer.length, null);
      if (length === 0) break;
      left -= length;
      yield buffer.subarray(0, length);
    }
    const { mtimeNs, size } = fstatSync(descriptor, { bigint: true });
    if (mtimeNs !== before.mtimeNs || size !== before.size) {
      warn(path, `changed while it was read; the archive holds ${before.size} bytes of it, as long as it was at first`);
    }
  } finally {
    closeSync(descriptor);
  }
}

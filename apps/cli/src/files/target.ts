/** Where output goes. A file gets its name only once it is whole and on the disk. */

import { promises as files, type Stats } from "node:fs";
import { dirname } from "node:path";

import { Failure, systemCode } from "../errors.ts";
import { explain } from "../explain.ts";
import { standardOutputIsTerminal, writeStandardOutput } from "./standard-output.ts";
import { closeQuietly, createTemporary, forgetTemporary, removeTemporary } from "./temporary.ts";
import { writeAll } from "./write-all.ts";

/** Output in the making. */
export interface Target {
  /** The name it gets; `-` is standard output. */
  readonly path: string;
  /** Bytes written so far. */
  readonly bytesWritten: number;
  write(chunk: Uint8Array): Promise<void>;
  /**
   * The output is whole: gives it its name.
   *
   * @param attributes of the source, to be copied: mode, times and, where permitted, owner
   * @param check reads the finished file before it gets its name; if it throws, there is no output
   */
  commit(attributes: Stats | undefined, check?: (path: string) => Promise<void>): Promise<void>;
  /** Undoes what was not committed; does nothing after {@link commit}. */
  discard(): void;
}

/** How to open a target. */
export interface TargetOptions {
  readonly force: boolean;
  /** Whether output that the disk does not keep will do: not if the source is to be deleted. */
  readonly transient: boolean;
  /** Mode of a new file, before attributes are copied; the umask applies. */
  readonly mode: number;
  /** The source, which must not be overwritten by what is made of it. */
  readonly source: Stats | undefined;
  /** Asks the user; undefined where nobody can be asked. */
  readonly ask: ((question: string) => Promise<boolean>) | undefined;
}

/**
 * Opens a file to be written beside others, or standard output for `-`.
 *
 * @throws Failure if it exists and must not be overwritten, or cannot be created
 */
export async function openTarget(path: string, options: TargetOptions): Promise<Target> {
  if (path === "-") return new StandardOutput();
  return naming(path, async () => {
    const there = await lookUp(path);
    if (there === undefined) return new FileTarget(path, false, options.mode);
    if (there.isDirectory()) throw new Failure(`${path} is a directory; name a file with -o`);
    if (!there.isFile() && !there.isSymbolicLink()) {
      if (!options.transient) throw new Failure(`${path} is not a regular file, so --rm would lose the content`);
      return new Device(path, await files.open(path, "w"));
    }
    if (options.source !== undefined && there.ino === options.source.ino && there.dev === options.source.dev) {
      throw new Failure(`${path} is the source itself; name another file with -o`);
    }
    if (!options.force && !(await options.ask?.(`${path} exists already; overwrite it?`))) {
      throw new Failure(`${path} exists already; overwrite it with -f, or write elsewhere with -o`);
    }
    return new FileTarget(path, true, options.mode);
  });
}

/** @throws Failure if binary data would go to a terminal */
export function refuseTerminal(force: boolean): void {
  if (!force && standardOutputIsTerminal()) {
    throw new Failure("compressed data is not for a terminal; name a file with -o, use a pipe, or force it with -f");
  }
}

class FileTarget implements Target {
  readonly path: string;
  bytesWritten = 0;
  readonly #replace: boolean;
  readonly #temporary: string;
  readonly #descriptor: number;
  #state: "open" | "closed" | "done" = "open";

  constructor(path: string, replace: boolean, mode: number) {
    this.path = path;
    this.#replace = replace;
    ({ path: this.#temporary, descriptor: this.#descriptor } = createTemporary(path, mode));
  }

  async write(chunk: Uint8Array): Promise<void> {
    await naming(this.path, () => writeAll(this.#descriptor, chunk));
    this.bytesWritten += chunk.length;
  }

  async commit(attributes: Stats | undefined, check?: (path: string) => Promise<void>): Promise<void> {
    await naming(this.path, () => this.#finish(attributes));
    await check?.(this.#temporary);
    await naming(this.path, () => this.#name());
    this.#state = "done";
  }

  async #finish(attributes: Stats | undefined): Promise<void> {
    const path = this.#temporary;
    const handle = await files.open(path, "r+");
    try {
      if (attributes !== undefined) {
        const groupKept = await keepOwner(path, attributes);
        await handle.chmod(modeOf(attributes, groupKept));
        // In seconds with a fraction: a Date would round to milliseconds.
        await handle.utimes(attributes.atimeMs / 1000, attributes.mtimeMs / 1000);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    this.#close();
  }

  async #name(): Promise<void> {
    if (this.#replace || !(await linkNew(this.#temporary, this.path))) {
      await files.rename(this.#temporary, this.path);
      forgetTemporary(this.#temporary);
    } else {
      removeTemporary(this.#temporary);
    }
    await syncFolder(dirname(this.path));
  }

  #close(): void {
    if (this.#state === "open") closeQuietly(this.#descriptor);
    this.#state = "closed";
  }

  discard(): void {
    if (this.#state === "done") return;
    this.#close();
    removeTemporary(this.#temporary);
  }
}

/** `/dev/null` and its like: no name to give, nothing to undo. */
class Device implements Target {
  readonly path: string;
  bytesWritten = 0;
  readonly #handle: files.FileHandle;
  #open = true;

  constructor(path: string, handle: files.FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  async write(chunk: Uint8Array): Promise<void> {
    await naming(this.path, () => writeAll(this.#handle.fd, chunk));
    this.bytesWritten += chunk.length;
  }

  async commit(): Promise<void> {
    this.#open = false;
    await naming(this.path, () => this.#handle.close());
  }

  discard(): void {
    if (this.#open) void this.#handle.close().catch(() => undefined);
    this.#open = false;
  }
}

class StandardOutput implements Target {
  readonly path = "-";
  bytesWritten = 0;

  async write(chunk: Uint8Array): Promise<void> {
    await writeStandardOutput(chunk);
    this.bytesWritten += chunk.length;
  }

  async commit(): Promise<void> {
    // What is written is gone: there is no name to give it.
  }

  discard(): void {
    // What is written cannot be taken back.
  }
}

/** Says in errors of the system which file they are about. */
async function naming<Result>(path: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    throw new Failure(`cannot write ${path}: ${explain(error).message}`, code);
  }
}

/** What is at a path; a symbolic link to nowhere counts as a file, for it would be replaced. */
async function lookUp(path: string): Promise<Stats | undefined> {
  try {
    return await files.stat(path);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw error;
  }
  return files.lstat(path).catch(() => undefined);
}

/** Gives a file a second name that must be new: unlike a rename, it cannot overwrite one that came meanwhile. */
async function linkNew(from: string, to: string): Promise<boolean> {
  try {
    await files.link(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") throw new Failure(`${to} has appeared meanwhile; overwrite it with -f`);
    return false; // Not every file system has links.
  }
}

/** Copies owner and group as far as permitted; returns whether the group is that of the source. */
async function keepOwner(path: string, { uid, gid }: Stats): Promise<boolean> {
  const own = await files.stat(path);
  if (own.gid !== gid) await files.chown(path, own.uid, gid).catch(() => undefined);
  if (own.uid !== uid) await files.chown(path, uid, -1).catch(() => undefined);
  return (await files.stat(path)).gid === gid;
}

/** Without the right group, the group's rights shrink to those of everybody, so that nobody gains any. */
function modeOf({ mode }: Stats, groupKept: boolean): number {
  const rights = mode & 0o777;
  return groupKept ? rights : rights & ~(0o070 & ~((rights & 0o007) << 3));
}

/** A name is on the disk only once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await files.open(folder, "r");
    await handle.sync().finally(() => handle.close());
  } catch {
    // Not every system can open folders; the file itself is on the disk.
  }
}

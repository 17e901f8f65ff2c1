/** Where output goes. A file gets its name only once it is whole and on the disk. */

import { close, fsync, promises as files } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";

import { Failure, systemCode } from "../errors.ts";
import { explain } from "../explain.ts";
import { copyAttributes, type FileStats } from "./attributes.ts";
import { standardOutputIsClosed } from "./descriptors.ts";
import { SparseWriter } from "./sparse.ts";
import { standardOutputIsTerminal, writeStandardOutput } from "./standard-output.ts";
import { printableName, systemPath } from "./system-path.ts";
import { closeQuietly, createTemporary, forgetTemporary, removeTemporary } from "./temporary.ts";
import { writeAll } from "./write-all.ts";

const closeFile = promisify(close);
const syncFile = promisify(fsync);

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
   * @returns which attributes could not be copied, and why
   */
  commit(attributes: FileStats | undefined, check?: (path: string) => Promise<void>): Promise<string | undefined>;
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
  readonly source: FileStats | undefined;
  /** Whether a file may have holes where its content is zeros. */
  readonly sparse?: boolean;
  /** Asks the user; undefined where nobody can be asked. */
  readonly ask: ((question: string) => Promise<boolean>) | undefined;
}

/**
 * Opens a file to be written beside others, or standard output for `-`.
 *
 * @throws Failure if it exists and must not be overwritten, or cannot be created
 */
export async function openTarget(path: string, options: TargetOptions): Promise<Target> {
  if (path === "-") {
    if (standardOutputIsClosed()) {
      throw new Failure("standard output is closed, so that the output would be lost; use > FILE, or -o FILE");
    }
    return new StandardOutput();
  }
  return naming(path, async () => {
    const there = await lookUp(path);
    const name = printableName(path);
    if (there === undefined) return new FileTarget(path, options.force, options);
    if (there.isDirectory()) throw new Failure(`${name} is a directory; name a file with -o`);
    if (!there.isFile() && !there.isSymbolicLink()) {
      if (!options.transient) throw new Failure(`${name} is not a regular file, so --rm would lose the content`);
      return new Device(path, await files.open(systemPath(path), "w"));
    }
    if (options.source !== undefined && there.ino === options.source.ino && there.dev === options.source.dev) {
      throw new Failure(`${name} is the source itself; name another file with -o`);
    }
    if (!options.force && !(await options.ask?.(`${name} exists already; overwrite it?`))) {
      throw new Failure(`${name} exists already; overwrite it with -f, or write elsewhere with -o`);
    }
    return new FileTarget(path, true, options);
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
  readonly #holes: SparseWriter | undefined;
  #state: "open" | "closed" | "done" = "open";

  constructor(path: string, replace: boolean, { mode, sparse = false }: TargetOptions) {
    this.path = path;
    this.#replace = replace;
    ({ path: this.#temporary, descriptor: this.#descriptor } = createTemporary(path, mode));
    if (sparse) this.#holes = new SparseWriter(this.#descriptor);
  }

  async write(chunk: Uint8Array): Promise<void> {
    await naming(this.path, () => this.#holes?.write(chunk) ?? writeAll(this.#descriptor, chunk));
    this.bytesWritten += chunk.length;
  }

  async commit(
    attributes: FileStats | undefined,
    check?: (path: string) => Promise<void>,
  ): Promise<string | undefined> {
    const warning = await naming(this.path, () => this.#finish(attributes));
    await check?.(this.#temporary);
    await naming(this.path, () => this.#name());
    this.#state = "done";
    return warning;
  }

  async #finish(attributes: FileStats | undefined): Promise<string | undefined> {
    await this.#holes?.finish();
    const warning = attributes === undefined ? undefined : await copyAttributes(this.#descriptor, attributes);
    await syncFile(this.#descriptor);
    this.#state = "closed";
    await closeFile(this.#descriptor);
    return warning;
  }

  async #name(): Promise<void> {
    if (this.#replace || !(await linkNew(this.#temporary, this.path))) {
      await files.rename(systemPath(this.#temporary), systemPath(this.path));
      forgetTemporary(this.#temporary);
    } else {
      removeTemporary(this.#temporary);
    }
    await syncFolder(dirname(this.path));
  }

  discard(): void {
    if (this.#state === "done") return;
    if (this.#state === "open") closeQuietly(this.#descriptor);
    this.#state = "done";
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

  async commit(): Promise<undefined> {
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

  async commit(): Promise<undefined> {
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
    throw new Failure(`cannot write ${printableName(path)}: ${explain(error).message}`, code);
  }
}

/** What is at a path; a symbolic link to nowhere counts as a file, for it would be replaced. */
async function lookUp(path: string): Promise<FileStats | undefined> {
  try {
    return await files.stat(systemPath(path), { bigint: true });
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw error;
  }
  return files.lstat(systemPath(path), { bigint: true }).catch(() => undefined);
}

/** Gives a file a second name that must be new: unlike a rename, it cannot overwrite one that came meanwhile. */
async function linkNew(from: string, to: string): Promise<boolean> {
  try {
    await files.link(systemPath(from), systemPath(to));
    return true;
  } catch (error) {
    // Not every file system has links. There, something else may still come between the look and the new name.
    if (systemCode(error) !== "EEXIST" && (await lookUp(to)) === undefined) return false;
    throw new Failure(`cannot write ${printableName(to)}: it has appeared meanwhile; overwrite it with -f`);
  }
}

/** A name is on the disk only once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await files.open(systemPath(folder), "r");
    await handle.sync().finally(() => handle.close());
  } catch {
    // Not every system can open folders; the file itself is on the disk.
  }
}

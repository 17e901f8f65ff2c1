/** Where content comes from: a file or standard input. */

import { close, constants, fstat, open, read, stat, type Stats } from "node:fs";
import { promisify } from "node:util";

import type { RandomAccessSource } from "@pith/codec";

import { Failure, Skipped, systemCode } from "../errors.ts";
import type { FileStats } from "./attributes.ts";
import { standardInputIsClosed } from "./descriptors.ts";
import { BEGINNING } from "./beginning.ts";
import { difference, settle } from "./same-file.ts";
import { mayHaveLostBytes, systemPath } from "./system-path.ts";

const openFile = promisify(open);
const closeFile = promisify(close);
const readFile = promisify(read);
const statFile = promisify(stat);
const statDescriptor = promisify(fstat);

/** Bytes read at once, and no more than a file still has. */
const CHUNK = 1024 * 1024;
const SMALLEST_CHUNK = 4096;
const STANDARD_INPUT = 0;

/** How to open a source. */
export interface SourceOptions {
  /** Whether pipes and devices will do, which have neither length nor attributes. */
  readonly streams: boolean;
  /** What to say to do about those where they will not do. */
  readonly advice?: string;
  /** Whether there is an option for the files in a folder. */
  readonly recursive?: boolean;
  /** Whether every change from now on must be seen by {@link Source.whyToKeep}. */
  readonly watched?: boolean;
}

/** Content to read, from its start to its end. */
export class Source {
  /** `-` is standard input. */
  readonly path: string;
  /** What it was when it was opened; undefined unless it is a regular file. */
  readonly stats: FileStats | undefined;
  /** Bytes in all as far as one can tell beforehand; undefined for pipes, and for files that the system makes up. */
  readonly size: number | undefined;
  readonly #descriptor: number;
  #bytesRead = 0;
  #beginning = new Uint8Array(0);
  #readThrough = false;

  private constructor(path: string, descriptor: number, stats: FileStats, size: number | undefined) {
    this.path = path;
    this.#descriptor = descriptor;
    this.stats = stats.isFile() ? stats : undefined;
    this.size = size;
  }

  /**
   * @param path `-` is standard input
   * @throws Skipped if it is a folder, or a pipe or device where none will do
   */
  static async open(path: string, options: SourceOptions): Promise<Source> {
    if (path === "-") {
      if (standardInputIsClosed()) throw new Failure("is closed; name a file, or open it with < FILE");
      const stats = await statDescriptor(STANDARD_INPUT, { bigint: true });
      if (stats.isDirectory()) throw new Skipped("standard input is a directory");
      return new Source(path, STANDARD_INPUT, stats, await sizeOf(STANDARD_INPUT, stats));
    }
    // Before it is opened: to open a pipe that nobody writes to takes forever.
    requireReadable(await lookUp(path), options);
    const descriptor = await openFile(systemPath(path), constants.O_RDONLY);
    let stats = await statDescriptor(descriptor, { bigint: true });
    if (options.watched === true && (await settle(stats))) stats = await statDescriptor(descriptor, { bigint: true });
    return new Source(path, descriptor, stats, await sizeOf(descriptor, stats));
  }

  /** Bytes that {@link chunks} gave so far. */
  get bytesRead(): number {
    return this.#bytesRead;
  }

  /** The content, to its end as it is when that is reached. */
  async *chunks(): AsyncGenerator<Uint8Array, void> {
    this.#readThrough = true;
    for await (const chunk of this.#rawChunks()) {
      if (this.#bytesRead === 0) this.#beginning = chunk.slice(0, BEGINNING);
      this.#bytesRead += chunk.length;
      yield chunk;
    }
  }

  async *#rawChunks(): AsyncGenerator<Uint8Array, void> {
    if (this.path === "-" && this.stats === undefined) {
      // Node's stream waits for a pipe in the event loop; a read of the descriptor would block a thread at exit.
      for await (const chunk of process.stdin) yield new Uint8Array(chunk as Buffer);
      return;
    }
    for (;;) {
      const left = this.size === undefined ? CHUNK : this.size - this.#bytesRead;
      const buffer = new Uint8Array(Math.min(CHUNK, Math.max(SMALLEST_CHUNK, left)));
      const { bytesRead } = await readFile(this.#descriptor, buffer, 0, buffer.length, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  }

  /**
   * The source as something that can be read at any place.
   *
   * @throws Failure if its size is unknown
   */
  randomAccess(): RandomAccessSource {
    const { size } = this;
    if (size === undefined) {
      throw new Failure("is a pipe, in which one cannot go back and forth; save it to a file first");
    }
    return randomAccessTo(this.#descriptor, size);
  }

  /** The first bytes, as many as tell a format; of a pipe those that {@link chunks} gave. */
  async beginning(): Promise<Uint8Array> {
    if (this.size === undefined || this.path === "-") return this.#beginning;
    return randomAccessTo(this.#descriptor, this.size).read(0, BEGINNING);
  }

  /** Says how a regular file changed since it was opened; undefined if it did not. Call it after the last chunk. */
  async change(): Promise<string | undefined> {
    if (this.stats === undefined || this.size === undefined) return undefined;
    const { size } = this;
    const now = await statDescriptor(this.#descriptor, { bigint: true });
    const sizeNow = Number(now.size);
    // Standard input may have been read in part before it came here, so that its size says nothing.
    const read = this.#readThrough && this.path !== "-" ? this.#bytesRead : size;
    const held = `the output holds what was read, ${this.#bytesRead} bytes`;
    if (sizeNow !== size || read > size) {
      const verb = Math.max(read, sizeNow) > size ? "grew" : "shrank";
      return `${verb} while it was read: ${size} bytes at first, ${sizeNow} at last; ${held}`;
    }
    if (now.mtimeNs !== this.stats.mtimeNs)
      return "changed while it was read; the output may hold some of the old and some of the new";
    // A file that the system makes up as it is read, such as those of /sys.
    if (read < size) return `has a size of ${size} bytes, but ends sooner; ${held}`;
    return undefined;
  }

  /**
   * Why a regular file must not be deleted: what has its name is not, to the last bit, what was read. Undefined if it
   * is. To be asked just before it is deleted, with `watched` when it was opened.
   */
  async whyToKeep(): Promise<string | undefined> {
    if (this.stats === undefined || this.#bytesRead !== this.size) return "was not read as a whole";
    return await difference(this.path, this.#descriptor, this.stats);
  }

  async close(): Promise<void> {
    if (this.#descriptor !== STANDARD_INPUT) await closeFile(this.#descriptor);
  }
}

async function lookUp(path: string): Promise<Stats> {
  try {
    return await statFile(systemPath(path));
  } catch (error) {
    if (systemCode(error) !== "ENOENT" || !mayHaveLostBytes(path)) throw error;
    throw new Failure(
      "no such file or folder; if its name is no UTF-8, this system does not hand it over: use pith < FILE > OUTPUT",
      "ENOENT",
    );
  }
}

function requireReadable(stats: Stats, { streams, advice, recursive = false }: SourceOptions): void {
  if (stats.isDirectory()) {
    const packing = "pith FOLDER packs it";
    throw new Skipped(`is a directory; ${recursive ? `use -r for the files in it; ${packing}` : packing}`);
  }
  if (!stats.isFile() && !streams) {
    throw new Skipped(`is not a regular file${advice === undefined ? "" : `; ${advice}`}`);
  }
}

/** The size of a regular file. One of size 0 may have content all the same: `/proc/cpuinfo` has. */
async function sizeOf(descriptor: number, stats: FileStats): Promise<number | undefined> {
  if (!stats.isFile()) return undefined;
  if (stats.size > 0n) return Number(stats.size);
  const { bytesRead } = await readFile(descriptor, new Uint8Array(1), 0, 1, 0);
  return bytesRead === 0 ? 0 : undefined;
}

/** What a descriptor has open, to be read at any place. */
export function randomAccessTo(descriptor: number, size: number): RandomAccessSource {
  return {
    size,
    async read(offset: number, length: number): Promise<Uint8Array> {
      const buffer = new Uint8Array(length);
      let done = 0;
      while (done < length) {
        const { bytesRead } = await readFile(descriptor, buffer, done, length - done, offset + done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
      return buffer.subarray(0, done);
    },
  };
}

/** Where content comes from: a file or standard input. */

import { close, constants, fstat, open, read, stat, type Stats } from "node:fs";
import { promisify } from "node:util";

import type { RandomAccessSource } from "@pith/codec";

import { Failure, Skipped } from "../errors.ts";

const openFile = promisify(open);
const closeFile = promisify(close);
const readFile = promisify(read);
const statFile = promisify(stat);
const statDescriptor = promisify(fstat);

/** Bytes read at once. */
const CHUNK = 256 * 1024;
const STANDARD_INPUT = 0;

/** How to open a source. */
export interface SourceOptions {
  /** Whether pipes and devices will do, which have neither length nor attributes. */
  readonly streams: boolean;
  /** What to say to do about those where they will not do. */
  readonly advice?: string;
}

/** Content to read, from its start to its end. */
export class Source {
  /** `-` is standard input. */
  readonly path: string;
  /** What it was when it was opened; undefined unless it is a regular file. */
  readonly stats: Stats | undefined;
  readonly #descriptor: number;
  #bytesRead = 0;
  #readThrough = false;

  private constructor(path: string, descriptor: number, stats: Stats | undefined) {
    this.path = path;
    this.#descriptor = descriptor;
    this.stats = stats;
  }

  /**
   * @param path `-` is standard input
   * @throws Skipped if it is a folder, or a pipe or device where none will do
   */
  static async open(path: string, { streams, advice }: SourceOptions): Promise<Source> {
    if (path === "-") {
      const stats = await statDescriptor(STANDARD_INPUT);
      if (stats.isDirectory()) throw new Skipped("standard input is a directory");
      return new Source(path, STANDARD_INPUT, stats.isFile() ? stats : undefined);
    }
    // Before it is opened: to open a pipe that nobody writes to takes forever.
    requireReadable(await statFile(path), streams, advice);
    const descriptor = await openFile(path, constants.O_RDONLY);
    const stats = await statDescriptor(descriptor);
    return new Source(path, descriptor, stats.isFile() ? stats : undefined);
  }

  /** Bytes that {@link chunks} gave so far. */
  get bytesRead(): number {
    return this.#bytesRead;
  }

  /** Bytes in all as far as one can tell beforehand; undefined for pipes. */
  get size(): number | undefined {
    return this.stats?.size;
  }

  /** The content, to its end as it is when that is reached. */
  async *chunks(): AsyncGenerator<Uint8Array, void> {
    this.#readThrough = true;
    for await (const chunk of this.#rawChunks()) {
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
      const buffer = new Uint8Array(CHUNK);
      const { bytesRead } = await readFile(this.#descriptor, buffer, 0, CHUNK, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  }

  /**
   * The source as something that can be read at any place.
   *
   * @throws Failure if it is a pipe
   */
  randomAccess(): RandomAccessSource {
    if (this.stats === undefined) {
      throw new Failure("is a pipe, in which one cannot go back and forth; save it to a file first");
    }
    const descriptor = this.#descriptor;
    return {
      size: this.stats.size,
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

  /** Says how a regular file changed since it was opened; undefined if it did not. Call it after the last chunk. */
  async change(): Promise<string | undefined> {
    if (this.stats === undefined) return undefined;
    const { size, mtimeMs } = this.stats;
    const now = await statDescriptor(this.#descriptor);
    // Standard input may have been read in part before it came here, so that its size says nothing.
    const read = this.#readThrough && this.path !== "-" ? this.#bytesRead : size;
    if (read !== size || now.size !== size) {
      const verb = Math.max(read, now.size) > size ? "grew" : "shrank";
      return `${verb} while it was read: ${size} bytes at first, ${now.size} at last; the output holds what was read, ${this.#bytesRead} bytes`;
    }
    if (now.mtimeMs !== mtimeMs)
      return "changed while it was read; the output may hold some of the old and some of the new";
    return undefined;
  }

  async close(): Promise<void> {
    if (this.#descriptor !== STANDARD_INPUT) await closeFile(this.#descriptor);
  }
}

function requireReadable(stats: Stats, streams: boolean, advice: string | undefined): void {
  if (stats.isDirectory()) {
    throw new Skipped("is a directory; pack it first, for example: tar -c FOLDER | pith > FOLDER.tar.pith");
  }
  if (!stats.isFile() && !streams) {
    throw new Skipped(`is not a regular file${advice === undefined ? "" : `; ${advice}`}`);
  }
}

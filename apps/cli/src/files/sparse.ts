/** Writes a file from its begin to its end, and can leave holes where it would be zeros. */

import { ftruncate } from "node:fs";
import { promisify } from "node:util";

import { writeAll } from "./write-all.ts";

const truncate = promisify(ftruncate);

/** Bytes of zeros, from a multiple of it on, that become a hole: a few pages, since each hole costs an entry on the disk. */
const HOLE = 16 * 1024;
const ZEROS = Buffer.alloc(HOLE);

/** An empty file to be filled. */
export class SparseWriter {
  readonly #descriptor: number;
  /** Where the next byte belongs. */
  #position = 0;
  /** Where the file ends as far as the system knows. */
  #end = 0;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  async write(chunk: Uint8Array): Promise<void> {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    const start = this.#position;
    // Of data: begins at `from`, goes on to where a hole begins.
    let from = 0;
    for (let at = 0; at < bytes.length;) {
      const next = Math.min(bytes.length, at + HOLE - ((start + at) % HOLE));
      if (next - at === HOLE && ZEROS.equals(bytes.subarray(at, next))) {
        await this.#put(bytes.subarray(from, at), start + from);
        from = next;
      }
      at = next;
    }
    await this.#put(bytes.subarray(from), start + from);
    this.#position = start + bytes.length;
  }

  async #put(data: Buffer, position: number): Promise<void> {
    if (data.length === 0) return;
    await writeAll(this.#descriptor, data, position);
    this.#end = position + data.length;
  }

  /** Gives the file its length, which a hole at its end has not. */
  async finish(): Promise<void> {
    if (this.#end < this.#position) await truncate(this.#descriptor, this.#position);
  }
}

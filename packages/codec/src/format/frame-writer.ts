import { MAGIC } from "./constants.ts";
import { writeIndex, type IndexEntry } from "./frame-index.ts";

/** Puts coded blocks, in order, into frames. */
export class FrameWriter {
  #entries: IndexEntry[] = [];

  /**
   * What the file gets for a block: the magic before the first of a frame, the index after the last.
   *
   * @param block header and payload
   */
  add(block: Uint8Array, contentLength: number, last: boolean): Uint8Array[] {
    const parts = this.#entries.length === 0 ? [MAGIC.slice(), block] : [block];
    this.#entries.push({ length: block.length, contentLength });
    if (last) {
      if (this.#entries.length > 1) parts.push(writeIndex(this.#entries));
      this.#entries = [];
    }
    return parts;
  }
}

import type { DecompressOptions, OpenFile } from "@pith/codec";
import type { Member } from "./member.ts";

/** Where a member's content ends in the tar. */
export function endOf({ dataOffset, size }: Member): number {
  return dataOffset + size;
}

/** Gives the bytes of members in turn, and decodes each block once: of a block, what the members need is kept until the next. */
export class BlockCache {
  readonly #tar: OpenFile;
  readonly #members: readonly Member[];
  readonly #options: DecompressOptions;
  /** What is kept: content from a place on. */
  #start = 0;
  #bytes = new Uint8Array(0);
  /** The first block and the first member that may still be of use. */
  #block = 0;
  #member = 0;

  /** @param members whose bytes will be asked for, in the order in which they lie in the tar */
  constructor(tar: OpenFile, members: readonly Member[], options: DecompressOptions) {
    this.#tar = tar;
    this.#members = members;
    this.#options = options;
  }

  /** Content between two places, block by block. */
  async *between(start: number, end: number): AsyncGenerator<Uint8Array, void> {
    for (let at = start; at < end;) {
      if (at >= this.#start + this.#bytes.length) await this.#decode(at);
      const part = this.#bytes.subarray(at - this.#start, end - this.#start);
      yield part;
      at += part.length;
    }
  }

  /** Decodes what the members need of a block, from a place on. */
  async #decode(start: number): Promise<void> {
    const { blockEnds } = this.#tar;
    while (blockEnds[this.#block] <= start) this.#block++;
    const blockEnd = blockEnds[this.#block];
    let end = start;
    for (; this.#member < this.#members.length && this.#members[this.#member].offset < blockEnd; this.#member++) {
      end = Math.max(end, Math.min(blockEnd, endOf(this.#members[this.#member])));
      if (endOf(this.#members[this.#member]) > blockEnd) break;
    }
    this.#bytes = new Uint8Array(0);
    this.#bytes = await this.#tar.range(start, end, this.#options);
    this.#start = start;
  }
}

import { PithError } from "@pith/core";

/** Reads bytes that arrive in chunks. */
export class ChunkReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);
  /** Where the next byte lies. */
  offset: number;

  /** @param offset of the first byte, for errors */
  constructor(chunks: AsyncIterable<Uint8Array>, offset: number) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.offset = offset;
  }

  /** So many bytes. @throws PithError `truncated` */
  async take(length: number): Promise<Uint8Array> {
    if (this.#chunk.length >= length) return this.#consume(length);
    const bytes = new Uint8Array(length);
    let done = 0;
    for await (const part of this.pieces(length)) {
      bytes.set(part, done);
      done += part.length;
    }
    return bytes;
  }

  /** So many bytes, piece by piece. @throws PithError `truncated` */
  async *pieces(length: number): AsyncGenerator<Uint8Array, void> {
    for (let left = length; left > 0;) {
      if (this.#chunk.length === 0) await this.#next(left);
      const piece = this.#consume(Math.min(left, this.#chunk.length));
      left -= piece.length;
      yield piece;
    }
  }

  /** Whether nothing more comes. */
  async isAtEnd(): Promise<boolean> {
    while (this.#chunk.length === 0) {
      const next = await this.#chunks.next();
      if (next.done === true) return true;
      this.#chunk = next.value;
    }
    return false;
  }

  /** Passes over all that comes. */
  async drain(): Promise<void> {
    while (!(await this.isAtEnd())) this.#consume(this.#chunk.length);
  }

  /** Nothing more is asked for. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #next(missing: number): Promise<void> {
    if (!(await this.isAtEnd())) return;
    throw new PithError("truncated", "the tar ends in the middle", {
      offset: this.offset,
      expected: `${missing} bytes more`,
    });
  }

  #consume(length: number): Uint8Array {
    const bytes = this.#chunk.subarray(0, length);
    this.#chunk = this.#chunk.subarray(length);
    this.offset += length;
    return bytes;
  }
}

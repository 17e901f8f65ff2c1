/** Bytes below which a chunk is gathered with its neighbours. */
const SMALL = 4096;
/** Bytes of neighbours that make one chunk. */
const GATHERED = 65_536;

/** Bytes that arrive in chunks and leave in other pieces. */
export class ByteQueue {
  /** Bytes that ever arrived. */
  received = 0;
  /** Bytes that arrived and were not skipped. */
  available = 0;
  #chunks: Uint8Array[] = [];
  /** Small chunks are gathered here, so that a byte that comes alone does not cost an object. */
  #gathered = new Uint8Array(0);
  #gatheredLength = 0;

  /** @param chunk kept, not copied, unless it is small */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    if (chunk.length < SMALL) this.#gather(chunk);
    else this.#chunks.push(chunk);
    this.received += chunk.length;
    this.available += chunk.length;
  }

  /** The next `length` bytes in one piece; at most {@link ByteQueue.available}. A view where one chunk has them. */
  peek(length: number): Uint8Array {
    if (length === 0) return new Uint8Array(0);
    if (this.#chunks[0].length < length) this.#join(length);
    return this.#chunks[0].subarray(0, length);
  }

  /** Drops the next `length` bytes. */
  skip(length: number): void {
    this.available -= length;
    let whole = 0;
    while (whole < this.#chunks.length && length >= this.#chunks[whole].length) length -= this.#chunks[whole++].length;
    this.#chunks.splice(0, whole);
    if (length > 0) this.#chunks[0] = this.#chunks[0].subarray(length);
  }

  #gather(chunk: Uint8Array): void {
    if (this.#gatheredLength + chunk.length > this.#gathered.length) {
      this.#gathered = new Uint8Array(GATHERED);
      this.#gatheredLength = 0;
    }
    const buffer = this.#gathered;
    const end = this.#gatheredLength + chunk.length;
    buffer.set(chunk, this.#gatheredLength);
    const last = this.#chunks.at(-1);
    const follows = last?.buffer === buffer.buffer && last.byteOffset + last.length === this.#gatheredLength;
    if (follows) this.#chunks[this.#chunks.length - 1] = buffer.subarray(last.byteOffset, end);
    else this.#chunks.push(buffer.subarray(this.#gatheredLength, end));
    this.#gatheredLength = end;
  }

  /** Makes one chunk of the first chunks, as many as `length` bytes need. */
  #join(length: number): void {
    let count = 0;
    let total = 0;
    while (total < length) total += this.#chunks[count++].length;
    const joined = new Uint8Array(total);
    let at = 0;
    for (const chunk of this.#chunks.splice(0, count)) {
      joined.set(chunk, at);
      at += chunk.length;
    }
    this.#chunks.unshift(joined);
  }
}

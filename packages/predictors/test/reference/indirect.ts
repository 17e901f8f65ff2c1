/** Indirect contexts: which bytes followed the last one, and the last two, the times before. */
import type { Stream } from "./stream.ts";

/** Bytes that came after each key, the latest in the lowest eight bits. */
class Followers {
  readonly #after = new Map<number, number>();

  push(key: number, c: number): void {
    this.#after.set(key, (this.last4(key) << 8) | c);
  }

  last4(key: number): number {
    return this.#after.get(key) ?? 0;
  }
}

export class Indirect {
  readonly #stream: Stream;
  readonly #after1 = new Followers();
  readonly #after2 = new Followers();
  /** The last three bytes that followed the last byte; the last two that followed the last two. */
  indirect1 = 0;
  indirect2 = 0;

  constructor(stream: Stream) {
    this.#stream = stream;
  }

  update(c: number): void {
    const { last4 } = this.#stream;
    this.#after1.push((last4 >> 8) & 0xff, c);
    this.#after2.push((last4 >> 8) & 0xffff, c);
    this.indirect1 = this.#after1.last4(c) & 0xffffff;
    this.indirect2 = this.#after2.last4(last4 & 0xffff) & 0xffff;
  }
}

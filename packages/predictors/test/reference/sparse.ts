/** Which of the last bytes are zero, and which equal the one four before them. */
import type { Stream } from "./stream.ts";

export class Sparse {
  readonly #stream: Stream;

  constructor(stream: Stream) {
    this.#stream = stream;
  }

  /** A bit for each of the last `count` bytes, the latest lowest: whether it is zero, but of the stream alone. */
  zeros(count: number): number {
    return this.#bits(count, (distance) => this.#stream.byteBack(distance) === 0);
  }

  /** The same: whether it equals the one four before it. */
  repeats(count: number): number {
    return this.#bits(count, (distance) => this.#stream.byteBack(distance) === this.#stream.byteBack(distance + 4));
  }

  #bits(count: number, holds: (distance: number) => boolean): number {
    let bits = 0;
    for (let distance = count; distance >= 1; distance--) {
      const within = distance <= this.#stream.position;
      bits = bits * 2 + (within && holds(distance) ? 1 : 0);
    }
    return bits;
  }
}

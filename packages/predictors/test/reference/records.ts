/** Records: the distance at which bytes repeat. */
import type { Stream } from "./stream.ts";

const LONGEST = 1024;
const PROOF = 3;

export class Records {
  readonly #stream: Stream;
  readonly #lastSeen = new Map<number, number>();
  #candidate = 0;
  #repeats = 0;
  /** Length of the record, 0 until one is found. */
  recordLength = 0;

  constructor(stream: Stream) {
    this.#stream = stream;
  }

  update(c: number): void {
    const { position } = this.#stream;
    const distance = position - (this.#lastSeen.get(c) ?? 0);
    this.#lastSeen.set(c, position);
    if (distance <= 1 || distance >= LONGEST || c === 0) return;
    if (distance === this.#candidate) {
      this.#repeats++;
      if (this.#repeats > PROOF) this.recordLength = distance;
    } else {
      this.#repeats = 0;
      this.#candidate = distance;
    }
  }

  /** The byte so many records above the next one; `otherwise` where no record is known. */
  above(records: number, otherwise: number): number {
    return this.recordLength === 0 ? otherwise : this.#stream.byteBack(this.recordLength * records);
  }
}

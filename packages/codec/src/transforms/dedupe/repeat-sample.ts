/** Where in a content the same comes again, about: by blocks. */
export class RepeatSample {
  readonly #blockSize: number;
  /** Of each block, the bytes that were there in an earlier one. */
  readonly #repeated: readonly number[];

  constructor(blockSize: number, repeated: readonly number[]) {
    this.#blockSize = blockSize;
    this.#repeated = repeated;
  }

  /**
   * Whether some of the next `within` bytes, all of them from `start` up to a place, have that share of what was there
   * before.
   */
  promises(start: number, within: number, share: number): boolean {
    const first = Math.floor(start / this.#blockSize);
    const end = Math.min(this.#repeated.length, first + Math.floor(within / this.#blockSize));
    let repeated = 0;
    for (let i = first; i < end; i++) {
      repeated += this.#repeated[i];
      if (repeated > 0 && repeated >= share * (i + 1 - first) * this.#blockSize) return true;
    }
    return false;
  }
}

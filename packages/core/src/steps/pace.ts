/** Shorter slices are worth lengthening, and longer ones keep the event loop waiting. In milliseconds. */
const SHORT = 2;
const LONG = 4;

/** Cuts work into slices of a few milliseconds, however fast the work and the machine are. */
export class Pace {
  #length: number;
  readonly #most: number;

  /**
   * @param first length of the first slice
   * @param most that a slice may have
   */
  constructor(first: number, most: number) {
    this.#length = Math.min(first, most);
    this.#most = most;
  }

  /**
   * Does one slice.
   *
   * @param left what there is to do
   * @param work does as much as it is told
   * @returns how much that was
   */
  slice(left: number, work: (length: number) => void): number {
    const length = Math.min(left, this.#length);
    const start = performance.now();
    work(length);
    const took = performance.now() - start;
    if (took < SHORT) this.#length = Math.min(2 * this.#length, this.#most);
    else if (took > LONG) this.#length = Math.max(1, this.#length >> 1);
    return length;
  }
}

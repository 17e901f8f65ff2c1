/** Counts up to this have a place of their own. */
const SMALL = 4096;

/**
 * How many counters have which count. A sum over all counters becomes one over the counts, in ascending order; so it
 * does not depend on the order in which the counters were looked at, to the last bit.
 */
export class CountSpectrum {
  readonly #small = new Float64Array(SMALL);
  readonly #large = new Map<number, number>();
  #counters = 0;

  /** Takes in a counter; zeros do not count. */
  add(count: number): void {
    if (count === 0) return;
    this.#counters++;
    if (count < SMALL && Number.isInteger(count)) this.#small[count]++;
    else this.#large.set(count, (this.#large.get(count) ?? 0) + 1);
  }

  /** Counters that are not zero. */
  get counters(): number {
    return this.#counters;
  }

  /** The sum of a function of each count. */
  sum(of: (count: number) => number): number {
    let sum = 0;
    for (let count = 1; count < SMALL; count++) {
      if (this.#small[count] > 0) sum += this.#small[count] * of(count);
    }
    for (const [count, times] of [...this.#large].sort(([a], [b]) => a - b)) sum += times * of(count);
    return sum;
  }

  /** The sum of n · log2 n. */
  get logSum(): number {
    return this.sum((count) => count * Math.log2(count));
  }

  /** The sum of all counts. */
  get total(): number {
    return this.sum((count) => count);
  }
}

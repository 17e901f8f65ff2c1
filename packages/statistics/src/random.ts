/** Random numbers that are the same for a seed on every machine. */

/** A generator whose state can be kept and taken up again (xorshift of 32 bits, Marsaglia 2003). */
export class Random {
  #state: number;

  /** @param seed any integer */
  constructor(seed: number) {
    // A few steps of mixing, so that seeds next to each other begin differently; the state must not be 0.
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0 || 1;
  }

  /** A generator that goes on where another one was. */
  static from(state: number): Random {
    const random = new Random(0);
    random.#state = state;
    return random;
  }

  /** 1 to 2^32 − 1; with it {@link from} goes on here. */
  get state(): number {
    return this.#state;
  }

  /** An integer from 0 to bound − 1, for bounds far below 2^32. */
  below(bound: number): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x >>> 0;
    return this.#state % bound;
  }

  /** Puts the items of an array in a random order, in place (Fisher and Yates). */
  shuffle(items: { [index: number]: unknown; readonly length: number }): void {
    for (let last = items.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      [items[last], items[other]] = [items[other], items[last]];
    }
  }
}

import { randomNumbers } from "../measure/pseudo-text.ts";

/** Decisions that are the same on every run. */
export class Random {
  readonly #next: () => number;

  /** @param seed any integer */
  constructor(seed: number) {
    this.#next = randomNumbers(seed);
  }

  /** An integer from 0 up to, but without, `limit`. */
  below(limit: number): number {
    return Math.floor((this.#next() / 2 ** 32) * limit);
  }

  /** True once in `n` times. */
  oneIn(n: number): boolean {
    return this.below(n) === 0;
  }

  /** One of these; there must be one. */
  of<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)];
  }
}

/** A seeded source of numbers (xorshift, 32 bits): the same on every run and machine. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0 || 1;
  }

  /** An integer from 0 to `count` − 1. */
  below(count: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % count;
  }

  /** One of a list, the earlier the likelier: the lower of two draws. */
  pick<T>(list: readonly T[]): T {
    return list[Math.min(this.below(list.length), this.below(list.length))];
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
}

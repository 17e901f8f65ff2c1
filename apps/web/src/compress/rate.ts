/** How fast work goes, from reports of how far it is. */

/** Seconds after which what was before counts for 1/e. */
const MEMORY = 4;

/** Smooths progress into a rate. */
export class RateMeter {
  #last: { readonly done: number; readonly time: number };
  #rate = 0;
  #weight = 0;

  /** @param time in seconds, of any clock */
  constructor(time: number) {
    this.#last = { done: 0, time };
  }

  /**
   * @param done bytes
   * @param time in seconds, of the same clock
   */
  report(done: number, time: number): void {
    const seconds = time - this.#last.time;
    if (seconds <= 0) return;
    const keep = Math.exp(-seconds / MEMORY);
    this.#rate = keep * this.#rate + (1 - keep) * ((done - this.#last.done) / seconds);
    this.#weight = keep * this.#weight + (1 - keep);
    this.#last = { done, time };
  }

  /** Bytes a second; 0 while nothing is known. */
  get rate(): number {
    return this.#weight === 0 ? 0 : this.#rate / this.#weight;
  }

  /** Seconds until `total` bytes are done at this rate; undefined while that cannot be said. */
  secondsLeft(total: number): number | undefined {
    const { rate } = this;
    return rate <= 0 ? undefined : Math.max(0, total - this.#last.done) / rate;
  }
}

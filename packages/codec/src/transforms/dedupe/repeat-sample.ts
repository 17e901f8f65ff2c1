import type { Repeated } from "./sampler.ts";

/** Share of content that must come again for deduplication to begin, in a sample. */
const PROMISING = 1 / 16;
/**
 * Bytes that a piece must repeat of itself to count. A method sees those by itself: taking them out saves its time, and
 * hardly any bytes.
 */
const LEAST_WITHIN = 32_768;

/** Whether so much comes again in `length` bytes that deduplication promises to pay. */
export function isPromising({ before, within }: Repeated, length: number): boolean {
  const repeated = before + (within >= LEAST_WITHIN ? within : 0);
  return repeated > 0 && repeated >= PROMISING * length;
}

/** Where in a content the same comes again, about: by blocks. */
export class RepeatSample {
  readonly #blockSize: number;
  readonly #blocks: readonly Repeated[];

  constructor(blockSize: number, blocks: readonly Repeated[]) {
    this.#blockSize = blockSize;
    this.#blocks = blocks;
  }

  /** Whether deduplication promises to pay for the next bytes, `most` at most: all of them from `start` up to a place. */
  promises(start: number, most: number): boolean {
    return this.#some(start, most, ({ before, within }) => ({ before, within }));
  }

  /** As {@link promises}, even without what blocks repeat of themselves. */
  promisesFar(start: number, most: number): boolean {
    return this.#some(start, most, ({ before }) => ({ before, within: 0 }));
  }

  #some(start: number, most: number, counted: (block: Repeated) => Repeated): boolean {
    const first = Math.floor(start / this.#blockSize);
    const end = Math.min(this.#blocks.length, first + Math.floor(most / this.#blockSize));
    const sum: Repeated = { before: 0, within: 0 };
    for (let i = first; i < end; i++) {
      const { before, within } = counted(this.#blocks[i]);
      sum.before += before;
      sum.within += within;
      if (isPromising(sum, (i + 1 - first) * this.#blockSize)) return true;
    }
    return false;
  }
}

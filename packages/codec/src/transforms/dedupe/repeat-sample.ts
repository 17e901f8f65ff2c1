import type { Repeated } from "./sampler.ts";

/** Share of content that must come again for deduplication to begin, in a sample. */
const PROMISING = 1 / 16;
/**
 * Bytes that a piece must repeat of itself to count. A method sees those by itself: taking them out saves its time, and
 * hardly any bytes.
 */
const LEAST_WITHIN = 32_768;

/** As many times as much must come again where values of known types, which have a method of their own, become bytes. */
export const VALUES = 3;
/** And of an archive, which is coded as well with what comes again taken out: its parts are opened as blocks are. */
export const ARCHIVE = 1 / 16;

/**
 * Whether so much comes again in `length` bytes that deduplication promises to pay.
 *
 * @param times what must come again, as a multiple of what must in bytes that are like any others
 */
export function isPromising({ before, within }: Repeated, length: number, times = 1): boolean {
  const repeated = before + (within >= LEAST_WITHIN ? within : 0);
  return repeated > 0 && repeated >= times * PROMISING * length;
}

/** Where in a content the same comes again, about: by blocks. */
export class RepeatSample {
  readonly #blockSize: number;
  readonly #blocks: readonly Repeated[];

  constructor(blockSize: number, blocks: readonly Repeated[]) {
    this.#blockSize = blockSize;
    this.#blocks = blocks;
  }

  /**
   * Whether deduplication promises to pay for the next bytes, `most` at most: all of them from `start` up to a place.
   *
   * @param times as {@link isPromising} has it
   */
  promises(start: number, most: number, times = 1): boolean {
    return this.#some(start, most, times, ({ before, within }) => ({ before, within }));
  }

  /** As {@link promises}, even without what blocks repeat of themselves. */
  promisesFar(start: number, most: number, times = 1): boolean {
    return this.#some(start, most, times, ({ before }) => ({ before, within: 0 }));
  }

  #some(start: number, most: number, times: number, counted: (block: Repeated) => Repeated): boolean {
    const first = Math.floor(start / this.#blockSize);
    const end = Math.min(this.#blocks.length, first + Math.floor(most / this.#blockSize));
    const sum: Repeated = { before: 0, within: 0 };
    for (let i = first; i < end; i++) {
      const { before, within } = counted(this.#blocks[i]);
      sum.before += before;
      sum.within += within;
      if (isPromising(sum, (i + 1 - first) * this.#blockSize, times)) return true;
    }
    return false;
  }
}

import { instantiateKernel } from "@pith/core";
import { kernel as findKernel } from "#kernels/dedupe-find";

/** A stretch of content that was there before. In bytes. */
export interface Repeat {
  readonly start: number;
  readonly length: number;
  /** Where it was before; it may reach into the repeat itself. */
  readonly source: number;
}

/** A model that sees both places predicts a shorter repeat for less than its name costs; one that does not, half as long ones. */
export const SHORTEST = 256;

/** Finds what comes again in content that arrives in slices, and keeps the content. */
export class RepeatFinder {
  readonly #kernel = instantiateKernel(findKernel);
  readonly sliceLength = this.#kernel.sliceLength();
  /** Bytes of content so far. */
  length = 0;

  /** @param shortest bytes that repeats have at least: 128 or more */
  constructor(shortest = SHORTEST) {
    this.#kernel.setMinimum(shortest);
  }

  /** Bytes of content so far that were there before, of which one more repeat may not have been told yet. */
  get repeatedLength(): number {
    return this.#kernel.repeatedLength() >>> 0;
  }

  /**
   * Takes a slice, which is copied. What is found depends on where slices are cut.
   *
   * @param slice at most {@link RepeatFinder.sliceLength} bytes
   * @returns the repeats that are settled, in the order in which they come
   */
  look(slice: Uint8Array): Repeat[] {
    const kernel = this.#kernel;
    new Uint8Array(kernel.memory.buffer, kernel.sliceAddress(), slice.length).set(slice);
    kernel.look(slice.length);
    this.length += slice.length;
    return this.#settled();
  }

  /** Ends the content. @returns the repeats that were left */
  finish(): Repeat[] {
    this.#kernel.finish();
    return this.#settled();
  }

  /** Content between two places: a view, good until the next call. */
  content(start: number, end: number): Uint8Array {
    const { buffer } = this.#kernel.memory;
    return new Uint8Array(buffer, (this.#kernel.contentAddress() >>> 0) + start, end - start);
  }

  #settled(): Repeat[] {
    const { buffer } = this.#kernel.memory;
    const count = this.#kernel.repeatCount();
    const fields = new Uint32Array(buffer, this.#kernel.repeatsAddress(), 3 * count);
    return Array.from({ length: count }, (_, i) => ({
      start: fields[3 * i],
      length: fields[3 * i + 1],
      source: fields[3 * i + 2],
    }));
  }
}

import { instantiateKernel } from "@pith/core";
import { kernel as sampleKernel } from "#kernels/dedupe-sample";

/** Most content that one sampler is given: its places have 32 bits, and its table grows with it. */
export const MOST_SAMPLED = 2 ** 30;

/** Bytes of a piece of content that come again, about. */
export interface Repeated {
  /** They were there before the piece. */
  before: number;
  /** They were there before, but in the piece itself: runs, short periods and long repeats. */
  within: number;
}

/** Estimates how much of content comes again far from where it was, at 1 GB/s and without keeping the content. */
export class RepeatSampler {
  readonly #kernel = instantiateKernel(sampleKernel);
  /** Most bytes of a slice. */
  readonly sliceLength = this.#kernel.sliceLength();
  /** Bytes of content so far. */
  length = 0;
  /** Where the piece begins that is looked at. */
  #border = 0;

  /** Begins another piece. */
  begin(): void {
    this.#border = this.length;
  }

  /**
   * Looks at a slice of the piece. Its last few KB wait for what follows them.
   *
   * @param slice at most {@link RepeatSampler.sliceLength} bytes
   * @param repeated what is found is added to it
   */
  look(slice: Uint8Array, repeated: Repeated): void {
    const kernel = this.#kernel;
    new Uint8Array(kernel.memory.buffer, kernel.sliceAddress(), slice.length).set(slice);
    this.length += slice.length;
    kernel.sample(slice.length, this.#border);
    repeated.before += kernel.repeatedBefore();
    repeated.within += kernel.repeatedWithin();
  }

  /** Looks at a whole piece. @yields now and then */
  *sample(piece: Uint8Array): Generator<undefined, Repeated> {
    this.begin();
    const repeated: Repeated = { before: 0, within: 0 };
    for (let at = 0; at < piece.length; at += this.sliceLength) {
      this.look(piece.subarray(at, at + this.sliceLength), repeated);
      yield undefined;
    }
    return repeated;
  }
}

import { instantiateKernel } from "@pith/core";
import { kernel as sampleKernel } from "../generated/dedupe-sample.ts";

/** What `kernel/dedupe-sample.ts` exports. Addresses and lengths are in bytes of its memory. */
interface SampleKernel {
  readonly memory: WebAssembly.Memory;
  sliceAddress(): number;
  sliceLength(): number;
  sample(count: number, border: number): number;
}

/** Most content that one sampler is given: its places have 32 bits, and its table grows with it. */
export const MOST_SAMPLED = 2 ** 30;

/** Estimates how much of content comes again far from where it was, at 1 GB/s and without keeping the content. */
export class RepeatSampler {
  readonly #kernel = instantiateKernel<SampleKernel>(sampleKernel);
  /** Bytes of content so far. */
  length = 0;

  /**
   * Looks at more content. The last few KB wait for what follows them.
   *
   * @yields now and then
   * @returns bytes of it that were there before this piece, about
   */
  *sample(piece: Uint8Array): Generator<undefined, number> {
    const border = this.length;
    const step = this.#kernel.sliceLength();
    let repeated = 0;
    for (let at = 0; at < piece.length; at += step) {
      const slice = piece.subarray(at, at + step);
      new Uint8Array(this.#kernel.memory.buffer, this.#kernel.sliceAddress(), slice.length).set(slice);
      repeated += this.#kernel.sample(slice.length, border);
      yield undefined;
    }
    this.length += piece.length;
    return repeated;
  }
}

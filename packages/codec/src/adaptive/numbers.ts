import type { BitCoder } from "./bit-coder.ts";

/** A probability moves by 1 / (updates + 1.5) of its error, and at last by 1/64. */
const SLOWEST = 62.5;
/** Bits behind the leading one that are predicted; those below them are as good as random. */
const PREDICTED_BITS = 3;
const SIZES = 32;

/**
 * Adaptive Elias-gamma code of a series of numbers, 0 to 2^31 − 1: the size in bits, predicted from the size before,
 * then the bits below the leading one, the first few predicted.
 */
export class NumberModel {
  readonly #sizes = new AdaptiveBits(SIZES * SIZES);
  readonly #bits = new AdaptiveBits(SIZES << PREDICTED_BITS);
  #lastSize = 0;

  /** Codes a number; `value` counts only when encoding. Returns it. */
  code(coder: BitCoder, value: number): number {
    const coded = value + 1;
    const size = this.#codeSize(coder, 31 - Math.clz32(coded));
    let result = 1;
    for (let left = size - 1, depth = 0; left >= 0; left--, depth++) {
      const bit = (coded >>> left) & 1;
      const context =
        depth < PREDICTED_BITS ? (size << PREDICTED_BITS) | (result & ((1 << depth) - 1)) | (1 << depth) : -1;
      result = result * 2 + (context < 0 ? coder(bit, 32768) : this.#bits.code(coder, context, bit));
    }
    return result - 1;
  }

  #codeSize(coder: BitCoder, size: number): number {
    let node = 1;
    for (let shift = 4; shift >= 0; shift--) {
      node = (node << 1) | this.#sizes.code(coder, (this.#lastSize << 5) | node, (size >>> shift) & 1);
    }
    this.#lastSize = node & (SIZES - 1);
    return this.#lastSize;
  }
}

/** Adaptive probabilities of bits, one a context. */
export class AdaptiveBits {
  readonly #probabilities: Float64Array;
  readonly #updates: Uint8Array;

  constructor(contexts: number) {
    this.#probabilities = new Float64Array(contexts).fill(0.5);
    this.#updates = new Uint8Array(contexts);
  }

  code(coder: BitCoder, context: number, bit: number): number {
    const p = this.#probabilities[context];
    const coded = coder(bit, Math.max(64, Math.min(65472, Math.floor(p * 65536))));
    const updates = this.#updates[context];
    this.#probabilities[context] = p + (coded - p) / Math.min(updates + 1.5, SLOWEST);
    if (updates < 255) this.#updates[context] = updates + 1;
    return coded;
  }
}

import { checkInteger, instantiateKernel, type Predictor } from "@pith/core";
import { kernel as dnaKernel } from "#kernels/dna";

const LEAST_TABLE_BITS = 10;
const MOST_TABLE_BITS = 24;

export interface DnaPredictorOptions {
  /** Bases to come, at most: 1 to 2^30. Memory grows with it. Default 2^20. */
  readonly capacity?: number | undefined;
  /**
   * Log2 of the contexts that one table holds: 10 to 24. More is better and slower until it is about that of the capacity
   * plus 2, which is the default, within 22.
   */
  readonly tableBits?: number | undefined;
}

/**
 * Predicts the next base of a nucleotide sequence by context mixing: contexts of the last 1 to 16 bases, and copies of
 * earlier stretches of the sequence, all on both strands.
 *
 * Symbols: A 0, G 1, C 2, T 3, so the complement of s is 3 − s. A prediction takes about 2 µs.
 *
 * @throws RangeError for options out of range; from `update` for another symbol, or after `capacity` bases
 * @example
 * const predictor = createDnaPredictor({ capacity: 1000 });
 * const probabilities = new Uint32Array(4);
 * predictor.predict(probabilities); // 2^20 each: nothing is known
 * predictor.update(0); // an A
 */
export function createDnaPredictor(options: DnaPredictorOptions = {}): Predictor {
  const { capacity = 2 ** 20 } = options;
  checkInteger("capacity", capacity, 1, 2 ** 30);
  const filled = 34 - Math.clz32(capacity);
  const { tableBits = Math.max(LEAST_TABLE_BITS, Math.min(22, filled)) } = options;
  checkInteger("tableBits", tableBits, LEAST_TABLE_BITS, MOST_TABLE_BITS);

  const kernel = instantiateKernel(dnaKernel);
  kernel.start(capacity, tableBits);
  let updates = 0;
  return {
    alphabetSize: 4,
    predict(probabilities) {
      if (probabilities.length < 4) {
        throw new RangeError(`probabilities: expected at least 4 entries, got ${probabilities.length}`);
      }
      probabilities.set(new Uint32Array(kernel.memory.buffer, kernel.predict(), 4));
    },
    update(symbol) {
      checkInteger("symbol", symbol, 0, 3);
      if (updates === capacity) throw new RangeError(`update: expected at most ${capacity} bases, the capacity`);
      kernel.update(symbol);
      updates++;
    },
  };
}

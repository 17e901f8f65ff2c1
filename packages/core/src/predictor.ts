/**
 * The contract that every model obeys: it guesses the next symbol of a stream and learns from each.
 *
 * One prediction has four uses: code the symbol under it, rank the symbol by it, resolve an ambiguous letter with
 * it, or measure how predictable the data is.
 */

/** Sum of the probabilities that {@link Predictor.predict} writes: 2^22. */
export const PROBABILITY_TOTAL = 1 << 22;

/** Guesses a stream of symbols, one at a time, and learns from each. */
export interface Predictor {
  /** Number of symbols, 2 to 65,536; they are 0 … alphabetSize − 1. */
  readonly alphabetSize: number;

  /**
   * Writes P(next = s | past) for every symbol s as integers ≥ 1 that sum to {@link PROBABILITY_TOTAL}. The same
   * past gives the same integers on every machine. Calling it twice without an update writes the same again.
   *
   * @param probabilities at least `alphabetSize` long; entries beyond it are left alone
   */
  predict(probabilities: Uint32Array): void;

  /**
   * Learns the symbol that came.
   *
   * @param symbol 0 … alphabetSize − 1
   */
  update(symbol: number): void;
}

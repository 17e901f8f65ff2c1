/** How predictable symbols are, in bits. */
import { checkInteger, type Predictor, PROBABILITY_TOTAL } from "@pith/core";
import { AdaptiveModel, type AdaptiveModelOptions } from "./adaptive-model.ts";
import { checkAlphabet, checkSymbols, type Symbols } from "./check.ts";

/**
 * Shannon entropy of a distribution.
 *
 * @param counts or probabilities: not negative, of any sum
 * @returns bits per symbol; 0 where all counts are 0
 */
export function entropyOfCounts(counts: ArrayLike<number>): number {
  let total = 0;
  let weighted = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = checkWeight("counts", counts, i);
    total += count;
    if (count > 0) weighted += count * Math.log2(count);
  }
  return total === 0 ? 0 : Math.max(0, Math.log2(total) - weighted / total);
}

/**
 * Kullback-Leibler divergence D(p ‖ q): bits per symbol that a code for q loses on symbols that follow p.
 *
 * @param p counts or probabilities: not negative, of a positive sum
 * @param q as many, likewise
 * @returns at least 0; Infinity where q rules out what p does not
 * @throws RangeError for distributions of different size, or for none
 */
export function klDivergence(p: ArrayLike<number>, q: ArrayLike<number>): number {
  if (p.length !== q.length) throw new RangeError(`q: expected ${p.length} entries, as p has, got ${q.length}`);
  let sumP = 0;
  let sumQ = 0;
  for (let i = 0; i < p.length; i++) {
    sumP += checkWeight("p", p, i);
    sumQ += checkWeight("q", q, i);
  }
  if (sumP === 0) throw new RangeError("p: expected a positive sum, got 0");
  if (sumQ === 0) throw new RangeError("q: expected a positive sum, got 0");
  let divergence = 0;
  for (let i = 0; i < p.length; i++) {
    if (p[i] > 0) divergence += (p[i] / sumP) * Math.log2(p[i] / sumP / (q[i] / sumQ));
  }
  return Math.max(0, divergence); // rounding may leave it a hair below
}

function checkWeight(name: string, weights: ArrayLike<number>, i: number): number {
  const weight = weights[i];
  if (!(weight >= 0 && weight < Infinity)) {
    throw new RangeError(`${name}[${i}]: expected a finite number of at least 0, got ${weight}`);
  }
  return weight;
}

/**
 * Empirical entropies of order 0 … maximumOrder: bits per symbol where the symbols before it, as many as the order says,
 * are known. The first `order` symbols, which have no such context, are not counted. High orders of short data are low
 * for want of data, not because it could be coded so.
 *
 * Takes time proportional to symbols × orders, and up to about 100 bytes of memory a symbol.
 *
 * @param maximumOrder 0 … 64
 * @returns one number an order; 0 where no symbol has so much before it
 */
export function orderEntropies(symbols: Symbols, maximumOrder: number): number[] {
  checkInteger("maximumOrder", maximumOrder, 0, 64);
  checkSymbols(symbols, 65536);
  const entropies: number[] = [];
  // names[i] tells strings of `order` symbols that end before i apart; with the symbol at i, it names one symbol more.
  const names = new Uint32Array(symbols.length);
  for (let order = 0; order <= maximumOrder; order++) {
    const found = new Map<number, number>();
    const contextCounts: number[] = [];
    const counts: number[] = [];
    let previous = 0;
    for (let i = order; i < symbols.length; i++) {
      const context = names[i];
      const key = context * 65536 + symbols[i];
      let name = found.get(key);
      if (name === undefined) {
        name = counts.length;
        found.set(key, name);
        counts.push(0);
      }
      counts[name]++;
      contextCounts[context] = (contextCounts[context] ?? 0) + 1;
      // The string that ends with symbol i is the next position's context; its own was read above.
      if (i > order) names[i] = previous;
      previous = name;
    }
    const positions = symbols.length - order;
    entropies.push(positions > 0 ? Math.max(0, (sumOfLogs(contextCounts) - sumOfLogs(counts)) / positions) : 0);
  }
  return entropies;
}

/** Sum of n · log2 n. */
function sumOfLogs(counts: readonly (number | undefined)[]): number {
  let sum = 0;
  for (const count of counts) if (count !== undefined) sum += count * Math.log2(count);
  return sum;
}

/** What {@link measure} found. */
export interface PredictorMeasurement {
  /** What an ideal coder would need for all symbols, in bits. */
  readonly bits: number;
  /** The same a symbol: the predictor's cross-entropy; 0 for no symbols. */
  readonly bitsPerSymbol: number;
  /**
   * How many symbols were thought likelier than the one that came, on average; of equally likely ones, those with
   * smaller numbers count as likelier. 0 for no symbols.
   */
  readonly meanRank: number;
}

/**
 * Shows a predictor one symbol after the other and measures its guesses. It learns from them.
 *
 * @param symbols each 0 … predictor.alphabetSize − 1
 * @throws RangeError for a symbol out of its range
 */
export function measure(predictor: Predictor, symbols: Symbols): PredictorMeasurement {
  const { alphabetSize } = predictor;
  checkAlphabet(alphabetSize);
  checkSymbols(symbols, alphabetSize);
  const probabilities = new Uint32Array(alphabetSize);
  let bits = 0;
  let ranks = 0;
  for (const symbol of symbols) {
    predictor.predict(probabilities);
    const own = probabilities[symbol];
    bits += Math.log2(PROBABILITY_TOTAL / own);
    for (let other = 0; other < alphabetSize; other++) {
      if (probabilities[other] > own || (probabilities[other] === own && other < symbol)) ranks++;
    }
    predictor.update(symbol);
  }
  const count = Math.max(1, symbols.length);
  return { bits, bitsPerSymbol: bits / count, meanRank: ranks / count };
}

/**
 * What an ideal coder would need under the adaptive model of `encodeSymbols`, in bits.
 *
 * @param symbols each 0 … alphabetSize − 1
 */
export function adaptiveCost(symbols: Symbols, alphabetSize: number, options: AdaptiveModelOptions = {}): number {
  const model = new AdaptiveModel(alphabetSize, options);
  checkSymbols(symbols, alphabetSize);
  let bits = 0;
  for (const symbol of symbols) {
    bits += model.cost(symbol);
    model.update(symbol);
  }
  return bits;
}

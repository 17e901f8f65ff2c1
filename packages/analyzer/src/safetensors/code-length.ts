/**
 * What counts are worth, in bits: under the empirical distribution, and under a code that starts out knowing nothing.
 *
 * The second is the Krichevsky–Trofimov estimator (R. Krichevsky and V. Trofimov, "The performance of universal
 * encoding", 1981): a bit that came k times among n so far has the probability (k + ½) / (n + 1). What an arithmetic coder
 * writes with it depends on the counts at the end alone, not on the order in which things came. So it is a size that a
 * decoder can really start from, what is spent on learning included, and counting is enough to know it.
 */
import { log2Gamma } from "../statistics/log-gamma.ts";

/** n · log2 n; 0 for 0. */
function weighted(n: number): number {
  return n === 0 ? 0 : n * Math.log2(n);
}

/**
 * Empirical entropy of some counts, for all symbols together.
 *
 * @param counts from `start` on, `size` of them
 * @returns bits
 */
export function entropyBits(counts: ArrayLike<number>, start: number, size: number): number {
  let total = 0;
  let sum = 0;
  for (let i = start; i < start + size; i++) {
    total += counts[i];
    sum += weighted(counts[i]);
  }
  return Math.max(0, weighted(total) - sum);
}

const TABLE_SIZE = 4096;
/** log2(Γ(n + ½) / Γ(½)), by n. */
const halfFactorials = new Float64Array(TABLE_SIZE);
/** log2 n!, by n. */
const factorials = new Float64Array(TABLE_SIZE);
for (let n = 1; n < TABLE_SIZE; n++) {
  halfFactorials[n] = halfFactorials[n - 1] + Math.log2(n - 0.5);
  factorials[n] = factorials[n - 1] + Math.log2(n);
}

const LOG_GAMMA_HALF = Math.log2(Math.PI) / 2;

function halfFactorial(n: number): number {
  return n < TABLE_SIZE ? halfFactorials[n] : log2Gamma(n + 0.5) - LOG_GAMMA_HALF;
}

function factorial(n: number): number {
  return n < TABLE_SIZE ? factorials[n] : log2Gamma(n + 1);
}

/**
 * What a bit costs that came as a zero `zeros` times and as a one `ones` times, in all, under the estimator.
 *
 * @returns bits
 */
export function adaptiveBits(zeros: number, ones: number): number {
  if (zeros === 0 && ones === 0) return 0;
  return factorial(zeros + ones) - halfFactorial(zeros) - halfFactorial(ones);
}

/**
 * What symbols cost that are coded bit by bit from the most significant on, each bit under the estimator in the context
 * of those above it; by how many of the upper bits are coded so.
 *
 * @param counts of 2^bits symbols, from `start` on
 * @param costs entry k gains the cost of the upper k bits, k = 0 … bits; the others cost a bit each, which is not added
 */
export function addTreeBits(counts: ArrayLike<number>, start: number, bits: number, costs: Float64Array): void {
  let size = 1 << bits;
  if (sums.length < size) sums = new Float64Array(size);
  const level = levelCosts;
  for (let i = 0; i < size; i++) sums[i] = counts[start + i];
  for (let depth = bits; depth > 0; depth--) {
    size >>= 1;
    let cost = 0;
    for (let i = 0; i < size; i++) {
      const zeros = sums[2 * i];
      const ones = sums[2 * i + 1];
      if (zeros + ones > 0) cost += adaptiveBits(zeros, ones);
      sums[i] = zeros + ones;
    }
    level[depth] = cost;
  }
  let cost = 0;
  for (let depth = 1; depth <= bits; depth++) {
    cost += level[depth];
    costs[depth] += cost;
  }
}

let sums = new Float64Array(256);
const levelCosts = new Float64Array(17);

/**
 * What symbols of an alphabet cost that is listed beforehand, each under the estimator for as many symbols as there are.
 *
 * @param counts of the symbols, none of them 0
 * @returns bits, without the list
 */
export function adaptiveAlphabetBits(counts: ArrayLike<number>): number {
  const size = counts.length;
  let total = 0;
  let bits = 0;
  for (let i = 0; i < size; i++) {
    total += counts[i];
    bits -= halfFactorial(counts[i]);
  }
  // log2 (Γ(total + size / 2) / Γ(size / 2)), size / 2 being whole or not.
  if (size % 2 === 0) return bits + factorial(total + size / 2 - 1) - factorial(size / 2 - 1);
  return bits + halfFactorial(total + (size - 1) / 2) - halfFactorial((size - 1) / 2);
}

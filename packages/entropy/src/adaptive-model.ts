/**
 * Adaptive frequency model: a count a symbol, cumulative sums in a Fenwick tree, counts halved when their sum passes a
 * limit.
 *
 * Every symbol starts at a count of 1. The one that comes gains `increment`. When the total passes `limit`, all counts
 * are halved, rounding up; so none becomes 0, and what lies `limit / increment` symbols back counts half. The kernel
 * twin, `kernel/adaptive-model.ts`, has the same counts at each step.
 */
import { checkInteger } from "@pith/core";
import { checkAlphabet } from "./check.ts";
import { MAXIMUM_TOTAL } from "./total.ts";

/** How fast a model learns and forgets. */
export interface AdaptiveModelOptions {
  /** What a symbol gains when it comes, 1 … 65536; default 32. */
  readonly increment?: number | undefined;
  /**
   * The largest total of counts: 2 · (alphabetSize + increment) … 2^22. A lower one forgets sooner. The default, 256 a
   * symbol and 65,536 at least, is best or near it on text and on programs.
   */
  readonly limit?: number | undefined;
}

/** {@link AdaptiveModelOptions} with the defaults of an alphabet filled in. */
export interface AdaptiveModelParameters {
  readonly increment: number;
  readonly limit: number;
}

/**
 * Fills in and checks a model's options.
 *
 * @throws RangeError for options out of their range
 */
export function adaptiveModelParameters(
  alphabetSize: number,
  options: AdaptiveModelOptions = {},
): AdaptiveModelParameters {
  checkAlphabet(alphabetSize);
  const increment = options.increment ?? DEFAULT_INCREMENT;
  checkInteger("increment", increment, 1, 65536);
  const lowest = 2 * (alphabetSize + increment);
  const limit = options.limit ?? Math.max(lowest, defaultLimit(alphabetSize));
  checkInteger("limit", limit, lowest, MAXIMUM_TOTAL);
  return { increment, limit };
}

const DEFAULT_INCREMENT = 32;

function defaultLimit(alphabetSize: number): number {
  return Math.min(MAXIMUM_TOTAL, Math.max(2 ** 16, alphabetSize * 2 ** 8));
}

/**
 * Counts of symbols that follow a stream.
 *
 * Memory: 8 bytes a symbol of the alphabet. Each operation takes O(log alphabetSize) steps, a halving O(alphabetSize).
 */
export class AdaptiveModel {
  /** Number of symbols, 2 … 65,536. */
  readonly alphabetSize: number;
  readonly #increment: number;
  readonly #limit: number;
  readonly #counts: Uint32Array;
  /** Node i, from 1, sums the counts of the i & −i symbols before symbol i. */
  readonly #tree: Uint32Array;
  /** The largest power of two that is not above the alphabet's size. */
  readonly #root: number;
  #total = 0;

  /** @throws RangeError for an alphabet or options out of their range */
  constructor(alphabetSize: number, options: AdaptiveModelOptions = {}) {
    const { increment, limit } = adaptiveModelParameters(alphabetSize, options);
    this.alphabetSize = alphabetSize;
    this.#increment = increment;
    this.#limit = limit;
    this.#counts = new Uint32Array(alphabetSize).fill(1);
    this.#tree = new Uint32Array(alphabetSize + 1);
    this.#root = 1 << (31 - Math.clz32(alphabetSize));
    this.#buildTree();
  }

  /** Sum of all counts. */
  get total(): number {
    return this.#total;
  }

  /** Count of a symbol, at least 1. */
  frequency(symbol: number): number {
    return this.#counts[symbol];
  }

  /** Sum of the counts of the symbols before a symbol. */
  cumulative(symbol: number): number {
    let sum = 0;
    for (let i = symbol; i > 0; i &= i - 1) sum += this.#tree[i];
    return sum;
  }

  /**
   * The symbol whose counts enclose a number: cumulative(symbol) ≤ target < cumulative(symbol + 1).
   *
   * @param target 0 … total − 1
   */
  find(target: number): number {
    let symbol = 0;
    let rest = target;
    for (let step = this.#root; step > 0; step >>= 1) {
      const next = symbol + step;
      if (next <= this.alphabetSize && this.#tree[next] <= rest) {
        symbol = next;
        rest -= this.#tree[next];
      }
    }
    return symbol;
  }

  /** What coding a symbol now would cost under an ideal coder, in bits. */
  cost(symbol: number): number {
    return Math.log2(this.#total / this.#counts[symbol]);
  }

  /** Learns the symbol that came. */
  update(symbol: number): void {
    this.#counts[symbol] += this.#increment;
    for (let i = symbol + 1; i <= this.alphabetSize; i += i & -i) this.#tree[i] += this.#increment;
    this.#total += this.#increment;
    if (this.#total > this.#limit) this.#halve();
  }

  #halve(): void {
    for (let symbol = 0; symbol < this.alphabetSize; symbol++) {
      const count = this.#counts[symbol];
      this.#counts[symbol] = count - (count >>> 1);
    }
    this.#buildTree();
  }

  #buildTree(): void {
    this.#tree.fill(0);
    this.#total = 0;
    for (let i = 1; i <= this.alphabetSize; i++) {
      const count = this.#counts[i - 1];
      this.#total += count;
      this.#tree[i] += count;
      const parent = i + (i & -i);
      if (parent <= this.alphabetSize) this.#tree[parent] += this.#tree[i];
    }
  }
}

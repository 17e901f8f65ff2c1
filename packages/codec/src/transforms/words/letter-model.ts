/**
 * Predicts the decisions that spell out a word list, so that a binary coder can pack it: an average of two adaptive
 * probabilities, each under a context of its own, weighted by how often the context was seen. (A third context would
 * save 3 % and cost a third more time.) Integers only, so that every machine unpacks the same list.
 */

/** A context's decisions lie side by side: nodes 1 … 31 of its tree. */
const NODE_BITS = 5;
/** Log2 of the short and the long contexts that are told apart. */
const SHORT_BITS = 13;
const LONG_BITS = 14;
const LONG_BASE = 1 << (SHORT_BITS + NODE_BITS);
const CELLS = LONG_BASE + (1 << (LONG_BITS + NODE_BITS));

/** A probability moves by 1 / (count + 1.6) of its error, so the first outcomes count most. */
const LIMIT = 60;
const RATE = Uint32Array.from({ length: LIMIT + 1 }, (_, n) => Math.trunc(655360 / (10 * n + 16)));
/** Weight of a context that was seen n times: trust grows faster than the count, and a longer context says more. */
const SHORT_TRUST = Uint32Array.from({ length: LIMIT + 1 }, (_, n) => 2 + 6 * n + 2 * n * n);
const LONG_TRUST = Uint32Array.from({ length: LIMIT + 1 }, (_, n) => 7 + 21 * n + 7 * n * n);

function place(context: number, bits: number): number {
  return (Math.imul(context + 1, 0x2c9277b5) >>> (32 - bits)) << NODE_BITS;
}

export class LetterModel {
  /** Probabilities of a one, 16 bits. */
  readonly #probabilities = new Uint16Array(CELLS).fill(32768);
  readonly #counts = new Uint8Array(CELLS);
  #short = 0;
  #long = 0;

  /** Sets the contexts of the coming decisions: integers that tell them apart. */
  context(short: number, long: number): void {
    this.#short = place(short, SHORT_BITS);
    this.#long = LONG_BASE + place(long, LONG_BITS);
  }

  /** The probability that decision `node` (1 … 31, its place in the tree of decisions) is 1, of 65536: 32 … 65503. */
  predict(node: number): number {
    const short = this.#short + node;
    const long = this.#long + node;
    const a = SHORT_TRUST[this.#counts[short]];
    const b = LONG_TRUST[this.#counts[long]];
    const p = Math.trunc((a * this.#probabilities[short] + b * this.#probabilities[long]) / (a + b));
    return p < 32 ? 32 : p > 65503 ? 65503 : p;
  }

  /** Learns how decision `node` came out. */
  update(node: number, bit: number): void {
    const target = bit === 1 ? 65535 : 0;
    this.#learn(this.#short + node, target);
    this.#learn(this.#long + node, target);
  }

  #learn(cell: number, target: number): void {
    const n = this.#counts[cell];
    const p = this.#probabilities[cell];
    this.#probabilities[cell] = p + (((target - p) * RATE[n]) >> 16);
    if (n < LIMIT) this.#counts[cell] = n + 1;
  }
}

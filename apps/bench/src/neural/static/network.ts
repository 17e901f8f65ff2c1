/** The paper's static network: trained on windows of bytes, then predicting what comes behind a window. */
import { instantiateKernel } from "@pith/core";
import { kernel as staticKernel } from "#kernels/static";
import { NOTHING, type StaticKernel } from "../../generated/static-exports.ts";

/** Section 3.5, for English: 128 units, windows of 30 symbols, 256 of them at a time, a rate of 0.001. */
export const PAPER_STATIC: StaticShape = { symbols: 256, hidden: 128, length: 30, windows: 256, rate: 0.001 };

export interface StaticShape {
  /** Size of the alphabet, a multiple of 16, at most 256. */
  readonly symbols: number;
  /** Units of each layer, a multiple of 16. */
  readonly hidden: number;
  /** Symbols of a window. */
  readonly length: number;
  /** Windows that are learnt or predicted at a time, even. */
  readonly windows: number;
  /** Of Adam. */
  readonly rate: number;
}

/** Its probabilities sum to this and are at least 1 each, as those of the other networks. */
export const TOTAL = 2 ** 22;
/** Shares are made a little smaller than they are, so that rounding never makes their sum too large. */
const HELD = 1 - 2 ** -14;
/** Numbers between two rows of probabilities. */
const GAP = 16;

export class StaticNetwork {
  readonly shape: StaticShape;
  readonly #kernel: StaticKernel;

  /** @param weights that `weights` gave, of the same shape; default: small random ones, always the same */
  constructor(shape: StaticShape, weights?: Float32Array) {
    this.shape = shape;
    this.#kernel = instantiateKernel(staticKernel);
    this.#kernel.start(shape.symbols, shape.hidden, shape.windows, shape.length, shape.rate);
    if (weights === undefined) return;
    const own = this.#weights();
    if (weights.length !== own.length) {
      throw new RangeError(`weights: expected ${own.length} numbers, got ${weights.length}`);
    }
    const bad = weights.findIndex((weight) => !Number.isFinite(weight));
    if (bad >= 0) throw new RangeError(`weights[${bad}]: expected a finite number, got ${weights[bad]}`);
    own.set(weights);
  }

  /** A copy, with the zeros that stand between rows. */
  weights(): Float32Array<ArrayBuffer> {
    return this.#weights().slice();
  }

  #weights(): Float32Array<ArrayBuffer> {
    const { memory } = this.#kernel;
    return new Float32Array(memory.buffer, this.#kernel.parameters(), this.#kernel.parameterBytes() / 4);
  }

  /**
   * Learns windows of a text once, all symbols of each under those before it in the window.
   *
   * @param starts where they begin; each has `length` symbols and one behind
   * @returns mean cost of a symbol before it was learnt, in bits
   */
  learn(text: Uint8Array, starts: Uint32Array): number {
    return this.#run(text, starts, 1);
  }

  /** What {@link learn} says, with nothing learnt. */
  cost(text: Uint8Array, starts: Uint32Array): number {
    return this.#run(text, starts, 0);
  }

  /** The cost's derivative by each weight, in nats a symbol, with zeros between rows; of one run of windows. */
  gradient(text: Uint8Array, starts: Uint32Array): Float32Array<ArrayBuffer> {
    this.#run(text, starts, 2);
    const weights = this.#weights();
    return new Float32Array(weights.buffer, weights.byteOffset + weights.byteLength, weights.length).slice();
  }

  #run(text: Uint8Array, starts: Uint32Array, learns: number): number {
    const { length, windows } = this.shape;
    let nats = 0;
    for (let done = 0; done < starts.length; done += windows) {
      const batch = starts.subarray(done, done + windows);
      const input = this.#input();
      batch.forEach((start, i) => input.set(text.subarray(start, start + length + 1), i * (length + 1)));
      nats += this.#kernel.run(batch.length, learns);
    }
    return nats / Math.LN2 / (starts.length * length);
  }

  #input(): Uint16Array<ArrayBuffer> {
    const { length, windows } = this.shape;
    const { memory } = this.#kernel;
    return new Uint16Array(memory.buffer, this.#kernel.input(), windows * (length + 1));
  }

  /**
   * Predicts each symbol of a text from the `length` before it, of which the first have fewer.
   *
   * A decoder asks for one place at a time and is told the same: what comes of a window does not depend on the others.
   *
   * @param first the first place that is predicted, and `count` of them; texts need only reach to the last one's window
   * @param each told a place and its symbols' shares of {@link TOTAL}, which change with the next call
   */
  predict(text: Uint8Array, first: number, count: number, each: (place: number, shares: Uint32Array) => void): void {
    const { symbols, length, windows } = this.shape;
    this.#kernel.prepare();
    const shares = new Uint32Array(symbols);
    for (let done = 0; done < count; done += windows) {
      const size = Math.min(windows, count - done);
      const input = this.#input();
      for (let i = 0; i < size; i++) {
        const begin = first + done + i - length;
        for (let j = 0; j < length; j++) input[i * (length + 1) + j] = begin + j < 0 ? NOTHING : text[begin + j];
      }
      this.#kernel.predict(size);
      const { buffer } = this.#kernel.memory;
      const stride = symbols + GAP;
      const all = new Float32Array(buffer, this.#kernel.probabilities(), windows * stride);
      for (let i = 0; i < size; i++) {
        toShares(all.subarray(i * stride, i * stride + symbols), shares);
        each(first + done + i, shares);
      }
    }
  }
}

/** What rounding leaves goes to the likeliest. */
function toShares(probabilities: Float32Array, shares: Uint32Array): void {
  const scale = (TOTAL - probabilities.length) * HELD;
  let [left, best] = [TOTAL, 0];
  for (let symbol = 0; symbol < probabilities.length; symbol++) {
    shares[symbol] = 1 + Math.floor(probabilities[symbol] * scale);
    left -= shares[symbol];
    if (shares[symbol] > shares[best]) best = symbol;
  }
  shares[best] += left;
}

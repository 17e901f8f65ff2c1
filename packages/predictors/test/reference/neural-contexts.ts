/** Sparse inputs of the reference: the last 1, 2, … symbols, hashed, each select a row of a table. */
import type { Arithmetic, Vector } from "./neural-arithmetic.ts";
import { f32, imul } from "./numbers.ts";

const RATE_GAIN = 2;
const RATE_DELAY = 3;
const LEAST_RATE = f32(0.06);

interface Row {
  hash: number;
  count: number;
  weights: Vector;
}

export class ReferenceContexts {
  readonly #arithmetic: Arithmetic;
  readonly #alphabetSize: number;
  readonly #bits: number;
  readonly #history: number[];
  readonly #table: Row[];
  #rows: readonly Row[] = [];

  constructor(arithmetic: Arithmetic, alphabetSize: number, orders: number, bits: number) {
    this.#arithmetic = arithmetic;
    this.#alphabetSize = alphabetSize;
    this.#bits = bits;
    this.#history = new Array<number>(orders).fill(0);
    const rows = orders === 0 ? 0 : 2 ** bits;
    this.#table = Array.from({ length: rows }, () => ({ hash: 0, count: 0, weights: arithmetic.vector(alphabetSize) }));
  }

  forward(logits: Vector): void {
    let hash = 0;
    this.#rows = this.#history.map((symbol) => {
      hash = imul(hash + symbol + 1, 0x2c9277b5) >>> 0;
      hash = (hash ^ (hash >>> 15)) >>> 0;
      const row = this.#find(hash);
      for (let i = 0; i < logits.length; i++) logits[i] += row.weights[i];
      return row;
    });
  }

  #find(hash: number): Row {
    const index = imul(hash, 0x9e3779b1) >>> (32 - this.#bits);
    const [row, neighbour] = [this.#table[index], this.#table[index ^ 1]];
    if (row.hash === hash) return row;
    if (neighbour.hash === hash) return neighbour;
    const chosen = row.count <= neighbour.count ? row : neighbour;
    chosen.hash = hash;
    chosen.count = 0;
    chosen.weights.fill(0);
    return chosen;
  }

  learn(error: Vector, symbol: number): void {
    const { round } = this.#arithmetic;
    for (const row of this.#rows) {
      const rate = f32(f32(RATE_GAIN / f32(row.count + RATE_DELAY)) + LEAST_RATE);
      row.count++;
      for (let i = 0; i < this.#alphabetSize; i++) row.weights[i] -= round(rate * error[i]);
    }
    this.#history.unshift(symbol);
    this.#history.pop();
  }
}

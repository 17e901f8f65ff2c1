/** A matrix of f32 that maps a vector of `rows` to one of `columns`, and learns by RMSProp. */
import { f32 } from "./numbers.ts";
import { sumOfLanes } from "./vectors.ts";

const DECAY = f32(0.999);
const REST = f32(1 - DECAY);
const EPSILON = f32(0.00001);

export class Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly #weights: Float32Array;
  readonly #squares: Float32Array;

  constructor(rows: number, columns: number, initial: () => number) {
    this.rows = rows;
    this.columns = columns;
    this.#weights = Float32Array.from({ length: rows * columns }, initial);
    this.#squares = new Float32Array(rows * columns);
  }

  /** Takes a row of trained weights, and the mean square of their gradients. */
  setRow(row: number, weights: Float32Array, square: number): void {
    this.row(row).set(weights);
    this.#squares.fill(square, row * this.columns, (row + 1) * this.columns);
  }

  row(row: number): Float32Array {
    return this.#weights.subarray(row * this.columns, (row + 1) * this.columns);
  }

  /** output += Σ input[row] · this[row]. */
  multiply(output: Float32Array, input: Float32Array): void {
    for (let row = 0; row < this.rows; row++) {
      const weights = this.row(row);
      for (let i = 0; i < this.columns; i++) output[i] += f32(weights[i] * input[row]);
    }
  }

  /** output[row] += this[row] · gradient: sixteen running sums, by the number modulo 16. */
  multiplyTransposed(output: Float32Array, gradient: Float32Array): void {
    for (let row = 0; row < this.rows; row++) {
      const weights = this.row(row);
      const sums = new Float32Array(16);
      for (let i = 0; i < this.columns; i++) sums[i % 16] += f32(weights[i] * gradient[i]);
      const lanes = [0, 1, 2, 3].map((lane) =>
        f32(f32(sums[lane] + sums[lane + 4]) + f32(sums[lane + 8] + sums[lane + 12])),
      );
      output[row] += sumOfLanes(lanes);
    }
  }

  /** Learns the sum of inputs[step] ⊗ gradients[step]. */
  learn(inputs: readonly Float32Array[], gradients: readonly Float32Array[], rate: number): void {
    for (let row = 0; row < this.rows; row++) {
      const sums = new Float32Array(this.columns);
      inputs.forEach((input, t) => {
        for (let i = 0; i < this.columns; i++) sums[i] += f32(gradients[t][i] * input[row]);
      });
      this.learnRow(row, sums, rate);
    }
  }

  learnRow(row: number, gradient: Float32Array, rate: number): void {
    const weights = this.row(row);
    const squares = this.#squares.subarray(row * this.columns, (row + 1) * this.columns);
    for (let i = 0; i < this.columns; i++) {
      squares[i] = f32(f32(squares[i] * DECAY) + f32(REST * f32(gradient[i] * gradient[i])));
      weights[i] -= f32(f32(rate * gradient[i]) / f32(f32(Math.sqrt(squares[i])) + EPSILON));
    }
  }
}

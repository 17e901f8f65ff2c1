/** Matrices and layers that learn by Adam: what `kernel/neural/parameters.ts` does, without padding. */
import type { Arithmetic, Vector } from "./neural-arithmetic.ts";
import { f32, imul } from "./numbers.ts";

const MOMENTUM = f32(0.9);
const SQUARES_DECAY = f32(0.999);
const EPSILON = f32(0.00000001);
const LEAST_MOMENTUM = f32(1e-30);
/** 2^-23 as the kernel writes it. */
const UNIT = f32(0.00000011920929);

/** The rate of each step, and the numbers that initial weights are. */
export class Learning {
  readonly arithmetic: Arithmetic;
  readonly #least: number;
  readonly #decay: number;
  #rate: number;
  #momentumLeft = 1;
  #squaresLeft = 1;
  #seed = 12345;
  stepRate = 0;

  constructor(arithmetic: Arithmetic, rate: number, least: number, decay: number) {
    this.arithmetic = arithmetic;
    [this.#rate, this.#least, this.#decay] = [f32(rate), f32(least), f32(decay)];
  }

  uniform(scale: number): number {
    this.#seed = (imul(this.#seed, 1664525) + 1013904223) | 0;
    return f32(f32(f32(this.#seed >> 8) * UNIT) * f32(scale));
  }

  startStep(): void {
    this.#momentumLeft = f32(this.#momentumLeft * MOMENTUM);
    this.#squaresLeft = f32(this.#squaresLeft * SQUARES_DECAY);
    const root = f32(Math.sqrt(f32(1 - this.#squaresLeft)));
    this.stepRate = f32(f32(this.#rate * root) / f32(1 - this.#momentumLeft));
    this.#rate = Math.max(this.#least, f32(this.#rate * this.#decay));
  }
}

export class ReferenceMatrix {
  readonly columns: number;
  readonly weights: Vector;
  /** Of the last step of learning. */
  readonly gradient: Vector;
  readonly #learning: Learning;
  readonly #momenta: Float32Array;
  readonly #squares: Float32Array;
  readonly #rows: number;

  constructor(learning: Learning, rows: number, columns: number, scale: number) {
    this.columns = columns;
    this.#rows = rows;
    this.#learning = learning;
    this.weights = learning.arithmetic.vector(rows * columns);
    if (scale > 0) for (let i = 0; i < this.weights.length; i++) this.weights[i] = learning.uniform(scale);
    this.gradient = learning.arithmetic.vector(rows * columns);
    this.#momenta = new Float32Array(rows * columns);
    this.#squares = new Float32Array(rows * columns);
  }

  row(row: number): Vector {
    return this.weights.subarray(row * this.columns, (row + 1) * this.columns);
  }

  /** output += input · this. */
  forward(input: Vector, output: Vector): void {
    const { round } = this.#learning.arithmetic;
    for (let row = 0; row < this.#rows; row++) {
      const weights = this.row(row);
      for (let i = 0; i < this.columns; i++) output[i] += round(weights[i] * input[row]);
    }
  }

  /** inputError += error · thisᵀ: sixteen running sums, by the number modulo 16. */
  backward(error: Vector, inputError: Vector): void {
    const { round, vector } = this.#learning.arithmetic;
    for (let row = 0; row < this.#rows; row++) {
      const weights = this.row(row);
      const sums = vector(16);
      for (let i = 0; i < this.columns; i++) sums[i % 16] += round(weights[i] * error[i]);
      const lanes = [0, 1, 2, 3].map((lane) =>
        round(round(sums[lane] + sums[lane + 4]) + round(sums[lane + 8] + sums[lane + 12])),
      );
      inputError[row] += round(round(lanes[0] + lanes[2]) + round(lanes[1] + lanes[3]));
    }
  }

  /** Learns Σ inputs[i]ᵀ · errors[i]. */
  learn(inputs: readonly Vector[], errors: readonly Vector[]): void {
    const { round } = this.#learning.arithmetic;
    this.gradient.fill(0);
    for (let row = 0; row < this.#rows; row++) {
      const sums = this.gradient.subarray(row * this.columns, (row + 1) * this.columns);
      inputs.forEach((input, at) => {
        for (let i = 0; i < this.columns; i++) sums[i] += round(errors[at][i] * input[row]);
      });
      this.#adam(row);
    }
  }

  /** Some rows learn a gradient each. */
  learnRows(gradients: ReadonlyMap<number, Vector>): void {
    this.gradient.fill(0);
    for (const [row, gradient] of gradients) {
      this.gradient.set(gradient, row * this.columns);
      this.#adam(row);
    }
  }

  #adam(row: number): void {
    for (let i = row * this.columns; i < (row + 1) * this.columns; i++) {
      const g = this.gradient[i];
      const momentum = f32(this.#momenta[i] + f32(f32(1 - MOMENTUM) * f32(g - this.#momenta[i])));
      this.#momenta[i] = Math.abs(momentum) > LEAST_MOMENTUM ? momentum : 0;
      this.#squares[i] += f32(f32(1 - SQUARES_DECAY) * f32(f32(g * g) - this.#squares[i]));
      const root = f32(f32(Math.sqrt(this.#squares[i])) + EPSILON);
      this.weights[i] -= f32(f32(this.#learning.stepRate * this.#momenta[i]) / root);
    }
  }
}

export class ReferenceLayer {
  readonly matrix: ReferenceMatrix;
  readonly bias: ReferenceMatrix;

  constructor(learning: Learning, rows: number, columns: number, scale: number) {
    this.matrix = new ReferenceMatrix(learning, rows, columns, scale);
    this.bias = new ReferenceMatrix(learning, 1, columns, 0);
  }

  forward(input: Vector): Vector {
    const output = this.bias.weights.slice();
    this.matrix.forward(input, output);
    return output;
  }

  learn(inputs: readonly Vector[], errors: readonly Vector[]): void {
    this.matrix.learn(inputs, errors);
    this.bias.learn(
      inputs.map(() => Float32Array.of(1)),
      errors,
    );
  }
}

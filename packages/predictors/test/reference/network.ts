/** The long short-term memory that is mixed in: coupled gates, layers, learning from a window of steps at a time. */
import { exp, sigmoid, tanh } from "./network-functions.ts";
import { Matrix } from "./network-matrix.ts";
import { f32, imul, min } from "./numbers.ts";
import { sumOfLanes } from "./vectors.ts";

const SYMBOLS = 256;
const HALF_LIFE = 10000;
const LEAST_SHARE = f32(0.1);
/** 2^-23 as the kernel writes it. */
const UNIT = f32(0.00000011920929);

export interface NetworkDescription {
  readonly layers: number;
  readonly cells: number;
  readonly steps: number;
  /** In 1/10000. */
  readonly rate: number;
  readonly trained: TrainedDescription | undefined;
}

/** What the network starts from, if not from small random weights. */
interface TrainedDescription {
  /** Of each row its scale and mean square, f32, then its weights, i8; all matrices in the order of their fields. */
  readonly weights: Uint8Array;
  /** In 1/10000. */
  readonly rate: number;
  /** The share of it that stays, in 1/100. */
  readonly least: number;
}

/** What one layer did in one step. */
interface LayerStep {
  readonly gates: Float32Array; // forget, output, candidate
  readonly before: Float32Array; // memory before the step
  readonly squashed: Float32Array; // tanh of the memory after it
}

interface Step {
  readonly last: number;
  readonly beforeLast: number;
  readonly before: readonly Float32Array[]; // state of each layer
  readonly layers: readonly LayerStep[];
  readonly after: Float32Array; // states of all layers, and a one
  readonly errors: Float32Array;
}

/** Numbers of a linear congruential generator, uniform within ± scale. */
function generator(): (scale: number) => number {
  let seed = 12345;
  return (scale) => {
    seed = (imul(seed, 1664525) + 1013904223) | 0;
    return f32(f32(f32(seed >> 8) * UNIT) * f32(scale));
  };
}

export class Network {
  readonly #cells: number;
  readonly #description: NetworkDescription;
  readonly #recent: Matrix;
  readonly #older: Matrix;
  readonly #recurrent: readonly Matrix[];
  readonly #upward: readonly Matrix[];
  readonly #biases: readonly Matrix[];
  readonly #output: Matrix;
  #memories: Float32Array[];
  #states: Float32Array[];
  #window: Step[] = [];
  #last = 0;
  #beforeLast = 0;
  #windows = 0;

  constructor(description: NetworkDescription) {
    const { layers, cells } = description;
    this.#description = description;
    this.#cells = cells;
    const uniform = generator();
    const matrices = (count: number, rows: number, columns: number, scale: number) =>
      Array.from({ length: count }, () => new Matrix(rows, columns, () => uniform(scale)));
    [this.#recent] = matrices(1, SYMBOLS, 3 * cells, 0.3);
    [this.#older] = matrices(1, SYMBOLS, 3 * cells, 0.1);
    this.#recurrent = matrices(layers, cells, 3 * cells, 0.1);
    this.#upward = matrices(layers - 1, cells, 3 * cells, 0.1);
    this.#biases = matrices(layers - 1, 1, 3 * cells, 0);
    [this.#output] = matrices(1, layers * cells + 1, SYMBOLS, 0.1);
    this.#memories = Array.from({ length: layers }, () => new Float32Array(cells));
    this.#states = this.#memories.map(() => new Float32Array(cells));
    if (description.trained !== undefined) this.#take(description.trained.weights);
  }

  #take(trained: Uint8Array): void {
    const view = new DataView(trained.buffer, trained.byteOffset, trained.length);
    const ofLayers = [...this.#recurrent, ...this.#upward, ...this.#biases];
    let at = 0;
    for (const matrix of [this.#recent, this.#older, ...ofLayers, this.#output]) {
      for (let row = 0; row < matrix.rows; row++) {
        const scale = view.getFloat32(at, true);
        const weights = Float32Array.from({ length: matrix.columns }, (_, i) => view.getInt8(at + 8 + i) * scale);
        matrix.setRow(row, weights, view.getFloat32(at + 4, true));
        at += 8 + matrix.columns;
      }
    }
  }

  /** Probabilities of the next byte, which sum to 1. */
  predict(): Float32Array {
    const cells = this.#cells;
    const before = this.#states;
    const layers: LayerStep[] = [];
    const after = new Float32Array(this.#output.rows);
    after[after.length - 1] = 1;
    for (const [layer, recurrent] of this.#recurrent.entries()) {
      const gates = layer === 0 ? this.#embedded() : this.#biases[layer - 1].row(0).slice();
      if (layer > 0) this.#upward[layer - 1].multiply(gates, after.subarray((layer - 1) * cells, layer * cells));
      recurrent.multiply(gates, before[layer]);
      layers.push(this.#advance(layer, gates, after.subarray(layer * cells, (layer + 1) * cells)));
    }
    this.#states = this.#recurrent.map((_, layer) => after.slice(layer * cells, (layer + 1) * cells));
    const probabilities = this.#softmax(after);
    const [last, beforeLast] = [this.#last, this.#beforeLast];
    this.#window.push({ last, beforeLast, before, layers, after, errors: probabilities.slice() });
    return probabilities;
  }

  #embedded(): Float32Array {
    const older = this.#older.row(this.#beforeLast);
    return this.#recent.row(this.#last).map((weight, i) => f32(weight + older[i]));
  }

  /** Gates open, memory and state follow. */
  #advance(layer: number, gates: Float32Array, state: Float32Array): LayerStep {
    const cells = this.#cells;
    const before = this.#memories[layer];
    const memory = new Float32Array(cells);
    const squashed = new Float32Array(cells);
    for (let i = 0; i < cells; i++) {
      gates[i] = sigmoid(gates[i]);
      gates[cells + i] = sigmoid(gates[cells + i]);
      gates[2 * cells + i] = tanh(gates[2 * cells + i]);
      const candidate = gates[2 * cells + i];
      memory[i] = f32(candidate + f32(gates[i] * f32(before[i] - candidate)));
      squashed[i] = tanh(memory[i]);
      state[i] = f32(gates[cells + i] * squashed[i]);
    }
    this.#memories[layer] = memory;
    return { gates, before, squashed };
  }

  #softmax(state: Float32Array): Float32Array {
    const values = new Float32Array(SYMBOLS);
    this.#output.multiply(values, state);
    const lanes = new Float32Array(4);
    for (let i = 0; i < SYMBOLS; i++) lanes[i % 4] += values[i] = exp(min(values[i], 30));
    const inverse = f32(1 / sumOfLanes(lanes));
    return values.map((value) => f32(value * inverse));
  }

  /** Learns the byte that came; once a window is full, all of it. */
  learn(symbol: number): void {
    this.#window[this.#window.length - 1].errors[symbol] -= 1;
    this.#beforeLast = this.#last;
    this.#last = symbol;
    if (this.#window.length < this.#description.steps) return;
    this.#learnWindow(this.#window);
    this.#window = [];
  }

  #learnWindow(window: readonly Step[]): void {
    this.#windows++;
    const { trained } = this.#description;
    const initial = f32(f32((trained ?? this.#description).rate) * f32(0.0001));
    const least = trained === undefined ? LEAST_SHARE : f32(f32(trained.least) * f32(0.01));
    const decay = f32(HALF_LIFE / f32(HALF_LIFE + this.#windows));
    const rate = f32(initial * f32(f32(decay * f32(1 - least)) + least));

    const errors = this.#gateErrors(window);
    const cells = this.#cells;
    for (const [layer, recurrent] of this.#recurrent.entries()) {
      const own = errors.map((step) => step[layer]);
      recurrent.learn(
        window.map(({ before }) => before[layer]),
        own,
        rate,
      );
      if (layer > 0) {
        this.#upward[layer - 1].learn(
          window.map(({ after }) => after.subarray((layer - 1) * cells)),
          own,
          rate,
        );
        this.#biases[layer - 1].learn(
          window.map(() => Float32Array.of(1)),
          own,
          rate,
        );
      }
    }
    this.#output.learn(
      window.map(({ after }) => after),
      window.map((step) => step.errors),
      rate,
    );
    for (const [t, { last, beforeLast }] of window.entries()) {
      this.#recent.learnRow(last, errors[t][0], rate);
      this.#older.learnRow(beforeLast, errors[t][0], rate);
    }
  }

  /** Errors of the gates, [step][layer], from the last step back. */
  #gateErrors(window: readonly Step[]): Float32Array[][] {
    const cells = this.#cells;
    const carriedMemory = this.#recurrent.map(() => new Float32Array(cells));
    let carriedState = this.#recurrent.map(() => new Float32Array(cells));
    const errors: Float32Array[][] = window.map(() => []);
    for (let t = window.length - 1; t >= 0; t--) {
      const state = new Float32Array(this.#output.rows);
      carriedState.forEach((carried, layer) => {
        state.set(carried, layer * cells);
      });
      // The row of the constant comes last and says nothing that is used.
      this.#output.multiplyTransposed(state, window[t].errors);
      carriedState = carriedState.map(() => new Float32Array(cells));
      for (let layer = this.#recurrent.length - 1; layer >= 0; layer--) {
        const own = state.subarray(layer * cells, (layer + 1) * cells);
        errors[t][layer] = this.#backward(window[t].layers[layer], own, carriedMemory[layer]);
        this.#recurrent[layer].multiplyTransposed(carriedState[layer], errors[t][layer]);
        if (layer > 0)
          this.#upward[layer - 1].multiplyTransposed(state.subarray((layer - 1) * cells), errors[t][layer]);
      }
    }
    return errors;
  }

  /** Errors of a layer's gates; `carried` takes the memory's error to the step before. */
  #backward({ gates, before, squashed }: LayerStep, state: Float32Array, carried: Float32Array): Float32Array {
    const cells = this.#cells;
    const errors = new Float32Array(3 * cells);
    for (let i = 0; i < cells; i++) {
      const [forget, output, candidate] = [gates[i], gates[cells + i], gates[2 * cells + i]];
      const memory = f32(carried[i] + f32(f32(state[i] * output) * f32(1 - f32(squashed[i] * squashed[i]))));
      const closed = f32(1 - forget);
      errors[i] = f32(f32(memory * f32(before[i] - candidate)) * f32(forget * closed));
      errors[cells + i] = f32(f32(state[i] * squashed[i]) * f32(output * f32(1 - output)));
      errors[2 * cells + i] = f32(f32(memory * closed) * f32(1 - f32(candidate * candidate)));
      carried[i] = f32(memory * forget);
    }
    return errors;
  }
}

import { instantiateKernel } from "@pith/core";
import { kernel as neuralKernel } from "#kernels/neural";
import {
  NEURAL_ARCHITECTURES,
  neuralContexts,
  neuralLearning,
  neuralShape,
  type NeuralPredictorOptions,
} from "./neural-options.ts";

/** What `kernel/neural/predictor.ts` exports. */
export interface NeuralKernel {
  readonly memory: WebAssembly.Memory;
  start(
    symbols: number,
    hidden: number,
    part: number,
    layers: number,
    context: number,
    chunk: number,
    orders: number,
    tableBits: number,
    rate: number,
    leastRate: number,
    decay: number,
  ): void;
  /** Starts another stream with the weights as they are. */
  startAgain(): void;
  setLearning(on: boolean): void;
  /** Address of the probabilities, u32. */
  predict(): number;
  update(symbol: number): void;
  /** Learns `count` symbols, u16, unless learning is off; their cost in bits. */
  learnSymbols(address: number, count: number): number;
  endStream(): void;
  countParameters(): number;
  exportParameters(plane: number, address: number): void;
  importParameters(plane: number, address: number): void;
  /** Three f32 of learning that are no parameters. */
  storeLearning(address: number): void;
  loadLearning(address: number): void;
  /** Address of so many bytes for the exchange. */
  reserve(bytes: number): number;
}

/** The kinds of {@link NeuralKernel.exportParameters}: weights, means of gradients, means of their squares. */
export const PLANES = { weights: 0, momenta: 1, squares: 2 } as const;

/** A kernel with a network of its own. @throws RangeError for options out of range */
export function startNeuralKernel(options: NeuralPredictorOptions): NeuralKernel {
  const { alphabetSize, architecture, layers, hidden, context, chunk } = neuralShape(options);
  const { orders, tableBits } = neuralContexts(options);
  const { rate, leastRate, decay } = neuralLearning(options);
  const part = NEURAL_ARCHITECTURES.indexOf(architecture);
  const kernel = instantiateKernel<NeuralKernel>(neuralKernel);
  kernel.start(alphabetSize, hidden, part, layers, context, chunk, orders, tableBits, rate, leastRate, decay);
  const { weights, learns = true } = options;
  if (weights !== undefined) {
    checkNeuralWeights(weights, kernel.countParameters());
    const address = kernel.reserve(4 * weights.length);
    new Float32Array(kernel.memory.buffer, address, weights.length).set(weights);
    kernel.importParameters(PLANES.weights, address);
  }
  kernel.setLearning(learns);
  return kernel;
}

/** @throws RangeError unless there are so many weights, all of them finite */
export function checkNeuralWeights(weights: Float32Array, count: number): void {
  if (weights.length !== count) throw new RangeError(`weights: expected ${count}, got ${weights.length}`);
  const bad = weights.findIndex((weight) => !Number.isFinite(weight));
  if (bad >= 0) throw new RangeError(`weights[${bad}]: expected a finite number, got ${weights[bad]}`);
}

import { instantiateKernel } from "@pith/core";
import { kernel as neuralKernel } from "#kernels/neural";
import { MOMENTA, SQUARES, WEIGHTS, type NeuralKernel } from "./generated/neural-exports.ts";
import {
  NEURAL_ARCHITECTURES,
  neuralContexts,
  neuralLearning,
  neuralShape,
  type NeuralPredictorOptions,
} from "./neural-options.ts";

/** The kinds of {@link NeuralKernel.exportParameters}: weights, means of gradients, means of their squares. */
export const PLANES = { weights: WEIGHTS, momenta: MOMENTA, squares: SQUARES } as const;

/** A kernel with a network of its own. @throws RangeError for options out of range */
export function startNeuralKernel(options: NeuralPredictorOptions): NeuralKernel {
  const { alphabetSize, architecture, layers, hidden, context, chunk } = neuralShape(options);
  const { orders, tableBits } = neuralContexts(options);
  const { rate, leastRate, decay } = neuralLearning(options);
  const part = NEURAL_ARCHITECTURES.indexOf(architecture);
  const kernel = instantiateKernel(neuralKernel);
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

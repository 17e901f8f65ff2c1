import { checkInteger, type Predictor } from "@pith/core";
import { startNeuralKernel } from "./neural-kernel.ts";
import type { NeuralPredictorOptions } from "./neural-options.ts";

/**
 * Predicts symbols by a network that starts from nothing, or from trained `weights`, and learns as it goes: an embedding;
 * a linear, a dense and, as `architecture` says, a residual, a recurrent or an attentive network side by side; logits;
 * softmax. It learns by Adam.
 *
 * Source: F. van Dijken, W. Verdyck, "Neural data compression" (2024), section 3.2.2 and Figure 2; the defaults are those
 * of its section 3.5, but for `chunk`. `orders` adds the inputs of M. Mahoney, "Fast text compression with neural
 * networks" (2000).
 *
 * @throws RangeError for options out of range, or weights of another network; from `update` for another symbol
 * @example
 * const predictor = createNeuralPredictor({ alphabetSize: 27, architecture: "gru", orders: 6, rate: 0.003 });
 * const probabilities = new Uint32Array(27);
 * predictor.predict(probabilities); // at least 1 each, 2 ** 22 together
 * predictor.update(4);
 */
export function createNeuralPredictor(options: NeuralPredictorOptions): Predictor {
  const kernel = startNeuralKernel(options);
  const { alphabetSize } = options;
  return {
    alphabetSize,
    predict(probabilities) {
      if (probabilities.length < alphabetSize) {
        throw new RangeError(`probabilities: expected at least ${alphabetSize} entries, got ${probabilities.length}`);
      }
      const address = kernel.predict();
      probabilities.set(new Uint32Array(kernel.memory.buffer, address, alphabetSize));
    },
    update(symbol) {
      checkInteger("symbol", symbol, 0, alphabetSize - 1);
      kernel.update(symbol);
    },
  };
}

import { networkMemory, paddedWeights } from "./network.ts";
import type { NeuralParameters } from "./parameters.ts";
import { staticMemory } from "./static-networks.ts";

/** What learning a vocabulary takes of each byte that it looks at, and how many bytes these are at most. */
const TOKENIZER_PER_BYTE = 28;
const MOST_SAMPLED = 2 ** 22;

/** Bytes of memory for coding a block of `length` bytes, both ways. */
export function neuralMemory(parameters: NeuralParameters, length: number): number {
  // Input or output, its symbols, and what is coded, once more in slices.
  if (parameters.learning === "static") return staticMemory(parameters.network) + 4 * length;
  const { symbols, tokens } = parameters;
  const stored = parameters.learning === "dynamic";
  // A stored network is trained in a kernel of its own, and unpacked outside of one.
  const network =
    (stored ? 2 : 1) * networkMemory(parameters, symbols) + (stored ? 8 * paddedWeights(parameters, symbols) : 0);
  const buffers = tokens ? 6 * length : 4 * length;
  return network + buffers + (tokens ? TOKENIZER_PER_BYTE * Math.min(length, MOST_SAMPLED) : 0);
}

import { decodeSlices, encodeSlices, inSlices, withKernel, type Extent } from "@pith/core/coding";
import type { Symbols } from "@pith/entropy";
import { NEURAL_ARCHITECTURES } from "@pith/predictors";
import { KERNELS } from "../../generated/kernels.ts";
import { WEIGHTS, type NeuralKernel } from "../../generated/neural-exports.ts";
import { DEFAULT_RATES, networkMemory, paddedWeights, type Network } from "./network.ts";

/** Steps of work with a kernel that has been started with a network. */
function withNetwork<Result>(
  network: Network,
  work: (kernel: NeuralKernel) => Generator<number, Result>,
): Generator<number, Result> {
  return withKernel(KERNELS.neural, networkMemory(network.shape, network.symbols), (kernel) => {
    start(kernel, network);
    return work(kernel);
  });
}

function start(kernel: NeuralKernel, { shape, symbols, start }: Network): void {
  const { architecture, layers, hidden, context, chunk, orders, tableBits } = shape;
  const part = NEURAL_ARCHITECTURES.indexOf(architecture);
  const { rate, leastRate, decay } = "rates" in start ? start.rates : DEFAULT_RATES;
  kernel.start(symbols, hidden, part, layers, context, chunk, orders, tableBits, rate, leastRate, decay);
  if ("weights" in start) {
    const address = kernel.reserve(start.weights.byteLength);
    new Float32Array(kernel.memory.buffer, address, start.weights.length).set(start.weights);
    kernel.importParameters(WEIGHTS, address);
    kernel.setLearning(false);
  }
}

/** Weights that are passed through in the first slice: about a millisecond. */
const FIRST_WORK = 2 ** 20;

function extentOf(count: number, { shape, symbols }: Network): Extent {
  return { count, first: Math.max(1, Math.floor(FIRST_WORK / paddedWeights(shape, symbols))) };
}

function sliceView(kernel: NeuralKernel, count: number): Uint16Array {
  return new Uint16Array(kernel.memory.buffer, kernel.sliceAddress(), count);
}

/** An array for symbols of a network. */
function symbolArray(count: number, { symbols }: Network): Symbols {
  return symbols <= 256 ? new Uint8Array(count) : new Uint16Array(count);
}

/**
 * Codes symbols under the network's probabilities.
 *
 * @yields symbols done so far
 */
export function encodeDirectly(symbols: Symbols, network: Network): Generator<number, Uint8Array> {
  return withNetwork(network, (kernel) =>
    encodeSlices(kernel, extentOf(symbols.length, network), (done, length) => {
      sliceView(kernel, length).set(symbols.subarray(done, done + length));
      return kernel.encode(length);
    }),
  );
}

/**
 * Undoes {@link encodeDirectly}.
 *
 * @param count of symbols
 * @param offset where the coded bytes lie in the file, for errors
 * @yields symbols done so far
 * @throws PithError `truncated`, `trailing-data` or `invalid-field` for bytes that no encoder wrote
 */
export function* decodeDirectly(
  bytes: Uint8Array,
  count: number,
  network: Network,
  offset: number,
): Generator<number, Symbols> {
  const symbols = symbolArray(count, network);
  yield* withNetwork(network, (kernel) =>
    decodeSlices(kernel, extentOf(count, network), { bytes, offset, name: "coded symbols" }, (done, length) => {
      const used = kernel.decode(length);
      symbols.set(sliceView(kernel, length), done);
      return used;
    }),
  );
  return symbols;
}

/** Replaces symbols by their ranks. @yields symbols done so far */
export function ranksOfSymbols(symbols: Symbols, network: Network): Generator<number, Symbols> {
  return transform(symbols, network, (kernel, count) => kernel.toRanks(count));
}

/** Undoes {@link ranksOfSymbols}. @param ranks each below the number of symbols */
export function symbolsOfRanks(ranks: Symbols, network: Network): Generator<number, Symbols> {
  return transform(ranks, network, (kernel, count) => kernel.fromRanks(count));
}

function* transform(
  input: Symbols,
  network: Network,
  step: (kernel: NeuralKernel, count: number) => void,
): Generator<number, Symbols> {
  const output = symbolArray(input.length, network);
  yield* withNetwork(network, (kernel) =>
    inSlices(extentOf(input.length, network), kernel.sliceLength(), (done, length) => {
      const view = sliceView(kernel, length);
      view.set(input.subarray(done, done + length));
      step(kernel, length);
      output.set(view, done);
    }),
  );
  return output;
}

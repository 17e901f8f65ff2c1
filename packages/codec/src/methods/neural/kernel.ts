import { giveKernel, PithError, takeKernel } from "@pith/core";
import { checkFinalByte, concatenate } from "@pith/core/bytes";
import { Pace } from "@pith/core/steps";
import type { Symbols } from "@pith/entropy";
import { NEURAL_ARCHITECTURES } from "@pith/predictors";
import { KERNELS } from "../../generated/kernels.ts";
import { WEIGHTS, type NeuralKernel } from "../../generated/neural-exports.ts";
import { DEFAULT_RATES, networkMemory, paddedWeights, type Network } from "./network.ts";

const neuralKernel = KERNELS.neural;

function startKernel({ shape, symbols, start }: Network): NeuralKernel {
  const kernel = takeKernel(neuralKernel, networkMemory(shape, symbols));
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
  return kernel;
}

/** Weights that are passed through in the first slice: about a millisecond. */
const FIRST_WORK = 2 ** 20;

/** Of slices in symbols. */
function paceFor({ shape, symbols }: Network, kernel: NeuralKernel): Pace {
  return new Pace(Math.max(1, Math.floor(FIRST_WORK / paddedWeights(shape, symbols))), kernel.sliceLength());
}

function codedView(kernel: NeuralKernel, length: number): Uint8Array {
  return new Uint8Array(kernel.memory.buffer, kernel.codedAddress(), length);
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
export function* encodeDirectly(symbols: Symbols, network: Network): Generator<number, Uint8Array> {
  const kernel = startKernel(network);
  const pace = paceFor(network, kernel);
  const slices: Uint8Array[] = [];
  const take = (length: number): void => {
    slices.push(codedView(kernel, length).slice());
  };
  kernel.startEncoding();
  for (let done = 0; done < symbols.length;) {
    done += pace.slice(symbols.length - done, (length) => {
      sliceView(kernel, length).set(symbols.subarray(done, done + length));
      take(kernel.encode(length));
    });
    yield done;
  }
  take(kernel.finishEncoding());
  giveKernel(neuralKernel, kernel);
  return concatenate(slices);
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
  coded: Uint8Array,
  count: number,
  network: Network,
  offset: number,
): Generator<number, Symbols> {
  const symbols = symbolArray(count, network);
  const kernel = startKernel(network);
  const pace = paceFor(network, kernel);
  const room = kernel.codedRoom();
  /** Coded bytes that the kernel has read, and where they end if no symbol follows. */
  let read = 0;
  let end = 0;
  const give = (): number => {
    const bytes = coded.subarray(Math.min(read, coded.length), read + room);
    codedView(kernel, bytes.length).set(bytes);
    return bytes.length;
  };
  kernel.startDecoding(give());
  for (let done = 0; done < count;) {
    let used = 0;
    const length = pace.slice(count - done, (most) => (used = kernel.decode(most)));
    end = read + kernel.codedLength();
    const fault = kernel.fault();
    if (end > coded.length || (fault >= 0 && read + fault > coded.length)) {
      throw new PithError("truncated", "the coded symbols end too early", { offset: offset + coded.length });
    }
    if (fault >= 0) {
      // Six bytes are looked at before the coder needs the first.
      const place = { offset: offset + Math.max(0, read + fault - 6) };
      throw new PithError("invalid-field", "the coded symbols are damaged", place);
    }
    symbols.set(sliceView(kernel, length), done);
    read += used;
    kernel.refill(give());
    done += length;
    yield done;
  }
  const finalByte = kernel.codedFinalByte();
  giveKernel(neuralKernel, kernel);
  if (end < coded.length) {
    throw new PithError("trailing-data", "the coded symbols go on after their end", { offset: offset + end });
  }
  checkFinalByte(coded, finalByte, offset);
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
  const kernel = startKernel(network);
  const pace = paceFor(network, kernel);
  for (let done = 0; done < input.length;) {
    done += pace.slice(input.length - done, (length) => {
      const view = sliceView(kernel, length);
      view.set(input.subarray(done, done + length));
      step(kernel, length);
      output.set(view, done);
    });
    yield done;
  }
  giveKernel(neuralKernel, kernel);
  return output;
}

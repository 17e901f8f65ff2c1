/** Context mixing as a predictor of bytes, whatever its kernel came by: `mix.ts` has all of them, `mix-loading.ts` loads one. */

import { checkInteger, instantiateKernel, type Kernel, type Predictor } from "@pith/core";
import {
  DICTIONARY,
  LEAST_TABLE_BITS,
  MOST_LIKELIEST,
  MOST_TABLE_BITS,
  X86_64,
  type MixKernel,
} from "./generated/mix-exports.ts";
import { MODELS, type ModelName } from "./generated/mix-models.ts";

/** A context-mixing model: what it is for, and how strong (and slow) it is. */
export type MixModel = ModelName;

/** Names of the models: for text, binaries, lines of fields, data and machine code, each from fast to strong. */
export const MIX_MODELS = Object.keys(MODELS) as readonly MixModel[];

/** Options of {@link createMixPredictor}. */
export interface MixPredictorOptions {
  /** Default "text". */
  readonly model?: MixModel | undefined;
  /** Most bytes that will be learnt, 1 to 2^28; memory grows with it. Default 2^20. */
  readonly capacity?: number | undefined;
  /** Log2 of the bytes of each context's table, 10 to 24; default by capacity, at most 22. */
  readonly tableBits?: number | undefined;
  /** Text comes in the codes of the codec's words; default false. */
  readonly words?: boolean | undefined;
  /** Machine code is for 64-bit mode; default false. */
  readonly x64?: boolean | undefined;
  /**
   * What the model's network starts from: trained weights, as `unpackMixNetwork` of `@pith/weights` gives them for
   * text-max. Default: small random weights.
   */
  readonly network?: Uint8Array | undefined;
}

/** What {@link MixPredictor.place} finds. */
export interface SymbolPlace {
  /** Of the symbol that was asked for, of 2^22, as `predict` gives it. */
  readonly probability: number;
  /** How many symbols are likelier, 0 to 255; of equally likely ones, smaller ones count as likelier. */
  readonly rank: number;
}

/** A context-mixing model that also says which symbols are likeliest, without the probabilities of all. */
export interface MixPredictor extends Predictor {
  /**
   * The place of a symbol among all, and the likeliest of them: what `predict` would tell, several times as fast. Changes
   * nothing that a second call, or an update, would notice.
   *
   * @param symbol 0 to 255
   * @param likeliest gets as many symbols as it is long, likeliest first; at most 16
   * @param probabilities gets theirs, of 2^22; at least as long as `likeliest`
   * @throws RangeError on a symbol or lengths out of range
   */
  place(symbol: number, likeliest: Uint8Array, probabilities: Uint32Array): SymbolPlace;
}

const ALPHABET = 256;

/** @throws RangeError if there is no such model */
export function checkModel(model: string): void {
  if (!MIX_MODELS.some((name) => name === model))
    throw new RangeError(`model: expected one of ${MIX_MODELS.join(", ")}, got ${model}`);
}

/**
 * The predictor that a kernel is.
 *
 * @throws RangeError on options out of range
 */
export function mixPredictorOf(
  program: Kernel<MixKernel>,
  { capacity = 2 ** 20, words = false, x64 = false, ...options }: Omit<MixPredictorOptions, "model">,
): MixPredictor {
  checkInteger("capacity", capacity, 1, 2 ** 28);
  const tableBits = options.tableBits ?? Math.max(12, Math.min(22, Math.ceil(Math.log2(capacity)) + 5));
  checkInteger("tableBits", tableBits, LEAST_TABLE_BITS, MOST_TABLE_BITS);

  const kernel = instantiateKernel(program);
  kernel.start(capacity, tableBits, (words ? DICTIONARY : 0) | (x64 ? X86_64 : 0));
  if (options.network !== undefined) startNetwork(kernel, options.network);
  let learnt = 0;
  return {
    alphabetSize: ALPHABET,
    predict(probabilities) {
      if (probabilities.length < ALPHABET) {
        throw new RangeError(`probabilities: expected a length of at least ${ALPHABET}, got ${probabilities.length}`);
      }
      kernel.predict();
      probabilities.set(new Uint32Array(kernel.memory.buffer, kernel.probabilitiesAddress(), ALPHABET));
    },
    place(symbol, likeliest, probabilities) {
      checkInteger("symbol", symbol, 0, ALPHABET - 1);
      const { length } = likeliest;
      checkInteger("length of likeliest", length, 1, MOST_LIKELIEST);
      if (probabilities.length < length) {
        throw new RangeError(`probabilities: expected a length of at least ${length}, got ${probabilities.length}`);
      }
      const rank = kernel.search(symbol, length);
      const { buffer } = kernel.memory;
      likeliest.set(new Uint32Array(buffer, kernel.likeliestAddress(), length));
      probabilities.set(new Uint32Array(buffer, kernel.likeliestProbabilitiesAddress(), length));
      return { probability: kernel.soughtProbability(), rank };
    },
    update(symbol) {
      checkInteger("symbol", symbol, 0, ALPHABET - 1);
      if (learnt === capacity) throw new RangeError(`update: expected at most ${capacity} symbols, the capacity`);
      learnt++;
      kernel.update(symbol);
    },
  };
}

function startNetwork(kernel: MixKernel, weights: Uint8Array): void {
  const expected = kernel.networkLength();
  if (weights.length !== expected) {
    throw new RangeError(`network: expected ${expected} bytes of weights, got ${weights.length}`);
  }
  // First the room: it may take more memory, and that another buffer.
  const address = kernel.networkAddress();
  new Uint8Array(kernel.memory.buffer, address, expected).set(weights);
  kernel.takeNetwork();
}

/**
 * The method `rank`: a network orders all symbols by how likely they are, and what is coded is the place of the symbol
 * that came, its rank.
 *
 * Source: F. van Dijken, W. Verdyck, "Neural data compression" (2024), section 3.1.
 */
import { standing } from "@pith/core/steps";
import { decodeHuffman, encodeHuffman, type Symbols } from "@pith/entropy";
import { KERNELS } from "../../generated/kernels.ts";
import type { Method } from "../method.ts";
import { chooseNeural, neuralMemoryAt } from "../neural/choose.ts";
import type { CustomNetworks } from "../neural/custom-network.ts";
import type { NeuralSettings } from "../neural/options.ts";
import { ranksOfSymbols, symbolsOfRanks } from "../neural/kernel.ts";
import type { Network } from "../neural/network.ts";
import { neuralMemory } from "../neural/memory.ts";
import {
  kindOf,
  modelOf,
  readNeural,
  withNetworks,
  writeNeural,
  type NeuralParameters,
  type RankCoder,
} from "../neural/parameters.ts";
import { decodePayload, encodePayload, learntLength } from "../neural/payload.ts";
import { decodeAdaptiveRanks, encodeAdaptiveRanks } from "./adaptive-ranks.ts";
import { decodeDictionaryRanks, dictionaryMemory, encodeDictionaryRanks } from "./dictionary-ranks.ts";

/** What a block says of its network, and of what codes its ranks. */
type RankParameters = NeuralParameters & { readonly coder: RankCoder };

/** A network ranks the symbols; ranks are coded by how often they come. */
export const rank: Method<RankParameters, "rank"> = {
  id: 5,
  name: "rank",
  choose: (input, level, options: NeuralSettings = {}) => ({
    ...chooseNeural(input, level, options),
    coder: options.coder ?? "adaptive",
  }),
  memoryAt: (length, level, options: NeuralSettings = {}) =>
    neuralMemoryAt(length, level, options) + coderMemory(options.coder, length),
  model: modelOf,
  // Before a block is planned, nothing is known of its parameters.
  kernels: (parameters: RankParameters | undefined) =>
    (parameters?.coder ?? "dictionary") === "dictionary" ? [KERNELS.neural, KERNELS.lz] : [KERNELS.neural],
  withNetworks: (parameters, networks: CustomNetworks, offset) => ({
    ...withNetworks(parameters, networks, offset),
    coder: parameters.coder,
  }),
  kind: kindOf,
  writeParameters: (parameters, writer) => writeNeural(parameters, parameters.coder, writer),
  readParameters: (reader) => {
    const { parameters, coder } = readNeural(reader, true);
    return { ...parameters, coder };
  },
  learntLength,
  memory: (parameters, length) => neuralMemory(parameters, length) + coderMemory(parameters.coder, length),
  encodeBlock: (input, parameters) =>
    encodePayload(input, parameters, function* (symbols, network) {
      const ranks = yield* ranksOfSymbols(symbols, network);
      return yield* encodeRanks(ranks, network, parameters.coder);
    }),
  decodeBlock: (payload, length, parameters, offset) =>
    decodePayload(payload, length, parameters, offset, function* (coded, count, network, codedOffset) {
      const ranks = yield* decodeRanks(coded, count, network, parameters.coder, codedOffset);
      return yield* symbolsOfRanks(ranks, network);
    }),
};

/** Beside what the network takes. */
function coderMemory(coder: RankCoder | undefined, length: number): number {
  return coder === "dictionary" ? dictionaryMemory(length) : 0;
}

/** @yields symbols that are done: all, since ranks take far longer to find than to code */
function* encodeRanks(ranks: Symbols, { symbols }: Network, coder: RankCoder): Generator<number, Uint8Array> {
  if (coder === "dictionary") return yield* doneAll(ranks.length, encodeDictionaryRanks(ranks, symbols));
  return coder === "huffman" ? encodeHuffman(ranks, symbols) : encodeAdaptiveRanks(ranks, symbols);
}

/** @yields that none is done yet */
function* decodeRanks(
  coded: Uint8Array,
  count: number,
  { symbols }: Network,
  coder: RankCoder,
  offset: number,
): Generator<number, Symbols> {
  if (coder === "dictionary") return yield* standing(decodeDictionaryRanks(coded, count, symbols, offset));
  if (coder === "huffman") return decodeHuffman(coded, count, symbols, { offset });
  return decodeAdaptiveRanks(coded, count, symbols, offset);
}

/** Steps of work that is told as done. */
function* doneAll<Result>(count: number, work: Generator<unknown, Result>): Generator<number, Result> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    yield count;
  }
}

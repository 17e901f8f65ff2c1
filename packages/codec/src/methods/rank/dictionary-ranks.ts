/**
 * Ranks as symbols that a coder of copies finds cheap, under the coder of the method lz: as long as the network is right, all
 * of it is one copy.
 *
 * Source: F. van Dijken, W. Verdyck, "Neural data compression" (2024), section 7.1.
 */
import { PithError } from "@pith/core";
import type { Symbols } from "@pith/entropy";
import { dictionaryOfRanks, ranksOfDictionary } from "@pith/predictors";
import { decodingMemory } from "../lz/decoder.ts";
import { encodeLz, encodingMemory } from "../lz/encode.ts";
import { lz, strengthOf } from "../lz/index.ts";

/** The model of the method lz that is best for such symbols, or nearly: part of the format. */
const MODEL = { tokensBy: "byte", literalBits: 8, fastRate: 5 } as const;
/** The level of the method that looks hardest. */
const LEVEL = 2;

/** Bytes of memory beside those of the network, both ways. */
export function dictionaryMemory(length: number): number {
  const strength = strengthOf(LEVEL, length);
  return 2 * length + Math.max(encodingMemory(length, { strength }), decodingMemory(length, {}));
}

/** @yields steps of work */
export function encodeDictionaryRanks(ranks: Symbols, alphabetSize: number): Generator<number, Uint8Array> {
  const symbols = dictionaryOfRanks(ranks, alphabetSize);
  return encodeLz(symbols, { ...MODEL, strength: strengthOf(LEVEL, symbols.length) });
}

/**
 * Undoes {@link encodeDictionaryRanks}.
 *
 * @param count number of ranks
 * @param offset of the coded bytes in the file
 * @throws PithError for bytes that no encoder wrote
 */
export function* decodeDictionaryRanks(
  coded: Uint8Array,
  count: number,
  alphabetSize: number,
  offset: number,
): Generator<number, Symbols> {
  const symbols = yield* lz.decodeBlock(coded, count, MODEL, offset);
  try {
    return ranksOfDictionary(symbols, alphabetSize);
  } catch (error) {
    // Where the symbol is among the others, is no place in the file.
    throw error instanceof PithError ? error.at(offset) : error;
  }
}

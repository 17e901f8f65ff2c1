/**
 * Ranks as symbols that a coder of copies finds cheap, under the coder of the method lz: as long as the network is right, all
 * of it is one copy.
 *
 * Source: F. van Dijken, W. Verdyck, "Neural data compression" (2024), section 7.1.
 */
import { PithError } from "@pith/core";
import { ByteReader, ByteWriter } from "@pith/core/bytes";
import type { Symbols } from "@pith/entropy";
import { dictionaryOfRanks, ranksOfDictionary } from "@pith/predictors";
import { encodeBest } from "../lz/best.ts";
import { encodingMemory } from "../lz/encode.ts";
import { lz, lzParameters, strengthOf } from "../lz/index.ts";
import { readLzParameters, writeLzParameters } from "../lz/parameters.ts";

/** The level of the method lz that looks hardest. */
const LEVEL = 2;

/** Bytes of memory beside those of the network, both ways. */
export function dictionaryMemory(length: number): number {
  const strength = strengthOf(LEVEL, length);
  return 2 * length + Math.max(encodingMemory(length, { strength }), 2 ** 20 + 4 * length);
}

/** Codes ranks: the parameters of the method lz, then what it makes of the symbols. */
export function* encodeDictionaryRanks(ranks: Symbols, alphabetSize: number): Generator<unknown, Uint8Array> {
  const symbols = dictionaryOfRanks(ranks, alphabetSize);
  const choices = lzParameters("binary", strengthOf(LEVEL, symbols.length));
  const { parameters, payload } = yield* encodeBest(symbols, choices);
  const writer = new ByteWriter();
  writeLzParameters(parameters, writer);
  writer.bytes(payload);
  return writer.finish();
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
): Generator<unknown, Symbols> {
  const reader = new ByteReader(coded, offset);
  const parameters = readLzParameters(reader);
  const payload = coded.subarray(reader.position);
  const symbols = yield* lz.decodeBlock(payload, count, parameters, reader.offset);
  try {
    return ranksOfDictionary(symbols, alphabetSize);
  } catch (error) {
    // Where the symbol is among the others, is no place in the file.
    throw error instanceof PithError ? error.at(offset) : error;
  }
}

/** The symbols of a block: tokens of a vocabulary. Without merges, they are the bytes that occur. */
import { PithError } from "@pith/core";
import type { Symbols } from "@pith/entropy";
import { LONGEST_TOKEN, Tokenizer, trainTokenizer, type Vocabulary } from "@pith/tokenizer";

/** Bytes that are made tokens at a time: no token crosses a border in any case. */
const SEGMENT = 2 ** 20;

/** A block as symbols. */
export interface SymbolBlock {
  readonly vocabulary: Vocabulary;
  readonly symbols: Symbols;
}

/** The bytes that occur as numbers from 0, in ascending order. */
export function bytesAsSymbols(input: Uint8Array): SymbolBlock {
  const symbolOf = new Uint8Array(256);
  for (const byte of input) symbolOf[byte] = 1;
  const bytes = [...symbolOf.keys()].filter((byte) => symbolOf[byte] === 1);
  bytes.forEach((byte, symbol) => (symbolOf[byte] = symbol));
  return { vocabulary: { bytes, merges: [] }, symbols: input.map((byte) => symbolOf[byte]) };
}

/**
 * Tokens of a vocabulary that is learnt from the block.
 *
 * @param most tokens, but for the bytes that occur
 * @yields between segments
 */
export function* tokensOf(input: Uint8Array, most: number): Generator<undefined, SymbolBlock> {
  const tokenizer = trainTokenizer(input, { vocabularySize: most });
  const tokens = new Uint16Array(input.length);
  let count = 0;
  for (let at = 0; at < input.length; at += SEGMENT) {
    yield undefined;
    const segment = tokenizer.encode(input.subarray(at, at + SEGMENT));
    tokens.set(segment, count);
    count += segment.length;
  }
  return { vocabulary: tokenizer.vocabulary, symbols: tokens.slice(0, count) };
}

/** Fewest tokens that a block of `length` bytes can be. */
export function fewestTokens(length: number): number {
  return Math.ceil(length / LONGEST_TOKEN);
}

/**
 * The bytes of symbols.
 *
 * @param length how many there must be
 * @param offset of the payload, for errors
 * @throws PithError `invalid-field` if the vocabulary lacks a symbol, or if there are more or fewer
 */
export function bytesOfSymbols({ vocabulary, symbols }: SymbolBlock, length: number, offset: number): Uint8Array {
  const tokenizer = new Tokenizer(vocabulary);
  const bytes = tokenizer.decode(symbols, { maximumLength: length, offset });
  if (bytes.length === length) return bytes;
  throw new PithError("invalid-field", "the symbols make another length", {
    offset,
    expected: length,
    got: bytes.length,
  });
}

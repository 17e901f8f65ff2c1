/** A file as the symbols that a network predicts: numbers from 0, without gaps. */
import { Tokenizer, readVocabulary, trainTokenizer, writeVocabulary } from "@pith/tokenizer";

/** Symbols, and what brings the bytes back. */
export interface SymbolStream {
  readonly symbols: Uint8Array | Uint16Array;
  readonly alphabetSize: number;
  /** Bytes that a decoder needs beside the symbols: which bytes occur, or the vocabulary. */
  readonly tableSize: number;
  /** The file's bytes of its symbols. */
  restore(symbols: Uint8Array | Uint16Array): Uint8Array;
}

/** One bit for each of the 256 bytes: does it occur? */
const BYTE_SET_SIZE = 32;

/** The bytes that occur, numbered in ascending order; at least two symbols. */
export function toCharacters(content: Uint8Array): SymbolStream {
  const numbers = new Int16Array(256).fill(-1);
  for (const byte of content) numbers[byte] = 0;
  const bytes = [...numbers.keys()].filter((byte) => numbers[byte] === 0);
  bytes.forEach((byte, number) => (numbers[byte] = number));
  return {
    symbols: content.map((byte) => numbers[byte]),
    alphabetSize: Math.max(2, bytes.length),
    tableSize: BYTE_SET_SIZE,
    restore: (symbols) => Uint8Array.from(symbols, (symbol) => bytes[symbol]),
  };
}

/** Byte-pair tokens, learnt from the file. */
export function toTokens(content: Uint8Array, vocabularySize: number): SymbolStream {
  const tokenizer = trainTokenizer(content, { vocabularySize });
  const stored = writeVocabulary(tokenizer.vocabulary);
  return {
    symbols: tokenizer.encode(content),
    alphabetSize: Math.max(2, tokenizer.size),
    tableSize: stored.length,
    restore: (tokens) => new Tokenizer(readVocabulary(stored)).decode(Uint16Array.from(tokens)),
  };
}

/** The bytes themselves. */
export function toBytes(content: Uint8Array): SymbolStream {
  return { symbols: content, alphabetSize: 256, tableSize: 0, restore: (symbols) => Uint8Array.from(symbols) };
}

/** Bases, A 0, G 1, C 2, T 3; undefined if there are other letters, or those of both cases. */
export function toBases(content: Uint8Array): SymbolStream | undefined {
  const letters = ["AGCT", "agct"].find((some) => content.every((byte) => some.includes(String.fromCharCode(byte))));
  if (letters === undefined) return undefined;
  return {
    symbols: content.map((byte) => letters.indexOf(String.fromCharCode(byte))),
    alphabetSize: letters.length,
    tableSize: 1,
    restore: (symbols) => Uint8Array.from(symbols, (symbol) => letters.charCodeAt(symbol)),
  };
}

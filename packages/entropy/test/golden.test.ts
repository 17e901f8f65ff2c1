import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import {
  BinaryDecoder,
  BinaryEncoder,
  decodeHuffman,
  decodeSymbols,
  encodeHuffman,
  encodeSymbols,
  type AdaptiveModelOptions,
  type HuffmanOptions,
  type Symbols,
} from "../src/index.ts";

interface SymbolVector<Options> {
  readonly symbols: readonly number[];
  readonly alphabetSize: number;
  readonly options: Options;
  readonly coded: string;
}

interface Vectors {
  readonly binary: readonly {
    readonly bits: readonly number[];
    readonly probabilities: readonly number[];
    readonly coded: string;
  }[];
  readonly symbols: readonly SymbolVector<AdaptiveModelOptions>[];
  readonly huffman: readonly SymbolVector<HuffmanOptions>[];
}

const vectors = JSON.parse(readFileSync(new URL("golden/vectors.json", import.meta.url), "utf8")) as Vectors;

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (byte) => parseInt(byte, 16));
}

function symbolsOf({ symbols, alphabetSize }: SymbolVector<unknown>): Symbols {
  return alphabetSize <= 256 ? Uint8Array.from(symbols) : Uint16Array.from(symbols);
}

test.each(vectors.binary)("the binary coder's bytes stay as they are (%#)", ({ bits, probabilities, coded }) => {
  const encoder = new BinaryEncoder();
  bits.forEach((bit, i) => encoder.encode(bit, probabilities[i]));
  expect(toHex(encoder.finish())).toBe(coded);
  const decoder = new BinaryDecoder(fromHex(coded));
  expect(probabilities.map((p16) => decoder.decode(p16))).toEqual(bits);
  decoder.checkEnd();
});

test.each(vectors.symbols)("the adaptive coder's bytes stay as they are (%#)", (vector) => {
  const symbols = symbolsOf(vector);
  const { alphabetSize, options, coded } = vector;
  for (const engine of ["kernel", "typescript"] as const) {
    expect(toHex(encodeSymbols(symbols, alphabetSize, { ...options, engine }))).toBe(coded);
    expect(decodeSymbols(fromHex(coded), symbols.length, alphabetSize, { ...options, engine })).toEqual(symbols);
  }
});

test.each(vectors.huffman)("the Huffman coder's bytes stay as they are (%#)", (vector) => {
  const symbols = symbolsOf(vector);
  expect(toHex(encodeHuffman(symbols, vector.alphabetSize, vector.options))).toBe(vector.coded);
  expect(decodeHuffman(fromHex(vector.coded), symbols.length, vector.alphabetSize)).toEqual(symbols);
});

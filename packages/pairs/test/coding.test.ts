import { beforeAll, expect, test } from "@jest/globals";
import { instantiateKernel } from "@pith/core";
import { ByteReader } from "@pith/core/bytes";
import { finish } from "@pith/core/steps";
import { BinaryEncoder } from "@pith/entropy";
import { CHUNK_LENGTH, readChunk } from "../src/coding/chunks.ts";
import { CONTEXT } from "../src/generated/pairs-exports.ts";
import { streamEscapes } from "../src/coding/escapes.ts";
import { kernelMemory, startKernel } from "../src/coding/kernel.ts";
import { tableBitsOf, type PairsContent } from "../src/coding/resolvers.ts";
import { decodeText, encodeText } from "../src/coding/text.ts";
import { PAIRS_SOURCES } from "../src/sources/resolvers.ts";
import { ENGLISH } from "./helpers/english.ts";
import { encodeLetters } from "./reference/letters.ts";
import { writeText } from "./reference/text.ts";

const english = new TextEncoder().encode(ENGLISH);
let model: PairsContent;

const encode = (input: Uint8Array): Uint8Array => finish(encodeText(input, { resolver: model, crlf: false }));
const decode = (coded: Uint8Array, length: number): Uint8Array =>
  finish(decodeText(coded, length, { resolver: model, crlf: false }, 100));

beforeAll(async () => {
  model = await PAIRS_SOURCES.small.load();
});

test("a text is its codes, and what the resolver gets wrong as the plain version has it", () => {
  const groups = [...model.groups];
  const coding = { bits: 4, groups, escapes: streamEscapes(false) } as const;
  const text = english.subarray(0, 600);
  const { units, cells } = writeText(text, coding);
  const encoder = new BinaryEncoder();
  const small = text.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte));
  encodeLetters(encoder, { ...model, groups: groups.slice(0, 13) }, cells.map(unshared(groups)), small);
  const chunk = readChunk(new ByteReader(encode(text), 0));
  if (!("codes" in chunk)) throw new Error("the chunk is stored");
  const padded = units.length % 2 === 0 ? units : [...units, 15];
  expect([...chunk.codes].flatMap((byte) => [byte >> 4, byte & 15])).toEqual(padded);
  expect(chunk.corrections).toEqual(encoder.finish());
});

test("chunks join: the text around their border comes back", () => {
  const text = new Uint8Array(CHUNK_LENGTH + 5000);
  for (let at = 0; at < text.length; at += english.length) text.set(english.subarray(0, text.length - at), at);
  const coded = encode(text);
  expect(coded.length / text.length).toBeLessThan(0.75);
  expect(same(decode(coded, text.length), text)).toBe(true);
});

test("what has no shorter codes is kept as it is, chunk by chunk", () => {
  const bytes = new Uint8Array(CHUNK_LENGTH + english.length);
  for (let i = 0; i < CHUNK_LENGTH; i++) bytes[i] = Math.imul(i, 0x9e3779b1) >>> 24;
  bytes.set(english, CHUNK_LENGTH);
  const coded = encode(bytes);
  expect(coded.length).toBeLessThan(bytes.length);
  expect(same(decode(coded, bytes.length), bytes)).toBe(true);
});

test("a kernel takes no more memory than it says", () => {
  const { kernel, groups } = model;
  const taken = instantiateKernel(kernel);
  startKernel(taken, { groups, resolver: model, crlf: false, capacity: 2 ** 18 });
  expect(taken.memory.buffer.byteLength).toBeLessThanOrEqual(kernelMemory(tableBitsOf("small"), 2 ** 18));
  // The host's number of context cells is the kernel's: one more would lie before its cells.
  expect(taken.cellsAddress() - 2 * CONTEXT).toBeGreaterThan(taken.marksAddress());
});

/** For arrays that are too long to be compared one by one. */
function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** Cells in which characters that share their code with none are known, as the kernel of streams has them. */
function unshared(groups: readonly string[]): (cell: number) => number {
  return (cell) => (cell >= 256 && groups[cell - 256].length === 1 ? groups[cell - 256].charCodeAt(0) : cell);
}

import { beforeAll, describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { BinaryEncoder } from "@pith/entropy";
import fc from "fast-check";
import { compressSync } from "../src/compress.ts";
import { decompressSync } from "../src/decompress.ts";
import { ByteReader, ByteWriter } from "../src/bytes/bytes.ts";
import { readChunk, CHUNK_LENGTH, CONTEXT_LENGTH } from "../src/methods/pairs/chunks.ts";
import { streamEscapes } from "../src/methods/pairs/escapes.ts";
import { pairs, type PairsParameters } from "../src/methods/pairs/index.ts";
import { kernelMemory, startKernel } from "../src/methods/pairs/kernel.ts";
import { tableBitsOf } from "../src/methods/pairs/models.ts";
import { loadModel, loadModels } from "../src/methods/load-models.ts";
import { modelToEncode } from "../src/models/models.ts";
import { finish } from "../src/steps/finish.ts";
import { joined, noise } from "./helpers/content.ts";
import { ENGLISH, texts } from "./helpers/english.ts";
import { thrownBy } from "./helpers/files.ts";
import { encodeLetters } from "./reference/letters.ts";
import { writeText } from "./reference/pairs-text.ts";

const SMALL: PairsParameters = { model: "small", crlf: false };
const english = new TextEncoder().encode(ENGLISH);

const encode = (input: Uint8Array, parameters = SMALL): Uint8Array =>
  finish(pairs.encodeBlock(input, parameters), () => {});
const decode = (payload: Uint8Array, length: number, parameters = SMALL): Uint8Array =>
  finish(pairs.decodeBlock(payload, length, parameters, 100), () => {});

test("a function that returns at once asks for the models", () => {
  const encoding = thrownBy(() => compressSync(english, { method: "pairs", level: 5 }));
  expect(encoding).toBeInstanceOf(TypeError);
  expect((encoding as TypeError).message).toContain('await loadModels("pairs-medium")');
  const decoding = thrownBy(() => finish(pairs.decodeBlock(new Uint8Array(9), 9, SMALL, 30), () => {}));
  expect(decoding).toMatchObject({ code: "unknown-method", offset: 30, expected: 'await loadModels("pairs-small")' });
});

describe("with its models", () => {
  beforeAll(async () => {
    await loadModels("pairs-small", "pairs-medium");
  });

  test("every text and all bytes come back", () => {
    fc.assert(
      fc.property(texts, fc.boolean(), (text, crlf) => {
        expect(decode(encode(text, { ...SMALL, crlf }), text.length, { ...SMALL, crlf })).toEqual(text);
      }),
      { seed: 5, numRuns: 80 },
    );
  });

  test("a block is its codes, and what the resolver gets wrong as the plain version has it", async () => {
    const { content: model } = await loadModel("pairs-small");
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
    const payload = encode(text);
    expect(payload.length / text.length).toBeLessThan(0.75);
    expect(same(decode(payload, text.length), text)).toBe(true);
  });

  test("what has no shorter codes is kept as it is, chunk by chunk", () => {
    const bytes = joined(noise(CHUNK_LENGTH, 3), english);
    const payload = encode(bytes);
    expect(payload.length).toBeLessThan(bytes.length);
    expect(same(decode(payload, bytes.length), bytes)).toBe(true);
  });

  test("lines that end with CR LF cost what others do", () => {
    const lines = ENGLISH.replaceAll("\r", "")
      .split(/(?<=[.;,] )/u)
      .join("\n")
      .repeat(4);
    const lf = compressSync(new TextEncoder().encode(lines), { method: "pairs", level: 1 });
    const crlf = compressSync(new TextEncoder().encode(lines.replaceAll("\n", "\r\n")), { method: "pairs", level: 1 });
    expect(crlf.length).toBeLessThan(lf.length + 20);
  });

  test("every truncation and bit flip of a payload is a PithError or another content", () => {
    const text = english.subarray(0, 300);
    const payload = encode(text);
    for (let length = 0; length < payload.length; length++) {
      expect(thrownBy(() => decode(payload.subarray(0, length), text.length))).toBeInstanceOf(PithError);
    }
    for (let bit = 0; bit < 8 * payload.length; bit++) {
      const damaged = payload.slice();
      damaged[bit >> 3] ^= 1 << (bit & 7);
      try {
        expect(decode(damaged, text.length)).toHaveLength(text.length);
      } catch (error) {
        expect(error).toBeInstanceOf(PithError);
        expect((error as PithError).offset).toBeGreaterThanOrEqual(100);
      }
    }
  });

  test("bytes that no encoder wrote are a PithError, or some content of the length", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 5000 }), (payload, length) => {
        try {
          expect(decode(payload, length)).toHaveLength(length);
        } catch (error) {
          expect(error).toBeInstanceOf(PithError);
        }
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  test("codes that go on after their text, and corrections after their letters, are refused with their place", () => {
    const chunk = (codes: number[], corrections: number[]): Uint8Array =>
      Uint8Array.of(4, codes.length, corrections.length, ...codes, ...corrections);
    // " . ." and one more space.
    const long = thrownBy(() => decode(chunk([0xde, 0xde, 0xdf], []), 4));
    expect(long).toMatchObject({ code: "invalid-field", offset: 105 });
    const trailing = thrownBy(() => decode(chunk([0xde, 0xde], [1]), 4));
    expect(trailing).toMatchObject({ code: "trailing-data", offset: 105 });
    expect(decode(chunk([0xde, 0xde], []), 4)).toEqual(new TextEncoder().encode(" . ."));
  });

  test("flags and models that it does not know are named", () => {
    const read = (bytes: number[]): unknown =>
      thrownBy(() => pairs.readParameters(new ByteReader(Uint8Array.from(bytes), 7)));
    expect(read([2, 0, 0, 0, 0])).toMatchObject({ code: "invalid-field", offset: 7, got: 2 });
    expect(read([0, 4, 3, 2, 1])).toMatchObject({ code: "unknown-method", offset: 8, got: "01020304" });
    const writer = new ByteWriter();
    pairs.writeParameters({ model: "medium", crlf: true }, writer);
    expect(pairs.readParameters(new ByteReader(writer.finish(), 0))).toEqual({ model: "medium", crlf: true });
  });

  test("it takes no more memory than it says", () => {
    const resolver = modelToEncode("pairs-small");
    const { kernel, groups } = resolver;
    const taken = startKernel({ kernel, groups, resolver, crlf: false, capacity: 2 ** 18 });
    expect(taken.memory.buffer.byteLength).toBeLessThanOrEqual(kernelMemory(tableBitsOf("small"), 2 ** 18));
    // The host's number of context cells is the kernel's: one more would lie before its cells.
    expect(taken.cellsAddress() - 2 * CONTEXT_LENGTH).toBeGreaterThan(taken.marksAddress());
  });

  test("a file comes back at each level that has another model", () => {
    for (const level of [1, 5]) {
      expect(decompressSync(compressSync(english, { method: "pairs", level }))).toEqual(english);
    }
  });
});

/** For arrays that are too long to be compared one by one. */
function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** Cells in which characters that share their code with none are known, as the kernel of streams has them. */
function unshared(groups: readonly string[]): (cell: number) => number {
  return (cell) => (cell >= 256 && groups[cell - 256].length === 1 ? groups[cell - 256].charCodeAt(0) : cell);
}

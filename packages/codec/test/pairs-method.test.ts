import { beforeAll, describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import fc from "fast-check";
// The built package: workers run from there.
import { compress, decompress } from "@pith/codec";
import { compressSync } from "../src/compress.ts";
import { decompressSync } from "../src/decompress.ts";
import { ByteReader, ByteWriter } from "@pith/core/bytes";
import { pairs, type PairsParameters } from "../src/methods/pairs/index.ts";
import { loadModels } from "../src/methods/load-models.ts";
import { finish } from "@pith/core/steps";
import { ENGLISH, texts } from "../../pairs/test/helpers/english.ts";
import { thrownBy } from "./helpers/files.ts";

const SMALL: PairsParameters = { model: "small", crlf: false };
const english = new TextEncoder().encode(ENGLISH);

const encode = (input: Uint8Array, parameters = SMALL): Uint8Array =>
  finish(pairs.encodeBlock(input, parameters), () => {});
const decode = (payload: Uint8Array, length: number, parameters = SMALL): Uint8Array =>
  finish(pairs.decodeBlock(payload, length, parameters, 100), () => {});

// First, since another test loads a model.
test("a function that returns at once asks for the models", () => {
  const encoding = thrownBy(() => compressSync(english, { method: "pairs", level: 5 }));
  expect(encoding).toBeInstanceOf(TypeError);
  expect((encoding as TypeError).message).toContain('await loadModels("pairs-medium")');
  const decoding = thrownBy(() => finish(pairs.decodeBlock(new Uint8Array(9), 9, SMALL, 30), () => {}));
  expect(decoding).toMatchObject({ code: "unknown-method", offset: 30, expected: 'await loadModels("pairs-small")' });
});

test("a file of the method pairs is the same on two workers and on this thread, and so is what comes back", async () => {
  const options = { method: "pairs", level: 1, blockSize: 4096 } as const;
  const text = new Uint8Array(20_000);
  for (let at = 0; at < text.length; at += english.length) text.set(english.subarray(0, text.length - at), at);
  const file = await compress(text, { ...options, threads: 0 });
  expect(await compress(text, { ...options, threads: 2 })).toEqual(file);
  expect(await decompress(file, { threads: 2 })).toEqual(text);
  expect(await decompress(file, { threads: 0 })).toEqual(text);
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

  test("a file comes back at each level that has another model", () => {
    for (const level of [1, 5]) {
      expect(decompressSync(compressSync(english, { method: "pairs", level }))).toEqual(english);
    }
  });
});

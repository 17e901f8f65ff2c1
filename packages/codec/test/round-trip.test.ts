import { beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compressSync } from "../src/compress.ts";
import { decompressSync } from "../src/decompress.ts";
import { loadModels } from "../src/methods/load-models.ts";
import { METHOD_NAMES } from "../src/methods/registry.ts";
import { LEVELS } from "../src/plan/levels.ts";
import type { MethodName } from "../src/plan/names.ts";
import { bases, noise, prose } from "./helpers/content.ts";
import { fileOf } from "./helpers/files.ts";

const METHODS: readonly MethodName[] = ["auto", ...METHOD_NAMES];

beforeAll(() => loadModels("mix-english", "pairs-small"));

/** Bytes of several natures: any, repeated, of few values. */
const contents = fc.oneof(
  fc.uint8Array({ maxLength: 600 }),
  fc.tuple(fc.uint8Array({ maxLength: 20 }), fc.integer({ min: 0, max: 60 })).map(([unit, times]) => {
    return Uint8Array.from({ length: unit.length * times }, (_, i) => unit[i % unit.length]);
  }),
  fc
    .string({ unit: fc.constantFrom("A", "C", "G", "T", "N", "a", "c", ">", "\n"), maxLength: 600 })
    .map((text) => new TextEncoder().encode(text)),
);

describe("what was compressed", () => {
  test.each(METHODS)("comes back, by method %s in blocks of any size", (method) => {
    fc.assert(
      fc.property(
        contents,
        fc.integer({ min: 40, max: 700 }),
        fc.integer({ min: 1, max: 4 }),
        (content, blockSize, n) => {
          const file = fileOf(content, { blockSize, blocksPerFrame: n, method });
          expect(decompressSync(file)).toEqual(content);
        },
      ),
      { seed: 3, numRuns: 60 },
    );
  });

  test.each(LEVELS)("comes back at level $level", ({ level }) => {
    for (const content of [prose(3000), noise(3000), bases(3000)]) {
      expect(decompressSync(compressSync(content, { level }))).toEqual(content);
    }
  });

  test.each([0, 1, 2, 4095, 4096, 4097, 8192, 10_000])("comes back with %d bytes in blocks of 4096", (length) => {
    const content = prose(length);
    expect(decompressSync(compressSync(content, { level: 1, blockSize: 4096 }))).toEqual(content);
  });

  test("comes back when it is every byte value, and when it is compressed already", () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect(decompressSync(compressSync(all))).toEqual(all);
    const file = compressSync(prose(5000));
    expect(decompressSync(compressSync(file))).toEqual(file);
  });

  test("is a Uint8Array of its own, also from a Buffer", () => {
    const buffer = (bytes: string | Uint8Array): Uint8Array => Buffer.from(bytes);
    const content = buffer("a Buffer has a slice of its own");
    const back = decompressSync(buffer(compressSync(content, { method: "stored" })));
    expect(back).toEqual(new Uint8Array(content));
    expect(back.buffer.byteLength).toBe(content.length);
  });
});

describe("the size of a file", () => {
  test.each([
    [0, 12],
    [1, 12],
    [127, 12],
    [128, 13],
    [16_383, 13],
    [16_384, 14],
    [2 ** 21 - 1, 14],
  ])("of %d bytes that do not shrink is %d more", (length, overhead) => {
    expect(compressSync(noise(length), { method: "stored" }).length - length).toBe(overhead);
  });

  test.each(METHODS)("is never more than the content and 16 bytes, by method %s", (method) => {
    fc.assert(
      fc.property(contents, (content) => {
        expect(compressSync(content, { method, level: 1 }).length).toBeLessThanOrEqual(content.length + 16);
      }),
      { seed: 4, numRuns: 60 },
    );
  });

  test("of noise in blocks of 64 KiB is at most 0.1 % and 16 bytes more", () => {
    for (const length of [65_536, 65_537, 131_073, 400_000]) {
      const content = noise(length);
      const file = compressSync(content, { method: "stored", blockSize: 65_536 });
      expect(file.length).toBeLessThanOrEqual(length * 1.001 + 16);
    }
  });

  test("of prose shrinks", () => {
    expect(compressSync(prose(20_000), { level: 1 }).length).toBeLessThan(9000);
  });
});

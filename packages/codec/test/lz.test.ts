import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { instantiateKernel, PithError } from "@pith/core";
import { ByteReader } from "@pith/core/bytes";
import { KERNELS } from "../src/generated/kernels.ts";
import { compressSync } from "../src/compress.ts";
import { decompressSync } from "../src/decompress.ts";
import { encodeBest } from "../src/methods/lz/best.ts";
import { encodeLz } from "../src/methods/lz/encode.ts";
import { lz, lzParameters, strengthOf } from "../src/methods/lz/index.ts";
import type { LzParameters } from "../src/methods/lz/parameters.ts";
import { tableBits } from "../src/methods/lz/strengths.ts";
import { joined, noise, prose } from "./helpers/content.ts";
import { thrownBy } from "./helpers/files.ts";
import { drain } from "./helpers/steps.ts";
import { decode, encode, type Token } from "./reference/lz.ts";

const MODELS: readonly LzParameters[] = [
  { tokensBy: "byte", literalBits: 8, fastRate: 5 },
  { tokensBy: "place", literalBits: 3, fastRate: 4 },
  { tokensBy: "place", literalBits: 0, fastRate: 5 },
  { tokensBy: "place", literalBits: 4, fastRate: 5, aligned: true, literalsBy: 12 },
  { tokensBy: "place", literalBits: 7, fastRate: 4, aligned: true },
  { tokensBy: "byte", literalBits: 8, fastRate: 5, literalsBy: "pair" },
  { tokensBy: "byte", literalBits: 2, fastRate: 4, aligned: true, literalsBy: "rough-pair" },
  { tokensBy: "byte", literalBits: 8, fastRate: 4, literalsBy: 253 },
];
const [model] = MODELS;

/** Records of two counters and a flag: repeats at short distances. */
const records = Uint8Array.from({ length: 12_000 }, (_, i) => [i / 12, i / 1200, (i * i) % 7, 0, 1, 2][i % 6]);
const CONTENTS: readonly [string, Uint8Array][] = [
  ["prose", prose(20_000)],
  ["records", records],
  ["noise between repeats", joined(noise(3000), noise(700, 5), noise(3000), noise(90, 6), noise(3000))],
  ["one byte, over and over", new Uint8Array(140_000)],
  ["what is longer than a run, whose last token goes further", joined(noise(65_000), noise(65_000))],
];

describe("what lz codes", () => {
  test.each(CONTENTS)("is what the format says it is: %s", (_, content) => {
    for (const parameters of content.length < 100_000 ? MODELS : [model]) {
      const payload = drain(encodeLz(content, { ...parameters, strength: strengthOf(1, 2 ** 20) }));
      const back = decode(payload, content.length, parameters);
      expect(Buffer.compare(back, content)).toBe(0);
      expect(Buffer.compare(drain(lz.decodeBlock(payload, content.length, parameters, 0)), content)).toBe(0);
    }
  });

  test("is smaller the harder the encoder looks", () => {
    const content = prose(60_000);
    const [fast, strong, strongest] = [1, 2, 3].map(
      (level) => drain(encodeLz(content, { ...model, strength: strengthOf(level, content.length) })).length,
    );
    expect(strong).toBeLessThan(fast);
    expect(strongest).toBeLessThanOrEqual(strong);
  });

  test("has the model that suits it best, of what is no text", () => {
    const choices = lzParameters("binary", strengthOf(1, records.length));
    const best = drain(encodeBest(records, choices));
    const sizes = choices.map((parameters) => drain(encodeLz(records, parameters)).length);
    expect(best.payload.length).toBeLessThanOrEqual(Math.min(...sizes));
    expect(best.parameters).toMatchObject({ tokensBy: choices[sizes.indexOf(Math.min(...sizes))].tokensBy });
  });
});

test("pairs of bytes that come again are found, where they are looked for", () => {
  const pairs = noise(64, 2);
  const chance = noise(30_000, 3);
  const content = chance.map((byte, i) => (i % 3 === 2 ? byte : pairs[2 * (chance[i - (i % 3)] & 31) + (i % 3)]));
  // Under literals that do not know the byte before them, which would tell the second of a pair.
  const [, , plain] = MODELS;
  const [paired, unpaired] = ([2, 3] as const).map((shortest) => drain(encodeLz(content, { ...plain, shortest })));
  expect(paired.length).toBeLessThan(0.95 * unpaired.length);
  expect(Buffer.compare(drain(lz.decodeBlock(paired, content.length, plain, 0)), content)).toBe(0);
});

describe("tokens that no encoder makes", () => {
  const literals = (count: number): Token[] => Array.from({ length: count }, (_, i) => ({ literal: 65 + (i % 26) }));
  const decoded = (tokens: readonly Token[], length: number) => () =>
    drain(lz.decodeBlock(encode(tokens, model), length, model, 100));

  test("are made as they should be, by the reference", () => {
    const tokens: Token[] = [...literals(9), { length: 30, distance: 9 }, { length: 1, repeat: 0 }, { literal: 66 }];
    expect(decoded(tokens, 41)()).toEqual(decode(encode(tokens, model), 41, model));
  });

  test.each<[string, Token[]]>([
    ["a match from before the start", [...literals(9), { length: 4, distance: 10 }]],
    ["a match from far before the start", [...literals(9), { length: 40, distance: 2 ** 30 }]],
    ["a match as far away as numbers go", [...literals(9), { length: 4, distance: 2 ** 32 - 8 }]],
    ["one byte more where there is none", [{ length: 1, repeat: 0 }]],
    ["a repeat where there is nothing", [{ length: 5, repeat: 2 }]],
  ])("are refused: %s", (_, tokens) => {
    expect(thrownBy(decoded(tokens, 64))).toMatchObject({
      code: "invalid-field",
      message: expect.stringContaining("before the start of the block") as unknown,
    });
  });

  test.each<[string, number]>([
    ["by one", 56],
    ["far", 2 ** 20],
    ["as far as numbers go", 2 ** 31],
  ])("are refused: a copy that goes beyond the end %s", (_, length) => {
    for (const copy of [
      { length, distance: 3 },
      { length, repeat: 0 },
    ]) {
      expect(thrownBy(decoded([...literals(9), copy], 64))).toMatchObject({
        code: "invalid-field",
        message: expect.stringContaining("beyond the end of the block") as unknown,
      });
    }
  });

  test("are refused where the tokens end, or do not", () => {
    const payload = encode(literals(40), model);
    const back = (bytes: Uint8Array, length: number) => () => drain(lz.decodeBlock(bytes, length, model, 7));
    expect(thrownBy(back(payload, 39))).toMatchObject({ code: "invalid-field" });
    expect(thrownBy(back(payload.subarray(0, 6), 40))).toMatchObject({ code: "truncated", offset: 13 });
    expect(thrownBy(back(payload.subarray(0, -2), 40))).toMatchObject({ code: "truncated" });
    expect(thrownBy(back(joined(payload, noise(1)), 40))).toMatchObject({
      code: "trailing-data",
      offset: 7 + payload.length,
    });
  });

  test("never do anything but come to an end: any bytes as a payload", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.integer({ min: 1, max: 5000 }),
        fc.constantFrom(...MODELS),
        (payload, length, parameters) => {
          try {
            expect(drain(lz.decodeBlock(payload, length, parameters, 0)).length).toBe(length);
          } catch (error) {
            if (!(error instanceof PithError)) throw error;
            expect(error.offset).toBeLessThanOrEqual(payload.length);
          }
        },
      ),
      { seed: 11, numRuns: 3000 },
    );
  });
});

describe("the time that lz takes", () => {
  const fibonacci = (length: number): Uint8Array => {
    let [word, before] = ["ab", "a"];
    while (word.length < length) [word, before] = [word + before, word];
    return new TextEncoder().encode(word.slice(0, length));
  };
  const page = prose(3000);
  const cycle = (unit: Uint8Array, length: number): Uint8Array =>
    Uint8Array.from({ length }, (_, i) => unit[i % unit.length]);

  const work = (content: Uint8Array, level: number): number => {
    const kernel = instantiateKernel(KERNELS.lz);
    const strength = strengthOf(level, content.length);
    const bits = tableBits(content.length, strength);
    kernel.startEncoding(content.length, 1, 8, 5, 0, 0, bits, strength.places4, strength.places8, strength.nice, 2);
    new Uint8Array(kernel.memory.buffer, kernel.contentAddress(), content.length).set(content);
    while (kernel.encodeRun() > 0);
    return Number(kernel.work());
  };

  test.each<[string, (length: number) => Uint8Array]>([
    ["one byte", (length) => new Uint8Array(length)],
    ["a period of two", (length) => cycle(Uint8Array.of(1, 2), length)],
    ["a period of 70", (length) => cycle(noise(70), length)],
    ["Fibonacci words", fibonacci],
    ["the same page", (length) => cycle(page, length)],
    [
      "the same page, with a byte changed here and there",
      (length) => {
        const content = cycle(page, length);
        for (let at = 0; at < length; at += 501) content[at] ^= at;
        return content;
      },
    ],
  ])("grows as the length of the content does, of %s", (_, make) => {
    for (const level of [1, 2, 3]) {
      const [short, long] = [50_000, 400_000].map((length) => work(make(length), level));
      expect(Math.log(Math.max(long, 400_000) / Math.max(short, 50_000)) / Math.log(8)).toBeLessThan(1.15);
    }
  });
});

describe("the memory that lz takes", () => {
  const extent = [1, 1000, 70_000, 1_000_000].flatMap((length) => [1, 2, 3].map((level) => ({ length, level })));

  test.each(extent)("is what it says, of $length bytes at level $level", ({ length, level }) => {
    const kernel = instantiateKernel(KERNELS.lz);
    const strength = strengthOf(level, length);
    for (const [literalsBy, number] of [
      [undefined, 0],
      ["pair", 255],
    ] as const) {
      kernel.startDecoding(length, 1, 8, 5, 0, number, length);
      const stated = lz.memory({ ...model, literalsBy }, length);
      expect(kernel.memory.buffer.byteLength + 2 * length).toBeLessThanOrEqual(stated);
    }
    const { places4, places8, nice } = strength;
    kernel.startEncoding(length, 1, 8, 5, 0, 255, tableBits(length, strength), places4, places8, nice, 2);
    if (length < 2 ** 16) kernel.keepTokens();
    expect(kernel.memory.buffer.byteLength).toBeLessThanOrEqual(lz.memoryAt(length, level));
  });
});

test("a block of lz says which models it has, and no others", () => {
  const content = prose(3000);
  const file = compressSync(content, { method: "lz", level: 1 });
  // Magic, head, length of the content, a transform and its length.
  const at = 2 + 1 + 2 + 1 + 2;
  expect(file[at]).toBe(0x38);
  file[at] = 0x39;
  expect(thrownBy(() => decompressSync(file))).toMatchObject({ code: "invalid-field", offset: at });
  const reader = new ByteReader(Uint8Array.of(0x78, 0), 40);
  expect(thrownBy(() => lz.readParameters(reader))).toMatchObject({ code: "invalid-field", offset: 41 });
});

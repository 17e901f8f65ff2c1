import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { compressSync } from "../src/compress.ts";
import { loadModels } from "../src/methods/load-models.ts";
import { LEVELS } from "../src/plan/levels.ts";
import { bases, joined, noise, prose } from "./helpers/content.ts";

/** Bytes by which headers differ: level 10 names the weights it starts from, and some models take a byte more than others. */
const HEADER = 5;

const text = (of: string): Uint8Array => new TextEncoder().encode(of);
const many = (count: number, of: (i: number) => string): Uint8Array =>
  text(Array.from({ length: count }, (_, i) => of(i)).join("\n"));

/** Structures of four bytes: a counter, a slow one, a value that hardly changes, and noise. */
function records(count: number): Uint8Array {
  const chance = noise(count, 7);
  return Uint8Array.from({ length: 4 * count }, (_, i) => [i >> 2, i >> 8, 0, chance[i >> 2] >> 4][i & 3]);
}

/** Calls of a few functions, moves and returns, as 64-bit machine code. */
function machineCode(count: number): Uint8Array {
  const chance = noise(count, 9);
  return joined(
    ...Array.from(chance, (byte, i) =>
      byte < 80
        ? Uint8Array.of(0xe8, 0x10 * (byte >> 4) - 5 * i, (0x1000 - 5 * i) >> 8, 0, 0)
        : byte < 220
          ? Uint8Array.of(0x48, 0x89, 0xc0 | (byte & 63))
          : Uint8Array.of(0xc3, 0x90),
    ),
  );
}

const digits = (length: number): Uint8Array => noise(length, 3).map((byte) => 48 + (byte % 10));
const cyrillic = many(20, (i) => `Глава ${i}: и вот опять ${i % 7 === 0 ? "дождь" : "снег"}, а потом ${i * i}`);

const contents: readonly [name: string, content: Uint8Array][] = [
  ["prose", prose(800)],
  ["little prose", prose(200)],
  ["text in Cyrillic", cyrillic],
  [
    "a log",
    many(20, (i) => `2024-01-${10 + (i % 20)} 12:${10 + (i % 50)}:07 [info] worker ${i % 4} took ${i * 37} ms`),
  ],
  ["JSON", many(16, (i) => `{"id":${i},"name":"item ${i % 9}","tags":["a","b"],"price":${(i * 7919) % 1000}}`)],
  ["a table", many(35, (i) => `${i},${(i * 31) % 17},${(i * i) % 1009},north`)],
  ["digits", digits(500)],
  ["records", records(160)],
  ["machine code", machineCode(200)],
  ["a structure in zeros", joined(records(20), new Uint8Array(500), noise(30), new Uint8Array(200))],
  ["zeros", new Uint8Array(800)],
  ["noise", noise(300)],
  ["noise of few values", noise(600).map((byte) => byte & 7)],
  ["nucleotides", bases(600)],
  ["nothing", new Uint8Array(0)],
];

describe("no level makes a larger file than a lower one", () => {
  beforeAll(async () => {
    await loadModels("mix-english");
  });

  test.each(contents)("of %s", (_, content) => {
    const sizes = LEVELS.map(({ level }) => compressSync(content, { level }).length);
    const best = sizes.map((_, i) => Math.min(...sizes.slice(0, i + 1)));
    expect(sizes.map((size, i) => Math.max(0, size - best[i] - HEADER))).toEqual(sizes.map(() => 0));
  });

  test("of content that is coded in parts", () => {
    const lines = many(60, (i) => `line ${i % 10}: ${(i * 7919) % 100}`);
    const content = joined(lines, records(200), lines, prose(300), lines);
    const sizes = [5, 6, 7, 8].map((level) => compressSync(content, { level, method: "dedupe" }).length);
    const best = sizes.map((_, i) => Math.min(...sizes.slice(0, i + 1)));
    // Three parts have headers.
    expect(sizes.map((size, i) => Math.max(0, size - best[i] - 3 * HEADER))).toEqual(sizes.map(() => 0));
  });
});

test("levels have sizes in order, and those with models of their own not the same, of what is not short", () => {
  const lines = many(
    500,
    (i) => `${i % 7 === 0 ? "when" : "as"} ${(i * 37) % 101} of them went, ${(i * i) % 13} came back`,
  );
  const archive = new Uint8Array(readFileSync(new URL("golden/archive.bin", import.meta.url)));
  const fields = new Uint8Array(readFileSync(new URL("golden/fields.txt", import.meta.url)));
  const sizesOf = (content: Uint8Array, kind: "text" | "binary", levels: readonly number[]): number[] =>
    levels.map((level) => compressSync(content, { level, kind, method: "mix" }).length);
  // Levels 6 to 8 share models for what is no prose, with larger tables and longer blocks.
  for (const sizes of [
    sizesOf(lines, "text", [5, 6, 9]),
    sizesOf(fields, "text", [5, 6, 9]),
    sizesOf(archive, "binary", [5, 6, 9]),
  ]) {
    expect([...new Set(sizes)].sort((a, b) => b - a)).toEqual(sizes);
  }
});

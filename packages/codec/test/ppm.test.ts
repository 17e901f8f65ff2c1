import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { finish } from "@pith/core/steps";
import { compressSync } from "../src/compress.ts";
import { decompressSync } from "../src/decompress.ts";
import { info } from "../src/info.ts";
import { ppm } from "../src/methods/ppm/index.ts";
import { arenaBytes, type PpmParameters } from "../src/methods/ppm/parameters.ts";
import { bases, joined, noise, prose } from "./helpers/content.ts";
import { decodeByReference } from "./reference/ppm.ts";

const LEAST: PpmParameters = { order: 8, arena: 0 };

function encode(content: Uint8Array, parameters = LEAST): Uint8Array {
  return finish(ppm.encodeBlock(content, parameters));
}

function decode(payload: Uint8Array, length: number, parameters = LEAST): Uint8Array {
  return finish(ppm.decodeBlock(payload, length, parameters, 0));
}

/** A word of Fibonacci: each is the one before and the one before that. */
function fibonacci(length: number): Uint8Array {
  let [shorter, word] = ["a", "ab"];
  while (word.length < length) [shorter, word] = [word, word + shorter];
  return new TextEncoder().encode(word.slice(0, length));
}

const again = (content: Uint8Array, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => content[i % content.length]);

const edited = again(prose(700), 3000);
for (let i = 50; i < edited.length; i += 97) edited[i] ^= 3;

const CONTENTS: readonly [string, Uint8Array][] = [
  ["one byte", Uint8Array.of(7)],
  ["words", prose(4000)],
  ["noise, which has all symbols", noise(3000)],
  ["nucleotides", bases(3000)],
  ["one byte repeated", new Uint8Array(5000)],
  ["a Fibonacci word", fibonacci(3000)],
  ["the same page many times", again(noise(300), 4000)],
  ["a page with changes", edited],
  ["kinds that follow each other", joined(prose(1500), noise(500), new Uint8Array(700), bases(800), prose(900))],
];

describe.each(CONTENTS)("ppm, of %s", (_, content) => {
  test.each([4, 6, 8, 12])("decodes with order %i as the reference does", (order) => {
    const payload = encode(content, { order, arena: 0 });
    const parameters = { order, arena: 0 };
    expect(decode(payload, content.length, parameters)).toEqual(content);
    expect(decodeByReference(payload, content.length, order, arenaBytes(0)).content).toEqual(content);
  });
});

describe("ppm, where the contexts' memory is full", () => {
  const content = joined(noise(6000), prose(3000), noise(4000, 2));

  test("starts anew, as the reference does", () => {
    const { content: decoded, restarts } = decodeByReference(encode(content), content.length, 8, arenaBytes(0));
    expect(decoded).toEqual(content);
    expect(restarts).toBeGreaterThan(1);
  });
});

describe("ppm, of damaged data", () => {
  const content = joined(prose(900), noise(200), prose(600));
  const payload = encode(content);

  test("ends with an error or another content, never otherwise", () => {
    const chance = noise(300, 5);
    for (let i = 0; i < 100; i++) {
      const damaged = payload.slice(0, i % 3 === 0 ? (payload.length * chance[i]) >> 8 : undefined);
      if (damaged.length > 0) damaged[(chance[100 + i] * damaged.length) >> 8] ^= 1 << (chance[200 + i] & 7);
      try {
        expect(decode(damaged, content.length)).not.toEqual(content);
      } catch (error) {
        if (!(error instanceof PithError)) throw error;
      }
    }
  });

  test("decodes whatever comes, with any parameters, to the length that is asked for or an error", () => {
    for (const order of [4, 6, 8, 12]) {
      for (let seed = 1; seed <= 10; seed++) {
        const chance = noise(2000, seed * order);
        expect(() => decode(chance, 20_000, { order, arena: 0 })).toThrow(PithError);
      }
    }
  });
});

describe("parameters of ppm", () => {
  test("take no more memory than a short content can need", () => {
    expect(arenaBytes(ppm.choose(prose(1000), 9).arena)).toBe(65_536);
  });

  test("have a lower order where memory is short", () => {
    const long = new Uint8Array(2 ** 22);
    expect(ppm.choose(long, 3).order).toBe(6);
    expect(ppm.choose(long.subarray(2 ** 21), 4).order).toBe(8);
  });

  test("are halved with the tables", () => {
    const bytes = [0, 1, 2].map((halvings) => arenaBytes(ppm.choose(new Uint8Array(2 ** 21), 3, { halvings }).arena));
    expect(bytes).toEqual([20, 10, 5].map((mebibytes) => mebibytes * 2 ** 20));
  });

  test("keep level 3 within six times a block of 8 MiB", () => {
    expect(ppm.memoryAt(2 ** 23, 3)).toBeLessThanOrEqual(6 * 2 ** 23);
  });
});

describe("the plan of ppm", () => {
  test("has English words made codes first", async () => {
    const { frames } = await info(compressSync(prose(5000), { method: "ppm" }));
    expect(frames[0].blocks[0]).toMatchObject({ method: "ppm", transforms: ["words"] });
  });
});

describe("a level that has ppm", () => {
  const notOfDna = CONTENTS.filter(([name]) => name !== "nucleotides");

  test.each(notOfDna)("copies instead what comes out shorter so, of %s", (_, content) => {
    const chosen = compressSync(content, { level: 3 });
    const longest = compressSync(content, { level: 3, method: "ppm" });
    const copies = compressSync(content, { level: 2, method: "lz" });
    expect(chosen.length).toBe(Math.min(longest.length, copies.length));
    expect(decompressSync(chosen)).toEqual(content);
  });
});

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { RepeatSampler, type Repeated } from "../src/transforms/dedupe/sampler.ts";
import { RepeatFinder, type Repeat } from "../src/transforms/dedupe/repeats.ts";
import { bases, joined, noise, prose } from "./helpers/content.ts";
import { findRepeats, sampleRepeats } from "./helpers/dedupe-reference.ts";
import { versions } from "./helpers/repeats.ts";
import { drain } from "./helpers/steps.ts";

function cut(content: Uint8Array, length: number): Uint8Array[] {
  const slices: Uint8Array[] = [];
  for (let at = 0; at < content.length; at += length) slices.push(content.subarray(at, at + length));
  return slices;
}

function find(slices: readonly Uint8Array[], shortest?: number): Repeat[] {
  const finder = new RepeatFinder(shortest);
  return [...slices.flatMap((slice) => finder.look(slice)), ...finder.finish()];
}

function sampled(pieces: readonly Uint8Array[]): Repeated {
  const sampler = new RepeatSampler();
  let repeated: Repeated = { before: 0, within: 0 };
  for (const piece of pieces) repeated = drain(sampler.sample(piece));
  return repeated;
}

const zeros = new Uint8Array(30_000);
const CONTENTS: readonly [string, Uint8Array][] = [
  ["nothing", new Uint8Array(0)],
  ["one byte", Uint8Array.of(7)],
  ["noise", noise(40_000)],
  ["noise that comes again at the end, cut off", joined(noise(20_000), prose(3000), noise(20_000).subarray(0, 9000))],
  ["versions of noise", versions(noise(12_000), 6)],
  ["versions of prose", versions(prose(12_000), 5, 3)],
  ["bases", versions(bases(9000), 3)],
  ["zeros", zeros],
  ["zeros between noise", joined(noise(5000), zeros, noise(5000, 2), zeros, noise(5000))],
  ["a period of three bytes", Uint8Array.from({ length: 30_000 }, (_, i) => [1, 2, 250][i % 3])],
  [
    "a repeat inside of one that covers it",
    joined(noise(8000), noise(500, 9), noise(8000, 2), noise(500, 9), noise(8500)),
  ],
  ["a repeat of 255 bytes", joined(noise(6000), noise(4000, 2), noise(255), noise(4000, 3))],
  ["a repeat of 256 bytes", joined(noise(6000), noise(4000, 2), noise(256), noise(4000, 3))],
];

function expected(slices: readonly Uint8Array[], shortest?: number): Repeat[] {
  return findRepeats(slices, shortest).map(([start, length, source]) => ({ start, length, source }));
}

describe.each(CONTENTS)("the repeats of %s", (_, content) => {
  const repeats = find([content]);

  test.each([2 ** 20, 4096, 999])("are those of the reference, in slices of %d bytes", (length) => {
    const slices = cut(content, length);
    expect(find(slices)).toEqual(expected(slices));
  });

  test("are those of the reference, where short ones do not count, and where shorter ones do", () => {
    expect(find([content], 5000)).toEqual(expected([content], 5000));
    expect(find([content], 128)).toEqual(expected([content], 128));
    expect(find([content], 5000).every(({ length }) => length >= 5000)).toBe(true);
  });

  test("are true, long enough, in order, and as long as they can be", () => {
    let end = 0;
    for (const { start, length, source } of repeats) {
      expect(start).toBeGreaterThanOrEqual(end);
      expect(source).toBeLessThan(start);
      expect(length).toBeGreaterThanOrEqual(256);
      end = start + length;
      expect(Buffer.compare(content.subarray(source, source + length), content.subarray(start, end))).toBe(0);
      expect(end === content.length || content[source + length] !== content[end]).toBe(true);
    }
  });
});

describe("repeats are found", () => {
  test("wherever they lie: hardly anything of later versions is left", () => {
    const content = versions(noise(20_000), 10);
    const repeated = find([content]).reduce((sum, { length }) => sum + length, 0);
    expect(content.length - repeated).toBeLessThan(20_000 + 10 * 3 * 150);
  });

  test("at any distance, with the reference's table, which has grown meanwhile", () => {
    const content = joined(noise(5000), noise(400_000, 2), noise(5000));
    expect(find([content])).toEqual([{ start: 405_000, length: 5000, source: 0 }]);
    expect(expected([content])).toEqual(find([content]));
  });

  test("from the latest place where the bytes were", () => {
    const content = joined(noise(4000), noise(4000, 2), noise(4000), noise(4000, 3), noise(4000));
    expect(find([content]).map(({ source }) => source)).toEqual([0, 8000]);
  });

  test("as runs, of any byte", () => {
    for (let byte = 0; byte < 256; byte += 5) {
      const repeats = find([new Uint8Array(20_000).fill(byte)]);
      expect(repeats.reduce((sum, { length }) => sum + length, 0)).toBeGreaterThan(12_000);
      expect(repeats.length).toBeLessThan(3);
    }
  });
});

describe("the finder", () => {
  test("keeps the content, and knows how much of it came again", () => {
    const content = joined(noise(50_000), noise(30_000), noise(2000, 2));
    const finder = new RepeatFinder();
    for (const slice of cut(content, 7000)) finder.look(slice);
    expect(finder.length).toBe(82_000);
    expect(finder.repeatedLength).toBe(30_000);
    expect(Buffer.compare(finder.content(49_000, 82_000), content.subarray(49_000))).toBe(0);
  });
});

describe("a sample", () => {
  test("is the reference's", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        const pieces = [noise(40_000, seed), versions(noise(20_000, seed), 2, seed), zeros, noise(40_000, seed)];
        for (let count = 2; count <= pieces.length; count++) {
          expect(sampled(pieces.slice(0, count))).toEqual(sampleRepeats(pieces.slice(0, count)));
        }
      }),
      { seed: 1, numRuns: 3 },
    );
  });

  test("tells about how much of a piece was there before it", () => {
    const piece = joined(noise(200_000).subarray(50_000), noise(250_000, 2));
    const { before, within } = sampled([noise(400_000), piece]);
    expect(before).toBeGreaterThan(120_000);
    expect(before).toBeLessThan(180_000);
    expect(within).toBe(0);
  });

  test("tells about how much of a piece it repeats itself", () => {
    const { before, within } = sampled([noise(300_000), joined(noise(100_000, 2), noise(100_000, 2))]);
    expect(before).toBe(0);
    expect(within).toBeGreaterThan(80_000);
    expect(within).toBeLessThan(100_000);
  });

  test.each([1, 2, 3, 40, 512, 1500, 3000])("counts a period of %d bytes as repeated, also between noise", (period) => {
    const unit = noise(period, 3);
    const run = Uint8Array.from({ length: 100_000 }, (_, i) => unit[i % period]);
    const { within } = sampled([joined(noise(50_000), run, noise(50_000, 2))]);
    expect(within).toBeGreaterThan(60_000);
    expect(within).toBeLessThan(101_000);
  });

  test("counts nothing that is new", () => {
    expect(sampled([noise(300_000), noise(300_000, 2)])).toEqual({ before: 0, within: 0 });
    expect(sampled([noise(300_000), prose(300_000)])).toEqual({ before: 0, within: 0 });
  });

  test("counts no phrases: what is short", () => {
    const phrase = noise(400, 7);
    const page = (seed: number): Uint8Array => joined(noise(600, seed), phrase);
    const pages = (seed: number): Uint8Array => joined(...Array.from({ length: 200 }, (_, i) => page(seed + i)));
    expect(sampled([pages(1000), pages(2000)])).toEqual({ before: 0, within: 0 });
  });
});

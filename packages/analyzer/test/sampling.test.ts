import { describe, expect, test } from "@jest/globals";
import type { LevelName } from "../src/analysis.ts";
import { tableSizes, type PatternTableSizes } from "../src/options.ts";
import { PatternCounter, TABLES } from "../src/patterns/pattern-counter.ts";
import { recurringPatterns } from "../src/results/recurring.ts";
import { patternLevels } from "../src/results/pattern-levels.ts";
import { repeatMap } from "../src/results/repeat-map.ts";
import { repeatRuns } from "../src/results/repeat-runs.ts";
import { fineHash, levelOf, microHash, xxh64 } from "./reference/hashes.ts";
import { patternsOf, repeatsOf } from "./reference/patterns.ts";
import { generated } from "./support/content.ts";

const MIB = 2 ** 20;
const BLOCK = 1000;
const small: PatternTableSizes = { blocks: 256, pieces: 1024, places: 64, markable: 1024 };
const large: PatternTableSizes = { blocks: 2 ** 16, pieces: 2 ** 16, places: 2 ** 12, markable: 2 ** 16 };

function counted(content: Uint8Array, tables: PatternTableSizes, firstBlock = 0): PatternCounter {
  const counter = new PatternCounter({ blockSize: BLOCK, signature: "xxh64", tables, firstBlock });
  counter.push(content);
  return counter;
}

const content = generated("structured", 1_200_000);
const HASHES: Record<LevelName, (bytes: Uint8Array) => bigint> = { coarse: xxh64, fine: fineHash, micro: microHash };

describe("a table that is too small for all patterns", () => {
  const counter = counted(content, small);
  const levels = patternLevels(counter, recurringPatterns(counter, 0).digests);

  test.each(levels)("keeps the $name patterns whose hashes start with enough zeros, and as few as need be", (level) => {
    const zeros = Math.log2(1 / level.sampling.rate);
    const patterns = patternsOf(content, BLOCK, level.patternSize);
    const atLeast = (least: number) => patterns.filter(({ bytes }) => levelOf(HASHES[level.name](bytes)) >= least);
    const slots = level.name === "coarse" ? small.blocks : small.pieces;
    expect(zeros).toBeGreaterThan(0);
    expect(level.sampling.kept).toBe(atLeast(zeros).length);
    expect(level.sampling.kept).toBeLessThanOrEqual(0.75 * slots);
    expect(atLeast(zeros - 1).length).toBeGreaterThan(0.75 * slots);
    expect(level.repeating.value * level.sampling.rate).toBe(
      atLeast(zeros).filter(({ places }) => places.length > 1).length,
    );
  });

  test.each(levels)(
    "estimates the numbers of $name patterns within what it says",
    ({ name, distinct, patternSize }) => {
      const truth = patternsOf(content, BLOCK, patternSize).length;
      expect(distinct.exact).toBe(false);
      expect(Math.abs(distinct.value - truth)).toBeLessThan(4 * distinct.standardError);
      expect(distinct.standardError).toBeLessThan((name === "coarse" ? 0.12 : 0.06) * truth);
    },
  );

  test.each(levels)("gives exact counts of the $name patterns that it has", ({ top, patternSize }) => {
    const patterns = patternsOf(content, BLOCK, patternSize);
    expect(top.length).toBeGreaterThan(4);
    for (const { count, offset } of top) {
      expect(patterns.find(({ places }) => places[0] * patternSize === offset)!.places).toHaveLength(count);
    }
  });

  test("still maps the repeats, and says nothing of runs", () => {
    const map = repeatMap(counter);
    const truth = repeatsOf(content, BLOCK, BLOCK / 100).filter(Boolean).length / (content.length / (BLOCK / 100));
    const mean = map.micro.reduce((sum, share) => sum + share, 0) / map.micro.length;
    expect(mean).toBeGreaterThan(0.8 * truth);
    expect(mean).toBeLessThan(1.2 * truth);
    expect(repeatRuns(counter)).toBeNull();
  });
});

describe("counters of the parts of a file", () => {
  /** Everything that can be asked of a counter. */
  const answers = (counter: PatternCounter) => ({
    levels: patternLevels(counter, recurringPatterns(counter, 0).digests),
    map: repeatMap(counter),
    runs: repeatRuns(counter),
    trees: [
      counter.patternsIn(TABLES.fine, [0, 7, 300, 1199]),
      counter.patternsIn(TABLES.micro, [0, 70, 3000, 11_990]),
    ],
    remainder: counter.remainder,
  });

  test.each([
    ["all patterns", large],
    ["a sample of them", small],
  ])("merge to the counter of the whole, in any order and grouping: %s", (_, tables) => {
    const whole = content.subarray(0, content.length - 77);
    const expected = answers(counted(whole, tables));
    const ends = [0, 100_000, 101_000, 760_000, whole.length];
    const parts = ends.slice(1).map((end, i) => counted(whole.subarray(ends[i], end), tables, ends[i] / BLOCK).state());
    for (const [first, ...others] of [
      [0, 1, 2, 3],
      [3, 1, 0, 2],
      [1, 2, 3, 0],
    ]) {
      const merged = counted(new Uint8Array(0), tables);
      merged.merge(parts[first]);
      for (const i of others) merged.merge(parts[i]);
      expect(answers(merged)).toEqual(expected);
    }
    const pairs = [
      [2, 0],
      [3, 1],
    ].map(([a, b]) => {
      const pair = counted(new Uint8Array(0), tables);
      pair.merge(parts[a]);
      pair.merge(parts[b]);
      return pair.state();
    });
    const merged = counted(new Uint8Array(0), tables);
    for (const pair of pairs) merged.merge(pair);
    expect(answers(merged)).toEqual(expected);
  });
});

test("blocks beyond 32-bit numbers are refused", () => {
  const counter = new PatternCounter({ blockSize: 100, signature: "xxh64", tables: small, firstBlock: 2 ** 32 - 2 });
  counter.push(new Uint8Array(100));
  expect(() => counter.push(new Uint8Array(100))).toThrow(RangeError);
});

test.each([256, 384, 512, 1000, 1024, 2048, 4096])("the tables of %i MiB fit, at their largest", (mebibytes) => {
  const { patterns, quadruples } = tableSizes(mebibytes * MIB, "xxh64");
  const bytes = [
    16 * patterns.blocks,
    2 * 24 * patterns.pieces,
    40 * patterns.places,
    patterns.markable / 8,
    16 * quadruples,
  ].reduce((sum, size) => sum + size);
  // Counters of three bytes, buffers, the maps, and what the process takes by itself.
  const fixed = 64 * MIB + 8 * MIB + 160 * MIB;
  expect(bytes + fixed).toBeLessThanOrEqual(mebibytes * MIB);
  expect(bytes).toBeGreaterThan(0.3 * (mebibytes * MIB - fixed));
  for (const slots of [patterns.blocks, patterns.pieces, patterns.places, quadruples]) {
    expect(Number.isInteger(Math.log2(slots))).toBe(true);
  }
});

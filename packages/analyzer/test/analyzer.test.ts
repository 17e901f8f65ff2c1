import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import fc from "fast-check";
import { type Analysis, type AnalyzerOptions, createAnalyzer, shardUnit } from "../src/index.ts";
import { cut, generated } from "./support/content.ts";

function analyse(chunks: readonly Uint8Array[], options: AnalyzerOptions = {}): Analysis {
  const analyzer = createAnalyzer(options);
  for (const chunk of chunks) analyzer.push(chunk);
  return analyzer.finish();
}

describe("an analyzer", () => {
  test("says the same however the data is cut into chunks", () => {
    const content = generated("structured", 200_777);
    const expected = analyse([content]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 70_000 }), { maxLength: 30 }), (sizes) => {
        expect(analyse(cut(content, sizes))).toEqual(expected);
      }),
      { seed: 5, numRuns: 12 },
    );
    expect(analyse(cut(content.subarray(0, 3001), new Array<number>(3001).fill(1)))).toEqual(
      analyse([content.subarray(0, 3001)]),
    );
  });

  test("says the same each time, for either signature", () => {
    const content = generated("text", 120_000);
    for (const signature of ["xxh64", "md5"] as const) {
      expect(analyse([content], { signature })).toEqual(analyse([content], { signature }));
    }
  });

  test("makes a report that is plain JSON", () => {
    for (const content of [generated("structured", 30_000), new Uint8Array(1000), generated("random", 100)]) {
      const analysis = analyse([content], { blockSize: 100 });
      expect(JSON.parse(JSON.stringify(analysis))).toEqual(analysis);
      expect(JSON.stringify(analysis)).not.toContain("undefined");
    }
  });

  test("counts what lies beyond the last block in the statistics alone", () => {
    const { size, remainder, levels, statistics } = analyse([generated("text", 10_450)]);
    expect([size, remainder, levels[0].total]).toEqual([10_450, 450, 10]);
    expect(statistics.byteCounts.reduce((sum, count) => sum + count, 0)).toBe(10_450);
  });

  test("writes the self-reference score as the paper does, and normalised", () => {
    const { statistics, levels } = analyse([generated("text", 50_000)]);
    const { entropy, autocorrelation, selfReference, patternDensity } = statistics;
    const [h] = entropy.map(({ bitsPerByte }) => bitsPerByte);
    const [r] = autocorrelation.product;
    expect(patternDensity).toBe(levels[0].distinct.value / levels[0].total);
    expect(selfReference.asPaper).toBeCloseTo((1 - h) * patternDensity * r, 12);
    expect(selfReference.normalised).toBeCloseTo((1 - h / 8) * patternDensity * r, 12);
    expect(selfReference.asPaper * r).toBeLessThan(0);
  });

  test("correlates the levels along the file", () => {
    // The second half repeats the first: all levels repeat there, and nowhere else.
    const half = generated("random", 64_000);
    const { meta, map } = analyse([half, half]);
    expect(map.coarse.at(0)).toBe(0);
    expect(map.coarse.at(-1)).toBe(1);
    expect(meta.crossCorrelation[0][1]).toBeCloseTo(1, 6);
    expect(meta.crossCorrelation[1][0]).toBe(meta.crossCorrelation[0][1]);
    expect(meta.crossCorrelation[0][0]).toBeCloseTo(1, 12);
    expect(meta.metaPatterns).toContainEqual({
      first: "coarse",
      second: "fine",
      correlation: meta.crossCorrelation[0][1],
    });
    const pairs = [0, 1, 2].flatMap((i) => meta.crossCorrelation[i].slice(i + 1));
    const mean = pairs.reduce<number>((sum, value) => sum + Math.abs(value ?? 0), 0) / 6;
    expect(meta.metaEfficiency).toBeCloseTo((1 + mean) / 2, 12);
    expect(meta.recursiveAmplification).toBe(meta.metaEfficiency * meta.breakthroughFactor);
    expect(analyse([half.subarray(0, 1000)]).meta).toMatchObject({ metaPatterns: [], metaEfficiency: 0.5 });
  });

  test("counts what the paper keeps, and multiplies as it does", () => {
    for (const signature of ["xxh64", "md5"] as const) {
      const { size, levels, claimed, meta } = analyse([generated("structured", 100_000)], { signature });
      const { signatures, statistics, hierarchy, total } = claimed.representation;
      const bytes = signature === "md5" ? 16 : 8;
      const recurring = levels.reduce((sum, { repeating }) => sum + repeating.value, 0);
      // Far more than the report lists.
      expect(recurring).toBeGreaterThan(2 * levels.reduce((sum, { top }) => sum + top.length, 0));
      expect(signatures).toBe(recurring * (bytes + 4));
      expect(statistics).toBe(56);
      expect(total).toBe(signatures + statistics + hierarchy);
      expect(hierarchy).toBeGreaterThan(0);
      expect(claimed.ratioBeforeAmplification).toBe(size / total);
      expect(claimed.ratio).toBeCloseTo((size / total) * meta.recursiveAmplification, 9);
    }
  });

  test("says what removing repeats leaves", () => {
    const [a, b] = [generated("random", 1000, 1), generated("random", 1000, 2)];
    const { achievable } = analyse([a, b, a, a, b, a, a, a, a.subarray(0, 100)]);
    const flags = (pieces: number): number => pieces;
    // Two blocks, so a reference has one bit; 20 fine pieces have 5, 200 micro pieces 8.
    const references = [flags(8) + 6, flags(80) + 60 * 5, flags(800) + 600 * 8, flags(8) + 6 + flags(20) + flags(200)];
    expect(achievable.repeats.map((r) => [r.level, r.content.value, r.references, r.size.value])).toEqual(
      ["coarse", "fine", "micro", "all"].map((level, i) => {
        const bytes = Math.ceil(references[i] / 8);
        return [level, 2000, bytes, 2000 + bytes + 100];
      }),
    );
    expect(achievable.pith).toBeNull();
  });

  test("leaves out of the tree what occurs once", () => {
    const text = JSON.stringify(analyse([generated("text", 40_000)]).tree);
    expect(text).not.toMatch(/"count":1,[^{}]*"children":\[\]/);
  });
});

describe("analyzers of parts of a file", () => {
  // Of all block sizes of this magnitude, one whose parts may start most often.
  const blockSize = 1600;
  const unit = shardUnit(blockSize);
  const content = generated("structured", 3 * unit + 12_345);

  test("may start at multiples of a block and of 64 KiB", () => {
    expect(unit).toBe(25 * 65_536);
    expect(shardUnit(1000)).toBe(8_192_000);
    expect(() => createAnalyzer({ blockSize, start: 1600 })).toThrow(/start: expected a multiple of 1638400, got 1600/);
  });

  test("say together what one says of the whole", () => {
    const expected = analyse([content], { blockSize });
    const states = [0, unit, 3 * unit].map((start, i, starts) => {
      const analyzer = createAnalyzer({ blockSize, start });
      analyzer.push(content.subarray(start, starts[i + 1] ?? content.length));
      return analyzer.state();
    });
    const merged = createAnalyzer({ blockSize });
    for (const state of [states[2], states[0], states[1]]) merged.merge(state);
    expect(merged.finish()).toEqual(expected);

    const incomplete = createAnalyzer({ blockSize });
    incomplete.merge(states[2]);
    expect(() => incomplete.finish()).toThrow(/parts of the file are missing: of 4927545 bytes, 12345 were analysed/);
  });

  test("need the same options", () => {
    const state = createAnalyzer({ blockSize: 500 }).state();
    expect(() => createAnalyzer({ blockSize }).merge(state)).toThrow(RangeError);
  });
});

describe("bad input", () => {
  test.each([
    [0, "there is no data to analyse at byte 0: expected 1000, got 0"],
    [999, "the data is shorter than a block at byte 999: expected 1000, got 999"],
  ])("of %i bytes is an error that says how much is needed", (size, message) => {
    let error: unknown;
    try {
      analyse([new Uint8Array(size)]);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(PithError);
    expect(error).toMatchObject({ code: "truncated", message, offset: size, expected: 1000, got: size });
  });

  test.each([0, 50, 150, 1001, 1_000_100, 1000.5, Number.NaN, -100])("a block size of %p is refused", (blockSize) => {
    expect(() => createAnalyzer({ blockSize })).toThrow(
      /blockSize: expected a multiple of 100 from 100 to 1000000, .*, got/,
    );
  });

  test.each([
    { signature: "sha1" as "md5" },
    { memoryLimit: 1000 },
    { region: 9 },
    { region: 0.5 },
    { memoryLimit: 2 ** 33 },
    { memoryLimit: NaN },
  ])("options %p are refused", (options) => {
    expect(() => createAnalyzer(options)).toThrow(RangeError);
  });

  test("no more data is taken after the end", () => {
    const analyzer = createAnalyzer();
    analyzer.push(new Uint8Array(2000));
    analyzer.finish();
    expect(() => analyzer.push(new Uint8Array(1))).toThrow(TypeError);
  });
});

import { describe, expect, test } from "@jest/globals";

import {
  compressibleShare,
  countRange,
  decoderTable,
  differenceByDistance,
  emptyCounts,
  encodableShare,
  frequencies,
  neighboursOf,
  NORMALISATIONS,
  probabilities,
  shapeOf,
  tableOf,
  valuesOf,
  type Counts,
} from "../src/index.ts";
import { logarithm } from "../src/tables/logarithm.ts";
import { sampleText } from "./support/text.ts";

const text = sampleText(20_000);
const counts = countRange(text, 0, text.length);
const [characters, neighbours, distances] = shapeOf(counts);

/** The values at the places that a choice of places gives, one line after the other. */
function linesAlong(values: Float64Array, axis: string): number[][] {
  const lines = new Map<string, number[]>();
  for (let i = 0; i < values.length; i++) {
    const place = {
      character: Math.floor(i / (neighbours * distances)),
      neighbour: Math.floor(i / distances) % neighbours,
      distance: i % distances,
    };
    const key =
      axis === "all"
        ? ""
        : Object.entries(place)
            .flatMap(([name, at]) => (name === axis ? [] : [at]))
            .join();
    lines.set(key, [...(lines.get(key) ?? []), values[i]]);
  }
  return [...lines.values()];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe("probabilities", () => {
  test("of all neighbours of a character at a distance sum to 1", () => {
    for (const line of linesAlong(probabilities(counts), "neighbour"))
      expect(mean(line) * line.length).toBeCloseTo(1, 12);
  });

  test("are shares of the counts", () => {
    const small = countRange(new TextEncoder().encode("aabab"), 0, 5, {
      alphabet: "ab",
      window: { before: 0, after: 1 },
    });
    expect(Array.from(probabilities(small))).toEqual([1 / 3, 2 / 3, 1, 0]);
  });

  test("are equal where nothing was seen", () => {
    expect(Array.from(probabilities(emptyCounts({ alphabet: "abcd" }))).every((p) => p === 0.25)).toBe(true);
  });
});

describe("tables", () => {
  const axes = NORMALISATIONS.filter((axis) => axis !== "none");

  test.each(
    axes.flatMap((axis) => (["probability", "log-probability"] as const).map((quantity) => [axis, quantity] as const)),
  )("along %s of %s have mean 0 and standard deviation 1, or 0 where all is the same", (normalised, quantity) => {
    for (const line of linesAlong(tableOf(counts, { quantity, normalised }).values, normalised)) {
      expect(mean(line)).toBeCloseTo(0, 9);
      const deviation = Math.sqrt(mean(line.map((value) => value * value)));
      if (line.some((value) => value !== 0)) expect(deviation).toBeCloseTo(1, 9);
    }
  });

  test("of logarithms are finite for pairs that were never seen, and grow with the count", () => {
    const { values } = tableOf(counts, { quantity: "log-probability", normalised: "none" });
    expect(values.every(Number.isFinite)).toBe(true);
    const [first, second] = [
      counts.pairs.findIndex((count) => count === 0n),
      counts.pairs.findIndex((count) => count > 50n),
    ];
    expect(values[first]).toBeLessThan(values[second]);
    expect(Math.exp(values[second])).toBeLessThan(1);
  });

  test("of nothing are 0", () => {
    expect(tableOf(emptyCounts()).values.every((value) => value === 0)).toBe(true);
  });

  test("are the thesis's z-scores by default", () => {
    const { values } = tableOf(counts);
    const p = probabilities(counts);
    const [t, h, before] = ["t", "h", 3].map((name) =>
      typeof name === "string" ? counts.alphabet.indexOf(name) : name,
    );
    const line = Array.from({ length: neighbours }, (_, n) => p[(h * neighbours + n) * distances + before]);
    const deviation = Math.sqrt(mean(line.map((value) => (value - mean(line)) ** 2)));
    expect(values[(h * neighbours + t) * distances + before]).toBeCloseTo((line[t] - mean(line)) / deviation, 12);
  });

  test("refuse other quantities and axes", () => {
    expect(() => tableOf(counts, { quantity: "score" as never })).toThrow(
      "quantity: expected probability or log-probability, got score",
    );
    expect(() => tableOf(counts, { normalised: "time" as never })).toThrow(
      "normalised: expected none, character, neighbour, distance, all, got time",
    );
  });

  test("go to the decoder and back", () => {
    const { values } = tableOf(counts);
    const { table, distances: places } = decoderTable(counts, values);
    expect(places).toEqual([-4, -3, -2, -1, 1, 2, 3]);
    expect(table[(7 * distances + 3) * neighbours + 19]).toBe(
      Math.fround(values[(7 * neighbours + 19) * distances + 3]),
    );
    expect(valuesOf(counts, table)).toEqual(Float64Array.from(values, Math.fround));
  });
});

test("the logarithm is that of the host, but for the last bits", () => {
  for (let x = 1e-18; x < 1e18; x *= 1.37) expect(logarithm(x)).toBeCloseTo(Math.log(x), 13);
  expect(logarithm(1)).toBe(0);
});

describe("measures", () => {
  test("say what share of the text is in the alphabet, and what share in runs of it", () => {
    const mixed = countRange(new TextEncoder().encode("Abc 12é twelve of them"), 0, 24);
    expect(encodableShare(mixed)).toBe(18 / 22);
    expect(compressibleShare(mixed)).toBe(15 / 22);
    expect([encodableShare(emptyCounts()), compressibleShare(emptyCounts())]).toEqual([0, 0]);
  });

  test("give frequencies that sum to 1", () => {
    expect(mean(frequencies(counts)) * characters).toBeCloseTo(1, 12);
    expect(frequencies(emptyCounts()).every((share) => share === 0)).toBe(true);
  });

  test("find the difference to the average as it is defined, and less of it farther away", () => {
    const p = probabilities(counts);
    const average = frequencies(counts);
    const expected = [0, 1, 2, 3, 4, 5, 6].map((at) => {
      const squares = Array.from(
        { length: characters * neighbours },
        (_, i) => (p[i * distances + at] - average[i % neighbours]) ** 2,
      );
      return mean(squares);
    });
    const found = differenceByDistance(counts);
    expect(found.map(({ distance }) => distance)).toEqual([-4, -3, -2, -1, 1, 2, 3]);
    for (const [at, { value }] of found.entries()) expect(value).toBeCloseTo(expected[at], 12);
    expect(found[3].value).toBeGreaterThan(found[0].value);
    expect(found[4].value).toBeGreaterThan(found[6].value);
  });

  test("list the neighbours of a character, the likeliest first", () => {
    const after = neighboursOf(counts, "q").find(({ distance }) => distance === 1)!;
    expect(after.neighbours[0]).toEqual({ character: "u", probability: 1 });
    expect(after.neighbours.map(({ probability }) => probability)).toEqual(
      after.neighbours.map(({ probability }) => probability).sort((a, b) => b - a),
    );
    expect(() => neighboursOf(counts, "Q")).toThrow(
      'character: expected one of "abcdefghijklmnopqrstuvwxyz .", got "Q"',
    );
    expect(() => neighboursOf(counts, "")).toThrow(RangeError);
  });
});

test("counts of any window can be measured", () => {
  const wide: Counts = countRange(text, 0, text.length, { window: { before: 16, after: 16 } });
  expect(differenceByDistance(wide)).toHaveLength(32);
});

import { describe, expect, test } from "@jest/globals";
import { ALPHABETICAL_TABLE, THESIS_TABLE } from "@pith/framing";
import fc from "fast-check";

import {
  accuracyOn,
  assign,
  codeText,
  countRange,
  decoderTable,
  differenceMatrix,
  matchExactly,
  pairCharacters,
  pairsOfAssignment,
  parseSwapState,
  startSwapSearch,
  stepSwapSearch,
  SWAP_SIZES,
  tableOf,
  type Measure,
  type SwapState,
} from "../src/index.ts";
import { sampleText } from "./support/text.ts";

const RUNS = { numRuns: 100, seed: 11 };
const text = sampleText(20_000);
const counts = countRange(text, 0, text.length);
const table = tableOf(counts);

/** Symmetric, with ties: what matchings stumble over. */
function matrices(sizes: fc.Arbitrary<number>): fc.Arbitrary<number[][]> {
  return sizes.chain((size) =>
    fc
      .array(fc.integer({ min: 0, max: 6 }), { minLength: size * size, maxLength: size * size })
      .map((numbers) =>
        Array.from({ length: size }, (_, i) =>
          Array.from({ length: size }, (__, j) => numbers[Math.min(i, j) * size + Math.max(i, j)]),
        ),
      ),
  );
}

function weigh(pairs: readonly (readonly [number, number])[], weights: readonly (readonly number[])[]): number {
  return pairs.reduce((sum, [a, b]) => sum + weights[a][b], 0);
}

/** The best of all matchings, tried one by one. */
function bestMatching(places: readonly number[], weights: readonly (readonly number[])[]): number {
  if (places.length === 0) return 0;
  const [first, ...rest] = places;
  return Math.max(
    ...rest.map(
      (other) =>
        weights[first][other] +
        bestMatching(
          rest.filter((each) => each !== other),
          weights,
        ),
    ),
  );
}

/** The best of all assignments, tried one by one. */
function bestAssignment(row: number, columns: readonly number[], weights: readonly (readonly number[])[]): number {
  if (columns.length === 0) return 0;
  return Math.max(
    ...columns.map(
      (column) =>
        weights[row][column] +
        bestAssignment(
          row + 1,
          columns.filter((each) => each !== column),
          weights,
        ),
    ),
  );
}

function isPerfect(pairs: readonly (readonly [number, number])[], size: number): boolean {
  return pairs.length === size / 2 && new Set(pairs.flat()).size === size;
}

describe("the Hungarian algorithm", () => {
  test("finds an assignment than which none is heavier", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }).chain((size) =>
          fc.array(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: size, maxLength: size }), {
            minLength: size,
            maxLength: size,
          }),
        ),
        (weights) => {
          const columns = assign(weights);
          expect(new Set(columns).size).toBe(weights.length);
          const weight = columns.reduce((sum, column, row) => sum + weights[row][column], 0);
          expect(weight).toBe(bestAssignment(0, [...weights.keys()], weights));
        },
      ),
      RUNS,
    );
  });

  test("gives pairs, whatever cycles its assignment has", () => {
    fc.assert(
      fc.property(matrices(fc.constantFrom(2, 4, 6, 8)), fc.infiniteStream(fc.nat()), (weights, random) => {
        const columns = [...weights.keys()];
        for (let i = columns.length - 1; i > 0; i--) {
          const j = Number(random.next().value) % (i + 1);
          [columns[i], columns[j]] = [columns[j], columns[i]];
        }
        expect(isPerfect(pairsOfAssignment(columns, weights), weights.length)).toBe(true);
      }),
      RUNS,
    );
  });

  test("cuts a cycle of even length in the heavier way", () => {
    const weights = [
      [0, 1, 0, 9],
      [1, 0, 8, 0],
      [0, 8, 0, 2],
      [9, 0, 2, 0],
    ];
    expect(weigh(pairsOfAssignment([1, 2, 3, 0], weights), weights)).toBe(17);
  });

  test("may miss the heaviest pairs where its cycles are odd", () => {
    // Two triangles: an assignment goes round in each, but pairs can take only one edge of a triangle.
    const weights = Array.from({ length: 6 }, (_, i) =>
      Array.from({ length: 6 }, (__, j): number => (i === j ? -99 : i < 3 === j < 3 ? 5 : 4)),
    );
    weights[0][1] = weights[1][0] = 5.5;
    const columns = assign(weights);
    expect(weigh(pairsOfAssignment(columns, weights), weights)).toBeLessThanOrEqual(
      weigh(matchExactly(weights), weights),
    );
  });
});

describe("exact matching", () => {
  test("finds a matching than which none is heavier", () => {
    fc.assert(
      fc.property(matrices(fc.constantFrom(0, 2, 4, 6, 8)), (weights) => {
        const pairs = matchExactly(weights);
        expect(isPerfect(pairs, weights.length)).toBe(true);
        expect(weigh(pairs, weights)).toBe(bestMatching([...weights.keys()], weights));
      }),
      RUNS,
    );
  });

  test("is never lighter than the pairs of an assignment, for as many letters as there are", () => {
    const weights = differenceMatrix(counts, table, "abcdefghijklmnopqrstuvwxyz");
    const pairs = matchExactly(weights);
    expect(isPerfect(pairs, 26)).toBe(true);
    const forbidden = weights.map((row, i) => row.map((weight, j) => (i === j ? -1e9 : weight)));
    expect(weigh(pairs, weights)).toBeGreaterThanOrEqual(weigh(pairsOfAssignment(assign(forbidden), weights), weights));
  });

  test.each([3, 32])("refuses %d things", (count) => {
    const weights = Array.from({ length: count }, () => new Array<number>(count).fill(0));
    expect(() => matchExactly(weights)).toThrow(`things: expected an even number up to 30, got ${count}`);
  });

  test("refuses weights that are no numbers", () => {
    expect(() =>
      matchExactly([
        [0, NaN],
        [NaN, 0],
      ]),
    ).toThrow("weights: expected numbers, got something else");
  });
});

describe("code tables", () => {
  test("by the alphabet are those that the thesis starts from", () => {
    expect(pairCharacters(counts, table, "alphabetical").table).toEqual(ALPHABETICAL_TABLE);
  });

  test("by difference are farther apart than by the alphabet, most so by an exact matching", () => {
    const [alphabetical, hungarian, exact] = (["alphabetical", "hungarian", "exact"] as const).map(
      (pairing) => pairCharacters(counts, table, pairing).difference,
    );
    expect(hungarian).toBeGreaterThan(alphabetical);
    expect(exact).toBeGreaterThanOrEqual(hungarian);
  });

  test("refuse singles that are not in the alphabet, or leave no pairs", () => {
    expect(() => pairCharacters(counts, table, "exact", " !")).toThrow(
      'singles: expected characters of "abcdefghijklmnopqrstuvwxyz .", got " !"',
    );
    expect(() => pairCharacters(counts, table, "exact", ".")).toThrow(
      "characters to pair: expected an even number, got 27",
    );
    expect(() => pairCharacters(counts, table, "exact", "")).toThrow("pairs and singles: expected 15, got 14");
  });

  test("the difference matrix is symmetric, and refuses characters that were not counted", () => {
    const matrix = differenceMatrix(counts, table, "abc");
    for (const i of [0, 1, 2]) for (const j of [0, 1, 2]) expect(matrix[i][j]).toBe(matrix[j][i]);
    expect(matrix[0][0]).toBe(0);
    expect(() => differenceMatrix(counts, table, "aB")).toThrow('characters: expected those of the alphabet, got "B"');
  });
});

describe("the swap search", () => {
  const measure: Measure = accuracyOn(
    codeText(text.subarray(0, 3000), ALPHABETICAL_TABLE),
    decoderTable(counts, table.values),
  );

  function walk(state: SwapState, steps: number): SwapState {
    while (state.steps < steps) state = stepSwapSearch(state, measure);
    return state;
  }

  test.each(SWAP_SIZES)(
    "by %d pairs at a time finds better pairs, and every step of its curve is better",
    (swapSize) => {
      const state = walk(startSwapSearch(ALPHABETICAL_TABLE, swapSize, 1, measure), 150);
      const accuracies = state.curve.map(({ accuracy }) => accuracy);
      expect(accuracies.length).toBeGreaterThan(2);
      expect(accuracies).toEqual([...new Set(accuracies)].sort((a, b) => a - b));
      expect(state.accuracy).toBe(measure(state.table));
      expect(Array.from(state.table.groups.join("")).sort()).toEqual(
        Array.from(ALPHABETICAL_TABLE.groups.join("")).sort(),
      );
    },
  );

  test("takes the same steps for the same seed, and others for another", () => {
    const curves = [5, 5, 6].map((seed) => walk(startSwapSearch(ALPHABETICAL_TABLE, 2, seed, measure), 60).curve);
    expect(curves[1]).toEqual(curves[0]);
    expect(curves[2]).not.toEqual(curves[0]);
  });

  test("goes on from a state that was kept as if it had never stopped", () => {
    const kept = JSON.stringify(walk(startSwapSearch(ALPHABETICAL_TABLE, 3, 7, measure), 40));
    const whole = walk(startSwapSearch(ALPHABETICAL_TABLE, 3, 7, measure), 90);
    expect(walk(parseSwapState(kept, measure), 90)).toEqual(whole);
  });

  test.each<[string, (state: Record<string, unknown>) => unknown, string]>([
    ["JSON that is none", () => undefined, "state of a search: not JSON"],
    [
      "no steps",
      ({ steps: _, ...rest }) => rest,
      "state of a search: steps: expected an integer from 0 on, got nothing",
    ],
    ["another size", (state) => ({ ...state, swapSize: 5 }), "state of a search: swapSize: expected 2, 3, 4, got 5"],
    [
      "a random state of 0",
      (state) => ({ ...state, random: 0 }),
      "random: expected an integer from 1 to 2^32 − 1, got 0",
    ],
    [
      "no curve",
      (state) => ({ ...state, curve: [null] }),
      "state of a search: curve: expected steps and accuracies, got [null]",
    ],
    ["no table", (state) => ({ ...state, table: { bits: 4 } }), "state of a search: table: expected a code table"],
    [
      "another accuracy",
      (state) => ({ ...state, accuracy: 0.5 }),
      "as measured with this text and these statistics, got 0.5",
    ],
  ])("refuses a state with %s", (_name, change, message) => {
    const state = { ...startSwapSearch(ALPHABETICAL_TABLE, 2, 1, measure) };
    expect(() => parseSwapState((JSON.stringify(change(state)) as string | undefined) ?? "{", measure)).toThrow(
      message,
    );
  });

  test("refuses tables with too few pairs, and sizes that it does not know", () => {
    const few = { ...THESIS_TABLE, groups: ["ab", "cdefghijkl", "mnopqrstuvwxyz", ..."ABCDEFGHIJ .".split("")] };
    expect(() => startSwapSearch(few, 2, 1, () => 1)).toThrow("table: expected at least 2 pairs, got 1");
    expect(() => startSwapSearch(THESIS_TABLE, 1 as never, 1, () => 1)).toThrow("swapSize: expected 2, 3, 4, got 1");
  });
});

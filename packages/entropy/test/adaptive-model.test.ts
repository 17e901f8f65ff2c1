import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { AdaptiveModel, MAXIMUM_TOTAL, adaptiveModelParameters } from "../src/index.ts";
import { ReferenceModel } from "./support/reference.ts";

describe("the adaptive model", () => {
  test("has the counts, sums and symbols of the model that sums in linear time", () => {
    const run = fc.record({
      alphabetSize: fc.integer({ min: 2, max: 40 }),
      increment: fc.integer({ min: 1, max: 50 }),
      slack: fc.integer({ min: 0, max: 400 }),
      draws: fc.array(fc.nat(), { maxLength: 200 }),
    });
    fc.assert(
      fc.property(run, ({ alphabetSize, increment, slack, draws }) => {
        const limit = 2 * (alphabetSize + increment) + slack;
        const model = new AdaptiveModel(alphabetSize, { increment, limit });
        const reference = new ReferenceModel(alphabetSize, increment, limit);
        for (const draw of draws) {
          const target = draw % model.total;
          const symbol = model.find(target);
          const expected = reference.interval(symbol);
          expect([model.cumulative(symbol), model.frequency(symbol), model.total]).toEqual([
            expected.cumulative,
            expected.frequency,
            expected.total,
          ]);
          expect(target).toBeGreaterThanOrEqual(expected.cumulative);
          expect(target).toBeLessThan(expected.cumulative + expected.frequency);
          model.update(symbol);
          reference.update(symbol);
        }
        expect(Array.from({ length: alphabetSize }, (_, s) => model.frequency(s))).toEqual(reference.counts);
      }),
      { seed: 21, numRuns: 200 },
    );
  });

  test("halves counts when their sum passes the limit, and keeps each above 0", () => {
    const model = new AdaptiveModel(4, { increment: 10, limit: 40 });
    for (let i = 0; i < 3; i++) model.update(2);
    expect([model.frequency(2), model.total]).toEqual([31, 34]);
    model.update(2);
    expect([0, 1, 2, 3].map((s) => model.frequency(s))).toEqual([1, 1, 21, 1]);
    expect(model.total).toBe(24);
  });

  test("never lets the total stay above the limit", () => {
    for (const alphabetSize of [2, 3, 255, 65536]) {
      for (const increment of [1, 65536]) {
        const limit = 2 * (alphabetSize + increment);
        const model = new AdaptiveModel(alphabetSize, { increment, limit });
        for (let i = 0; i < 20; i++) {
          model.update(i % 2);
          expect(model.total).toBeLessThanOrEqual(limit);
        }
      }
    }
  });

  test("knows what the next symbol would cost", () => {
    const model = new AdaptiveModel(8);
    expect(model.cost(3)).toBe(3);
    model.update(3);
    expect(model.cost(3)).toBeCloseTo(Math.log2(40 / 33), 12);
  });

  test("takes defaults that grow with the alphabet", () => {
    expect(adaptiveModelParameters(2)).toEqual({ increment: 32, limit: 65_536 });
    expect(adaptiveModelParameters(1024)).toEqual({ increment: 32, limit: 262_144 });
    expect(adaptiveModelParameters(65_536)).toEqual({ increment: 32, limit: MAXIMUM_TOTAL });
    expect(adaptiveModelParameters(256, { increment: 65_536 }).limit).toBe(131_584);
  });

  test.each([
    [1, {}, "alphabetSize: expected an integer from 2 to 65536, got 1"],
    [65_537, {}, "alphabetSize: expected an integer from 2 to 65536, got 65537"],
    [256, { increment: 0 }, "increment: expected an integer from 1 to 65536, got 0"],
    [256, { increment: 1.5 }, "increment: expected an integer from 1 to 65536, got 1.5"],
    [256, { limit: 575 }, "limit: expected an integer from 576 to 4194304, got 575"],
    [256, { limit: 2 ** 22 + 1 }, "limit: expected an integer from 576 to 4194304, got 4194305"],
  ])("refuses %p symbols with %p", (alphabetSize, options, message) => {
    expect(() => new AdaptiveModel(alphabetSize, options)).toThrow(new RangeError(message));
  });
});

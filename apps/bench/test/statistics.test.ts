import { describe, expect, test } from "@jest/globals";
import { geometricMean, mean, median, medianRatio } from "../src/measure/statistics.ts";

describe("median", () => {
  test("is the middle value whatever the order", () => expect(median([9, 1, 5])).toBe(5));
  test("is between the two middle values of an even number", () => expect(median([4, 1, 2, 100])).toBe(3));
  test("of nothing is an error", () => expect(() => median([])).toThrow(RangeError));
  test("leaves its input as it was", () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe("means", () => {
  test("the geometric mean of a ratio and its inverse is one", () =>
    expect(geometricMean([4, 0.25])).toBeCloseTo(1, 12));
  test("the arithmetic mean is the sum over the number", () => expect(mean([1, 2, 6])).toBe(3));
  test("of nothing are errors", () => {
    expect(() => geometricMean([])).toThrow(RangeError);
    expect(() => mean([])).toThrow(RangeError);
  });
});

describe("medianRatio", () => {
  test("pairs the rounds, so that a slow round of both does not count", () => {
    expect(medianRatio([2, 20, 0.2], [1, 10, 0.1])).toBe(2);
    // The ratio of the medians would be 2 / 5.
    expect(medianRatio([2, 9, 1], [1, 5, 10])).toBeCloseTo(1.8, 12);
  });
  test("of unequal numbers is an error that shows both", () => {
    expect(() => medianRatio([1, 2], [1])).toThrow("got 2 and 1");
  });
});

import { describe, expect, test } from "@jest/globals";
import { inversionsOf, type LevelSize } from "../src/levels-order/inversions.ts";

const sizes = (...of: number[]): LevelSize[] => of.map((size, i) => ({ level: i + 1, size }));

describe("a level that makes a larger file than a lower one", () => {
  test("is found, beside the best of the lower ones", () => {
    expect(inversionsOf(sizes(100, 80, 90, 70), 0)).toEqual([
      { lower: { level: 2, size: 80 }, higher: { level: 3, size: 90 } },
    ]);
  });

  test("is found again at each level that is no better", () => {
    expect(inversionsOf(sizes(80, 90, 85, 80), 0).map(({ higher }) => higher.level)).toEqual([2, 3]);
  });

  test("does not count within the tolerance", () => {
    expect(inversionsOf(sizes(80, 85), 5)).toEqual([]);
    expect(inversionsOf(sizes(80, 86), 5)).toHaveLength(1);
  });
});

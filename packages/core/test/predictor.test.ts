import { expect, test } from "@jest/globals";
import { PROBABILITY_TOTAL } from "../src/index.ts";

test("probabilities sum to 2^22, so that the largest alphabet leaves each symbol 64 steps", () => {
  expect(PROBABILITY_TOTAL).toBe(4_194_304);
  expect(PROBABILITY_TOTAL / 65_536).toBe(64);
});

import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { rankOf, symbolOfRank } from "../src/neural-rank.ts";

const distributions = fc.array(fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 2 ** 22 })), {
  minLength: 1,
  maxLength: 80,
});

test("a rank counts the likelier symbols, and of equals the lower ones", () => {
  const probabilities = Uint32Array.of(3, 9, 3, 1, 9);
  expect([0, 1, 2, 3, 4].map((symbol) => rankOf(probabilities, symbol))).toEqual([2, 0, 3, 4, 1]);
});

test("ranks are the places in the order of probability, and tell the symbols", () => {
  fc.assert(
    fc.property(distributions, (numbers) => {
      const probabilities = Uint32Array.from(numbers);
      const order = numbers.map((_, symbol) => symbol).sort((a, b) => numbers[b] - numbers[a] || a - b);
      order.forEach((symbol, rank) => {
        expect(rankOf(probabilities, symbol)).toBe(rank);
        expect(symbolOfRank(probabilities, rank)).toBe(symbol);
      });
    }),
    { seed: 1 },
  );
});

test.each([-1, 3, 0.5, Number.NaN])("there is no symbol and no rank %d of three", (index) => {
  const probabilities = Uint32Array.of(1, 2, 3);
  const message = (name: string) => new RangeError(`${name}: expected an integer from 0 to 2, got ${index}`);
  expect(() => rankOf(probabilities, index)).toThrow(message("symbol"));
  expect(() => symbolOfRank(probabilities, index)).toThrow(message("rank"));
});

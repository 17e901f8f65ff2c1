import { describe, expect, test } from "@jest/globals";
import { PROBABILITY_TOTAL, checkPredictor, type Predictor } from "../src/index.ts";

/** Frequencies of what came, made to sum up; a fault may be put in. */
function counting(
  alphabetSize: number,
  spoil: (probabilities: Uint32Array, learnt: number) => void = () => undefined,
): Predictor {
  const counts = new Uint32Array(alphabetSize).fill(1);
  let learnt = 0;
  return {
    alphabetSize,
    predict(probabilities) {
      const total = counts.reduce((sum, count) => sum + count, 0);
      let rest = PROBABILITY_TOTAL;
      for (let symbol = alphabetSize - 1; symbol > 0; symbol--) {
        probabilities[symbol] = Math.max(1, Math.floor((counts[symbol] * (PROBABILITY_TOTAL / 2)) / total));
        rest -= probabilities[symbol];
      }
      probabilities[0] = rest;
      spoil(probabilities, learnt);
    },
    update(symbol) {
      counts[symbol]++;
      learnt++;
    },
  };
}

describe("the check of a predictor", () => {
  test.each([2, 5, 256, 65_536])("passes one that keeps the contract, with %d symbols", (alphabetSize) => {
    const symbols = Uint16Array.from({ length: 20 }, (_, i) => i % alphabetSize);
    checkPredictor(counting(alphabetSize), { symbols, twin: counting(alphabetSize) });
  });

  test("tries more than a thousand symbols where none are given", () => {
    let updates = 0;
    const predictor = counting(256);
    const counted: Predictor = {
      ...predictor,
      update(symbol) {
        updates++;
        predictor.update(symbol);
      },
    };
    checkPredictor(counted);
    expect(updates).toBe(1024);
  });

  test.each<[string, (probabilities: Uint32Array, learnt: number) => void, RegExp]>([
    [
      "a wrong sum",
      (p, learnt) => {
        if (learnt === 3) p[0]++;
      },
      /after 3 symbols, expected a sum of 4194304, got 4194305/,
    ],
    [
      "a zero",
      (p) => {
        p[0] += p[1];
        p[1] = 0;
      },
      /after 0 symbols, expected at least 1 for symbol 1, got 0/,
    ],
    [
      "a write beyond the alphabet",
      (p) => {
        p[4] = 7;
      },
      /expected entry 4 to be left alone, got 7/,
    ],
  ])("finds %s", (_what, spoil, message) => {
    expect(() => checkPredictor(counting(4, spoil))).toThrow(message);
  });

  test("finds a prediction that changes by being asked for", () => {
    let asked = 0;
    const spoil = (p: Uint32Array): void => {
      if (asked++ % 2 === 1) [p[0], p[1]] = [p[1], p[0]];
    };
    expect(() => checkPredictor(counting(4, spoil))).toThrow(/the same when asked twice/);
  });

  test("finds a twin that differs", () => {
    const spoil = (p: Uint32Array, learnt: number): void => {
      if (learnt > 5) [p[0], p[1]] = [p[1], p[0]];
    };
    expect(() => checkPredictor(counting(4), { twin: counting(4, spoil) })).toThrow(/after 6 symbols.*from its twin/);
    expect(() => checkPredictor(counting(4), { twin: counting(5) })).toThrow(/twin: expected an alphabet of 4, got 5/);
  });

  test("takes no symbols beyond the alphabet", () => {
    expect(() => checkPredictor(counting(4), { symbols: [0, 4] })).toThrow(
      /symbols\[1\]: expected an integer from 0 to 3/,
    );
  });
});

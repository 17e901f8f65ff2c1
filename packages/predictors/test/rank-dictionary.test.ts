import { describe, expect, test } from "@jest/globals";
import { PithError, type Predictor } from "@pith/core";
import * as fc from "fast-check";
import { createNeuralPredictor } from "../src/neural.ts";
import { rankOf, symbolOfRank } from "../src/neural-rank.ts";
import { chooseRanks, dictionaryOfRanks, ranksOfDictionary } from "../src/rank-dictionary.ts";

const SEED = { seed: 20_240_701, numRuns: 200 };

describe("ranks as symbols for a dictionary coder", () => {
  test("come back, whatever they are", () => {
    const streams = fc
      .integer({ min: 2, max: 256 })
      .chain((size) => fc.tuple(fc.constant(size), fc.array(fc.nat(size - 1), { maxLength: 300 })));
    fc.assert(
      fc.property(streams, ([size, ranks]) => {
        const written = dictionaryOfRanks(Uint8Array.from(ranks), size);
        expect(Math.max(0, ...written)).toBeLessThan(size);
        expect([...ranksOfDictionary(written, size)]).toEqual(ranks);
      }),
      SEED,
    );
  });

  test("come back where they are mostly zeros, so that copies begin, go on and break", () => {
    const ranks = Uint8Array.from({ length: 20_000 }, (_, i) => (i % 7 === 0 ? (i * i) % 11 : i % 13 === 0 ? 1 : 0));
    expect(ranksOfDictionary(dictionaryOfRanks(ranks, 20), 20)).toEqual(ranks);
  });

  test("copy what stands 16 places before as long as the guesses are right", () => {
    const ranks = new Uint8Array(100);
    ranks.set([5, 3, 7, 1], 40);
    const written = dictionaryOfRanks(ranks, 16);
    expect([...written.subarray(0, 44)]).toEqual([...new Array<number>(40).fill(0), 5, 3, 7, 1]);
    expect(written.subarray(44)).toEqual(written.subarray(28, 84));
  });

  test("take the other symbols in their order where a guess is wrong", () => {
    const ranks = new Uint8Array(20);
    ranks[1] = 2; // symbol 2, which is the first of the list 16 places later
    ranks.set([1, 0, 0, 0], 16);
    expect([...dictionaryOfRanks(ranks, 4).subarray(16)]).toEqual([1, 2, 0, 0]);
    ranks.set([1, 1, 2, 3], 16);
    expect([...dictionaryOfRanks(ranks, 4).subarray(16)]).toEqual([1, 0, 2, 3]);
  });

  test("are refused where they or their alphabet are out of range", () => {
    expect(() => dictionaryOfRanks(Uint8Array.of(0, 4), 4)).toThrow("ranks[1]: expected 0 to 3, got 4");
    expect(() => dictionaryOfRanks(Uint16Array.of(300), 256)).toThrow(RangeError);
    expect(() => dictionaryOfRanks(new Uint8Array(0), 257)).toThrow("expected an integer from 2 to 256, got 257");
    expect(() => ranksOfDictionary(new Uint8Array(0), 1)).toThrow(RangeError);
  });

  test("refuse symbols that no rank becomes, with their place", () => {
    let error: unknown;
    try {
      ranksOfDictionary(Uint8Array.of(1, 3, 9), 4);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(PithError);
    expect(error).toMatchObject({ code: "invalid-field", offset: 2, got: 9 });
  });
});

describe("the choice among predictors", () => {
  const first = Uint8Array.of(0, 0, 5, 5, 1, 0, 2);
  const second = Uint8Array.of(1, 1, 0, 0, 1, 1, 0);

  test("takes the lowest ranks symbol by symbol, and stays where both are as good", () => {
    const { ranks, choices } = chooseRanks([first, second], 1);
    expect([...ranks]).toEqual([0, 0, 0, 0, 1, 0, 0]);
    expect([...choices]).toEqual([0, 0, 1, 1, 1, 0, 1]);
  });

  test("takes them run by run, the last one being shorter", () => {
    const { ranks, choices } = chooseRanks([first, second], 3);
    expect([...choices]).toEqual([1, 1, 1]);
    expect([...ranks]).toEqual([...second]);
  });

  test("can be undone by whoever has the choices and the same predictors", () => {
    const symbols = Uint8Array.from({ length: 600 }, (_, i) => [0, 1, 2, 3, 1, 0, (i >> 5) & 3][i % 7]);
    const start = (): Predictor[] =>
      (["none", "rnn"] as const).map((architecture) =>
        createNeuralPredictor({ alphabetSize: 4, architecture, hidden: 8, rate: 0.01 }),
      );
    const probabilities = new Uint32Array(4);
    const streams = start().map((predictor) =>
      symbols.map((symbol) => {
        predictor.predict(probabilities);
        predictor.update(symbol);
        return rankOf(probabilities, symbol);
      }),
    );
    const { ranks, choices } = chooseRanks(streams, 16);
    const written = dictionaryOfRanks(ranks, 4);

    const predictors = start();
    const restored = ranksOfDictionary(written, 4).map((rank, i) => {
      predictors[choices[i >> 4]].predict(probabilities);
      const symbol = symbolOfRank(probabilities, rank);
      for (const predictor of predictors) predictor.update(symbol);
      return symbol;
    });
    expect(restored).toEqual(symbols);
    expect(new Set(choices).size).toBe(2);
  });

  test("needs streams of one length, one at least, and runs of at least a symbol", () => {
    expect(() => chooseRanks([], 1)).toThrow("streams: expected 1 to 256, got 0");
    expect(() => chooseRanks([first, first.subarray(1)], 1)).toThrow("streams: expected 7 ranks in each, got 6");
    expect(() => chooseRanks([first], 0)).toThrow("runLength: expected an integer of at least 1, got 0");
  });
});

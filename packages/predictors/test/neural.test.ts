import { describe, expect, test } from "@jest/globals";
import { PROBABILITY_TOTAL } from "@pith/core";
import fc from "fast-check";
import { createNeuralPredictor } from "../src/neural.ts";
import { NEURAL_ARCHITECTURES, type NeuralPredictorOptions } from "../src/neural-options.ts";
import { EXACT } from "./reference/neural-arithmetic.ts";
import { NeuralReference, type NeuralDescription } from "./reference/neural.ts";
import { Random } from "./support/random.ts";

const SMALL: NeuralDescription = {
  alphabetSize: 5,
  architecture: "residual",
  layers: 1,
  hidden: 7,
  context: 1,
  chunk: 6,
  orders: 0,
  tableBits: 4,
  rate: 0.01,
  leastRate: 0.001,
  decay: 0.9,
};

/** Symbols of which about three quarters follow from the two before. */
function stream(alphabetSize: number, length: number, seed: number): number[] {
  const random = new Random(seed);
  let [last, older] = [0, 0];
  return Array.from({ length }, () => {
    const next = random.chance(75) ? (2 * last + older + 1) % alphabetSize : random.below(alphabetSize);
    [last, older] = [next, last];
    return next;
  });
}

function predictions(symbols: readonly number[], options: NeuralPredictorOptions): Uint32Array[] {
  const predictor = createNeuralPredictor(options);
  return symbols.map((symbol) => {
    const probabilities = new Uint32Array(options.alphabetSize);
    predictor.predict(probabilities);
    predictor.update(symbol);
    return probabilities;
  });
}

/** Bits a symbol that coding under the predictions takes, over the second half. */
function cost(symbols: readonly number[], options: NeuralPredictorOptions): number {
  const half = symbols.length / 2;
  const late = predictions(symbols, options).slice(half);
  const bits = late.map((probabilities, i) => Math.log2(PROBABILITY_TOTAL / probabilities[symbols[half + i]]));
  return bits.reduce((sum, b) => sum + b, 0) / half;
}

const VARIANTS: readonly Partial<NeuralDescription>[] = [
  ...NEURAL_ARCHITECTURES.map((architecture) => ({ architecture })),
  ...(["rnn", "lstm", "gru"] as const).map((architecture) => ({ architecture, layers: 3 })),
  { architecture: "transformer", layers: 2, hidden: 13, alphabetSize: 9 },
  { architecture: "residual", context: 3 },
  { architecture: "gru", layers: 2, context: 2, orders: 4 },
  { architecture: "lstm", chunk: 1 },
  { architecture: "rnn", alphabetSize: 32, hidden: 32, orders: 8, tableBits: 5 },
  { architecture: "gru", alphabetSize: 70, hidden: 40, chunk: 20 },
  { architecture: "none", alphabetSize: 2, hidden: 1, rate: 1, decay: 1 },
];
const named = VARIANTS.map((variant) => [JSON.stringify(variant), variant] as const);

describe("the neural predictor", () => {
  test.each(named)("predicts what its plain reference predicts, to the bit: %s", (_, variant) => {
    const description = { ...SMALL, ...variant };
    const symbols = stream(description.alphabetSize, 120, 1);
    const reference = new NeuralReference(description);
    predictions(symbols, description).forEach((probabilities, i) => {
      expect([i, ...probabilities]).toEqual([i, ...NeuralReference.toShares(reference.predict())]);
      reference.learn(symbols[i]);
    });
  });

  test.each(named.slice(0, 12))("learns by the gradient of the cost, as differences show it: %s", (_, variant) => {
    const description = { ...SMALL, ...variant, orders: 0 };
    const { alphabetSize, chunk } = description;
    const symbols = stream(alphabetSize, chunk, 2);
    const lossOf = (reference: NeuralReference, learns: boolean): number => {
      let loss = 0;
      symbols.forEach((symbol, i) => {
        loss -= Math.log(reference.predict()[symbol]);
        if (learns || i < symbols.length - 1) reference.learn(symbol);
      });
      return loss;
    };
    const learnt = new NeuralReference(description, EXACT);
    lossOf(learnt, true);
    const gradients = learnt.matrices.map(({ gradient }) => gradient);
    const random = new Random(3);
    const shifted = (matrix: number, weight: number, by: number): number => {
      const reference = new NeuralReference(description, EXACT);
      reference.matrices[matrix].weights[weight] += by;
      return lossOf(reference, false);
    };
    gradients.forEach((gradient, matrix) => {
      for (let trial = 0; trial < 4; trial++) {
        const weight = random.below(gradient.length);
        const slope = (shifted(matrix, weight, 1e-5) - shifted(matrix, weight, -1e-5)) / 2e-5;
        expect([matrix, weight, gradient[weight]]).toEqual([matrix, weight, expect.closeTo(slope, 6)]);
      }
    });
  });

  test("writes probabilities of at least 1 that sum to 2^22, whatever comes, and leaves the rest alone", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 300 }),
        fc.constantFrom(...NEURAL_ARCHITECTURES),
        fc.array(fc.nat(), { maxLength: 60 }),
        fc.double({ min: 0.001, max: 1 }),
        (alphabetSize, architecture, numbers, rate) => {
          const predictor = createNeuralPredictor({ alphabetSize, architecture, rate, hidden: 8, chunk: 4, orders: 2 });
          const probabilities = new Uint32Array(alphabetSize + 1);
          for (const number of numbers) {
            predictor.predict(probabilities);
            const own = probabilities.subarray(0, alphabetSize);
            expect(own.reduce((sum, p) => sum + p, 0)).toBe(PROBABILITY_TOTAL);
            expect(Math.min(...own)).toBeGreaterThanOrEqual(1);
            predictor.update(number % alphabetSize);
          }
          expect(probabilities[alphabetSize]).toBe(0);
        },
      ),
      { seed: 4, numRuns: 25 },
    );
  });

  test("predicts the same however often it is asked, and whether it is asked or not", () => {
    const options = { ...SMALL, architecture: "gru", orders: 2 } as const;
    const symbols = stream(5, 60, 5);
    const expected = predictions(symbols, options);
    const predictor = createNeuralPredictor(options);
    const probabilities = new Uint32Array(5);
    symbols.forEach((symbol, i) => {
      if (i % 7 === 0) {
        predictor.predict(probabilities);
        predictor.predict(probabilities);
        expect(probabilities).toEqual(expected[i]);
      }
      predictor.update(symbol);
    });
  });

  test("streams know nothing of each other", () => {
    const options = { ...SMALL, architecture: "lstm" } as const;
    const [a, b] = [createNeuralPredictor(options), createNeuralPredictor(options)];
    const symbols = stream(5, 50, 6);
    for (const symbol of symbols) b.update(4 - symbol);
    for (const symbol of symbols) a.update(symbol);
    const probabilities = new Uint32Array(5);
    a.predict(probabilities);
    expect(probabilities).toEqual(predictions([...symbols, 0], options)[50]);
  });

  test.each(["rnn", "lstm", "gru"] as const)("%s learns what one symbol of context cannot tell", (architecture) => {
    const symbols = stream(7, 6000, 7);
    const options = { alphabetSize: 7, hidden: 32, rate: 0.01 };
    const blind = cost(symbols, { ...options, architecture: "residual" });
    expect(blind).toBeGreaterThan(2.5);
    expect(cost(symbols, { ...options, architecture })).toBeLessThan(blind - 0.5);
  });

  test("transformer learns to look back", () => {
    const random = new Random(9);
    const symbols = [1, 2, 3];
    while (symbols.length < 4000) symbols.push(random.chance(80) ? symbols[symbols.length - 3] : random.below(7));
    const options = { alphabetSize: 7, hidden: 32, rate: 0.005 };
    const blind = cost(symbols, { ...options, architecture: "residual" });
    expect(blind).toBeGreaterThan(2.5);
    expect(cost(symbols, { ...options, architecture: "transformer" })).toBeLessThan(blind - 0.8);
  });

  test.each([{ context: 2 }, { orders: 2 }])("so do feed-forward networks that see it: %j", (seen) => {
    expect(cost(stream(7, 6000, 7), { alphabetSize: 7, hidden: 32, rate: 0.01, ...seen })).toBeLessThan(2);
  });

  test("knows alphabets of up to 2048 symbols", () => {
    const symbols = stream(2048, 40, 8);
    const last = predictions(symbols, { alphabetSize: 2048, architecture: "rnn", chunk: 8 })[39];
    expect(last.reduce((sum, p) => sum + p, 0)).toBe(PROBABILITY_TOTAL);
  });

  test.each([
    [{ alphabetSize: 1 }, "alphabetSize: expected an integer from 2 to 2048, got 1"],
    [{ alphabetSize: 2049 }, "alphabetSize: expected an integer from 2 to 2048, got 2049"],
    [{ hidden: 0 }, "hidden: expected an integer from 1 to 512, got 0"],
    [{ layers: 9 }, "layers: expected an integer from 1 to 8, got 9"],
    [{ context: 17 }, "context: expected an integer from 1 to 16, got 17"],
    [{ chunk: 1.5 }, "chunk: expected an integer from 1 to 1024, got 1.5"],
    [{ orders: 9 }, "orders: expected an integer from 0 to 8, got 9"],
    [{ tableBits: 3 }, "tableBits: expected an integer from 4 to 22, got 3"],
    [{ alphabetSize: 2048, tableBits: 17 }, "tableBits: expected an integer from 4 to 16, got 17"],
    [{ rate: 0 }, "rate: expected a number above 0, 1 at most, got 0"],
    [{ rate: Number.NaN }, "rate: expected a number above 0, 1 at most, got NaN"],
    [{ rate: 0.1, leastRate: 0.2 }, "leastRate: expected a number from 0 to 0.1, the rate, got 0.2"],
    [{ decay: 1.1 }, "decay: expected a number above 0, 1 at most, got 1.1"],
    [
      { architecture: "perceptron" as "rnn" },
      "architecture: expected one of none, residual, rnn, lstm, gru, transformer, got perceptron",
    ],
  ])("refuses %j", (options, message) => {
    expect(() => createNeuralPredictor({ alphabetSize: 4, ...options })).toThrow(new RangeError(message));
  });

  test("refuses symbols that are not in the alphabet, and too little room", () => {
    const predictor = createNeuralPredictor({ alphabetSize: 4, hidden: 4 });
    expect(() => predictor.update(4)).toThrow(new RangeError("symbol: expected an integer from 0 to 3, got 4"));
    expect(() => predictor.predict(new Uint32Array(3))).toThrow(
      new RangeError("probabilities: expected at least 4 entries, got 3"),
    );
  });
});

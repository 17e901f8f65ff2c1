import { describe, expect, test } from "@jest/globals";
import { PROBABILITY_TOTAL } from "@pith/core";
import fc from "fast-check";
import { createDnaPredictor } from "../src/dna.ts";
import { DnaReference } from "./dna-reference.ts";

/** Bases of a small generator: the same on every run. */
function randomBases(length: number, seed: number): number[] {
  let state = seed;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 16) & 3;
  });
}

const inverted = (bases: readonly number[]): number[] => bases.map((base) => 3 - base).reverse();

/** A copy in which every `spacing`th base is another. */
const mutated = (bases: readonly number[], spacing: number): number[] =>
  bases.map((base, i) => (i % spacing === spacing - 1 ? base ^ 1 : base));

/** A sequence with all that the model looks for: repeats, diverged and inverted ones, a skewed composition, codons. */
function sequence(): number[] {
  const unit = randomBases(400, 1);
  const codons = randomBases(300, 2).flatMap((base) => [base, base >> 1, 2]);
  return [
    ...unit,
    ...mutated(unit, 7),
    ...inverted(unit),
    ...randomBases(300, 3).map((base) => base & 2),
    ...codons,
    ...mutated(inverted(unit), 11),
    ...inverted(codons),
    ...unit.slice(50),
    ...Array.from({ length: 200 }, () => 1),
    ...Array.from({ length: 300 }, (_, i) => [0, 2, 3][i % 3]),
    ...mutated(unit, 5),
  ];
}

function predictions(bases: readonly number[], options = {}): number[][] {
  const predictor = createDnaPredictor({ capacity: bases.length, ...options });
  const probabilities = new Uint32Array(4);
  return bases.map((base) => {
    predictor.predict(probabilities);
    predictor.update(base);
    return Array.from(probabilities);
  });
}

/** Bits a base that coding under the predictions takes. */
function cost(bases: readonly number[], options = {}): number {
  const bits = predictions(bases, options).map(
    (probabilities, i) => -Math.log2(probabilities[bases[i]] / PROBABILITY_TOTAL),
  );
  return bits.reduce((sum, b) => sum + b, 0) / bases.length;
}

describe("the DNA predictor", () => {
  test.each([10, 16])("predicts what its plain reference predicts, with tables of 2^%i contexts", (tableBits) => {
    const bases = sequence();
    const reference = new DnaReference(bases.length, tableBits);
    const kernel = predictions(bases, { tableBits });
    bases.forEach((base, i) => {
      const high = reference.predict(0) << 6;
      const second = (total: number, p16: number): number =>
        Math.max(1, Math.min(total - 1, Math.floor((total * p16) / 65536)));
      const g = second(PROBABILITY_TOTAL - high, reference.predict(1));
      const t = second(high, reference.predict(2));
      expect([i, ...kernel[i]]).toEqual([i, PROBABILITY_TOTAL - high - g, g, high - t, t]);
      reference.predict(0);
      reference.learn(0, base >> 1);
      reference.predict(1 + (base >> 1));
      reference.learn(1 + (base >> 1), base & 1);
      reference.next(base);
    });
  });

  test("writes probabilities of at least 1 that sum to 2^22, whatever comes", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 200 }), (bases) => {
        for (const probabilities of predictions(bases)) {
          expect(Math.min(...probabilities)).toBeGreaterThanOrEqual(1);
          expect(probabilities.reduce((sum, p) => sum + p, 0)).toBe(PROBABILITY_TOTAL);
        }
      }),
      { seed: 1, numRuns: 30 },
    );
  });

  test("predicts the same again until it learns, and learns the same whether it was asked or not", () => {
    const asked = createDnaPredictor({ capacity: 1000 });
    const unasked = createDnaPredictor({ capacity: 1000 });
    const [first, again, other] = [0, 1, 2].map(() => new Uint32Array(4));
    for (const base of randomBases(500, 4)) {
      asked.predict(first);
      asked.predict(again);
      expect(again).toEqual(first);
      asked.update(base);
      unasked.update(base);
    }
    asked.predict(first);
    unasked.predict(other);
    expect(other).toEqual(first);
  });

  test("gives the golden predictions", () => {
    const last = predictions(sequence()).filter((_, i) => i % 500 === 499);
    expect(last).toMatchInlineSnapshot(`
      [
        [
          1041293,
          1121075,
          1023875,
          1008061,
        ],
        [
          4120177,
          56271,
          7908,
          9948,
        ],
        [
          1000648,
          5944,
          3181681,
          6031,
        ],
        [
          3510,
          4177866,
          7153,
          5775,
        ],
        [
          2237980,
          1799908,
          96636,
          59780,
        ],
        [
          1092,
          956,
          4175817,
          16439,
        ],
        [
          1472,
          4191488,
          731,
          613,
        ],
        [
          2112,
          4190208,
          1369,
          615,
        ],
        [
          4192129,
          1087,
          405,
          683,
        ],
      ]
    `);
  });

  test("leaves entries beyond the fourth alone", () => {
    const probabilities = new Uint32Array(6).fill(7);
    createDnaPredictor().predict(probabilities);
    expect(Array.from(probabilities.subarray(4))).toEqual([7, 7]);
  });

  test("expects two bits of a random base, and hardly any of a repeat on either strand", () => {
    const unit = randomBases(3000, 5);
    expect(cost(unit)).toBeLessThan(2.03);
    expect(cost([...unit, ...unit])).toBeLessThan(1.04);
    expect(cost([...unit, ...inverted(unit)])).toBeLessThan(1.04);
  });

  test("gains from copies that have diverged, more from three than from one", () => {
    const unit = randomBases(2000, 6);
    const copies = [13, 17, 19].map((spacing) => mutated(unit, spacing));
    const one = cost([...unit, ...copies[0]]) * 4000 - cost(unit) * 2000;
    const three = cost([...unit, ...copies.flat()]) * 8000 - cost([...unit, ...copies[0], ...copies[1]]) * 6000;
    expect(one).toBeLessThan(2000 * 1.3);
    expect(three).toBeLessThan(2000 * 0.75);
  });

  test("finds the reading frame of genes by itself, on both strands", () => {
    // Third places are 2 or 3 only; nothing else repeats, and no gene begins in the frame of the one before.
    const genes = Array.from({ length: 40 }, (_, n) => {
      const gene = randomBases(600 + n, 100 + n).map((base, i) => (i % 3 === 2 ? base | 2 : base));
      return n % 2 === 0 ? gene : inverted(gene);
    });
    expect(cost(genes.flat())).toBeLessThan(1.85);
  });
});

describe("misuse of the DNA predictor", () => {
  test("is a RangeError that shows both sides", () => {
    expect(() => createDnaPredictor({ capacity: 0 })).toThrow(
      "capacity: expected an integer from 1 to 1073741824, got 0",
    );
    expect(() => createDnaPredictor({ tableBits: 25 })).toThrow("tableBits: expected an integer from 10 to 24, got 25");
    const predictor = createDnaPredictor({ capacity: 1 });
    expect(() => predictor.update(4)).toThrow("symbol: expected an integer from 0 to 3, got 4");
    expect(() => predictor.predict(new Uint32Array(3))).toThrow(RangeError);
    predictor.update(3);
    expect(() => predictor.update(3)).toThrow("update: expected at most 1 bases, the capacity");
  });
});

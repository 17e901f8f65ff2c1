import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import fc from "fast-check";
import { packNeuralModel, unpackNeuralModel } from "../src/neural-model.ts";
import { NEURAL_ARCHITECTURES, neuralShape } from "../src/neural-options.ts";
import { createNeuralTrainer } from "../src/neural-trainer.ts";
import { countNeuralWeights, neuralMatrices } from "../src/neural-weights.ts";
import { Random } from "./support/random.ts";

const OPTIONS = { alphabetSize: 6, architecture: "lstm", hidden: 5 } as const;

function someWeights(options: Parameters<typeof countNeuralWeights>[0], seed = 1): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: countNeuralWeights(options) }, () => (random.below(20001) - 10000) / 7000);
}

function fnv(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193), 0x811c9dc5) >>> 0;
}

/** Bytes 15 to 18 are a checksum of all others: with it, a lie is one that somebody meant. */
function sealed(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 19) return bytes;
  const copy = bytes.slice();
  const hash = fnv(Uint8Array.of(...copy.subarray(0, 15), ...copy.subarray(19)));
  new DataView(copy.buffer).setUint32(15, hash, true);
  return copy;
}

/** What unpacking comes to: the code of its error, or how many weights there are. */
function outcome(bytes: Uint8Array): string | number {
  try {
    const { options, weights } = unpackNeuralModel(bytes, { maximumWeights: 2 ** 16 });
    expect(weights.length).toBe(countNeuralWeights(options));
    expect(weights.every(Number.isFinite)).toBe(true);
    return weights.length;
  } catch (error) {
    if (!(error instanceof PithError)) throw error;
    return error.code;
  }
}

describe("a packed network", () => {
  test.each(NEURAL_ARCHITECTURES)("has its shape and its weights, rounded to its rows' scales: %s", (architecture) => {
    const options = { alphabetSize: 11, architecture, layers: 2, hidden: 9, context: 2, chunk: 20 };
    const weights = someWeights(options);
    const unpacked = unpackNeuralModel(packNeuralModel({ options, weights }));
    expect(unpacked.options).toEqual(neuralShape(options));
    let start = 0;
    for (const { rows, columns } of neuralMatrices(options)) {
      for (let row = 0; row < rows; row++, start += columns) {
        const own = weights.subarray(start, start + columns);
        const largest = own.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
        own.forEach((weight, i) => {
          // Half a scale, which may be 1/128 larger than the largest weight asks for.
          expect(Math.abs(unpacked.weights[start + i] - weight)).toBeLessThanOrEqual((largest / 127 / 2) * 1.008);
        });
      }
    }
    expect(start).toBe(weights.length);
  });

  test("is the same bytes for the same weights", () => {
    // FNV-1a, 32 bits: what one version packs, every later one must unpack to the same weights.
    const packed = packNeuralModel({ options: OPTIONS, weights: someWeights(OPTIONS) });
    expect(fnv(packed).toString(16)).toBe("11d238f8");
    expect(fnv(new Uint8Array(unpackNeuralModel(packed).weights.buffer)).toString(16)).toBe("23919b3c");
  });

  test("is smaller with fewer bits a weight, and coarser", () => {
    const options = { alphabetSize: 40, hidden: 40 };
    const weights = someWeights(options);
    const errorOf = (packed: Uint8Array) =>
      unpackNeuralModel(packed).weights.reduce((sum, weight, i) => sum + (weight - weights[i]) ** 2, 0);
    const packed = [8, 6, 4, 2].map((bits) => packNeuralModel({ options, weights }, { bits }));
    for (let i = 1; i < packed.length; i++) {
      expect(packed[i].length).toBeLessThan(packed[i - 1].length);
      expect(errorOf(packed[i])).toBeGreaterThan(errorOf(packed[i - 1]));
    }
    expect(() => packNeuralModel({ options, weights }, { bits: 9 })).toThrow(
      new RangeError("bits: expected an integer from 2 to 8, got 9"),
    );
  });

  test("is no larger than its weights, and rows of zeros cost next to nothing", () => {
    const options = { alphabetSize: 256, architecture: "lstm", hidden: 32 } as const;
    const count = countNeuralWeights(options);
    expect(packNeuralModel({ options, weights: someWeights(options) }).length).toBeLessThan(1.03 * count);
    expect(packNeuralModel({ options, weights: new Float32Array(count) }).length).toBeLessThan(320);
  });

  test("tells any weights that training could end with", () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, min: -(2 ** 100), max: 2 ** 100 }), { maxLength: 60 }),
        (numbers) => {
          const weights = new Float32Array(countNeuralWeights(OPTIONS));
          weights.set(numbers);
          const unpacked = unpackNeuralModel(packNeuralModel({ options: OPTIONS, weights })).weights;
          const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
          weights.forEach((weight, i) => {
            expect(Math.abs(unpacked[i] - weight)).toBeLessThanOrEqual(largest / 250 + 1e-40);
          });
        },
      ),
      { seed: 1, numRuns: 25 },
    );
  });

  test("costs no more in predictions than a hundredth of a bit", () => {
    const random = new Random(4);
    const symbols = new Uint8Array(3000);
    for (let i = 2; i < symbols.length; i++) {
      symbols[i] = random.chance(20) ? random.below(6) : (symbols[i - 1] + 2 * symbols[i - 2] + 1) % 6;
    }
    const trainer = createNeuralTrainer({ ...OPTIONS, hidden: 16, rate: 0.01 });
    for (let epoch = 0; epoch < 4; epoch++) Array.from(trainer.train(symbols));
    const lossOf = (weights: Float32Array) => {
      const steps = Array.from(createNeuralTrainer({ ...trainer.shape, weights }).evaluate(symbols));
      return steps[steps.length - 1].loss;
    };
    const packed = packNeuralModel({ options: trainer.shape, weights: trainer.weights() });
    expect(lossOf(trainer.weights())).toBeLessThan(2.2);
    expect(Math.abs(lossOf(unpackNeuralModel(packed).weights) - lossOf(trainer.weights()))).toBeLessThan(0.01);
  });

  test("is refused where it lies, and never stands for something else than a whole network", () => {
    const packed = packNeuralModel({ options: OPTIONS, weights: someWeights(OPTIONS) });
    const changed = (at: number, ...values: number[]): Uint8Array => {
      const copy = packed.slice();
      copy.set(values, at);
      return sealed(copy);
    };
    expect(outcome(changed(0, 2))).toBe("unsupported-version");
    expect(outcome(changed(1, 6))).toBe("invalid-field"); // architecture
    expect(outcome(changed(2, 0))).toBe("invalid-field"); // layers
    expect(outcome(changed(3, 17))).toBe("invalid-field"); // context
    expect(outcome(changed(4, 1, 0))).toBe("invalid-field"); // alphabet
    expect(outcome(changed(6, 1, 2))).toBe("invalid-field"); // hidden
    expect(outcome(changed(4, 0, 8, 0, 2))).toBe("memory-limit");
    expect(outcome(changed(10, 9))).toBe("invalid-field"); // bits
    expect(outcome(changed(11, 255, 255, 255, 255))).toBe("truncated"); // length of the scales
    expect(outcome(sealed(Uint8Array.of(...packed, 0)))).toBe("trailing-data");
    for (let length = 0; length < packed.length - 2; length++) {
      const code = length < 19 ? "truncated" : "checksum-mismatch";
      expect([length, outcome(packed.subarray(0, length))]).toEqual([length, code]);
      expect([length, outcome(sealed(packed.subarray(0, length)))]).toEqual([length, "truncated"]);
    }
    for (let bit = 8; bit < 8 * packed.length; bit += 3) {
      const copy = packed.slice();
      copy[bit >> 3] ^= 1 << (bit & 7);
      expect(["checksum-mismatch", "invalid-field"]).toContain(outcome(copy));
    }
  });

  test("with a scale that is no number is refused", () => {
    const weights = new Float32Array(countNeuralWeights(OPTIONS)).fill(1);
    const refused = [];
    // Each bit of the coded scales, one of which makes a number of all ones in the exponent or of the other sign.
    const packed = packNeuralModel({ options: OPTIONS, weights });
    for (let bit = 0; bit < 8 * 12; bit++) {
      const copy = packed.slice();
      copy[19 + (bit >> 3)] ^= 1 << (bit & 7);
      refused.push(outcome(sealed(copy)));
    }
    expect(refused).toContain("invalid-field");
  });

  test("is refused or another network when its bits are flipped or random", () => {
    const packed = packNeuralModel({ options: OPTIONS, weights: someWeights(OPTIONS) });
    const random = new Random(5);
    for (let trial = 0; trial < 400; trial++) {
      const copy = packed.slice();
      for (let flips = 1 + random.below(3); flips > 0; flips--) {
        copy[random.below(trial % 2 === 0 ? 24 : copy.length)] ^= 1 << random.below(8);
      }
      outcome(sealed(copy));
    }
    for (let trial = 0; trial < 300; trial++) {
      const bytes = Uint8Array.from({ length: random.below(200) }, () => random.below(256));
      if (trial % 2 === 0) bytes.set(packed.subarray(0, Math.min(11, bytes.length)));
      outcome(sealed(bytes));
    }
  });

  test("is not made of weights that are none, or of another network", () => {
    const weights = someWeights(OPTIONS);
    expect(() => packNeuralModel({ options: { ...OPTIONS, hidden: 6 }, weights })).toThrow(RangeError);
    weights[3] = Number.NaN;
    expect(() => packNeuralModel({ options: OPTIONS, weights })).toThrow(
      new RangeError("weights[3]: expected a finite number, got NaN"),
    );
    weights[3] = 3e38;
    expect(() => packNeuralModel({ options: OPTIONS, weights }, { bits: 2 })).toThrow(
      /^weights: expected numbers below 1e36, got 3/,
    );
  });
});

import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { createNeuralPredictor } from "../src/neural.ts";
import { NEURAL_ARCHITECTURES, type NeuralPredictorOptions } from "../src/neural-options.ts";
import { createNeuralTrainer, type NeuralTrainer } from "../src/neural-trainer.ts";
import { countNeuralWeights, neuralMatrices } from "../src/neural-weights.ts";
import { NeuralReference } from "./reference/neural.ts";
import { Random } from "./support/random.ts";

const SHAPES = [
  ...NEURAL_ARCHITECTURES.map((architecture) => ({ architecture })),
  { architecture: "gru", layers: 2, context: 3 },
  { architecture: "transformer", layers: 2, chunk: 40 },
  { architecture: "residual", alphabetSize: 70, hidden: 40 },
] as const;
const named = SHAPES.map((shape) => [JSON.stringify(shape), { ...DEFAULTS(), ...shape }] as const);

function DEFAULTS() {
  return { alphabetSize: 5, hidden: 7, layers: 1, context: 1, chunk: 6, rate: 0.01, leastRate: 0.001, decay: 0.9 };
}

/** Symbols of which most follow from the two before. */
function stream(length: number, seed = 1): Uint8Array {
  const random = new Random(seed);
  const symbols = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    symbols[i] = i < 2 || random.chance(20) ? random.below(5) : (2 * symbols[i - 1] + symbols[i - 2] + 1) % 5;
  }
  return symbols;
}

function resultOf(run: Generator<unknown, number>): number {
  for (;;) {
    const { done, value } = run.next();
    if (done === true) return value;
  }
}

function learn(trainer: NeuralTrainer, ...runs: readonly Uint8Array[]): number[] {
  return runs.map((symbols) => resultOf(trainer.train(symbols)));
}

function predictions(options: NeuralPredictorOptions, symbols: Uint8Array): Uint32Array[] {
  const predictor = createNeuralPredictor(options);
  return Array.from(symbols, (symbol) => {
    const probabilities = new Uint32Array(options.alphabetSize);
    predictor.predict(probabilities);
    predictor.update(symbol);
    return probabilities;
  });
}

describe("the weights of a network", () => {
  test.each(named)("are those of its plain reference, matrix by matrix: %s", (_, shape) => {
    const reference = new NeuralReference({ ...shape, orders: 0, tableBits: 4 });
    const trainer = createNeuralTrainer(shape);
    const symbols = stream(shape.chunk * 4);
    const check = () => {
      const weights = trainer.weights();
      let start = 0;
      const matrices = neuralMatrices(shape);
      expect(reference.matrices.length).toBe(matrices.length);
      matrices.forEach(({ name, rows, columns }, i) => {
        const own = weights.subarray(start, start + rows * columns);
        expect([name, ...own]).toEqual([name, ...reference.matrices[i].weights]);
        start += rows * columns;
      });
      expect(weights.length).toBe(start);
      expect(countNeuralWeights(shape)).toBe(start);
    };
    check();
    learn(trainer, symbols);
    for (const symbol of symbols) {
      reference.predict();
      reference.learn(symbol);
    }
    check();
  });

  test.each(named)("that were told and taken predict and learn as they would have: %s", (_, shape) => {
    // With no momentum and no squares behind it, a first step of Adam is the same for both.
    const symbols = stream(shape.chunk);
    const trained = createNeuralTrainer(shape).weights();
    expect(predictions({ ...shape, weights: trained }, stream(60))).toEqual(predictions(shape, stream(60)));
    const trainer = createNeuralTrainer({ ...shape, weights: trained });
    expect(learn(trainer, symbols)).toEqual(learn(createNeuralTrainer(shape), symbols));
  });

  test.each(named)("stay as they are where nothing is learnt: %s", (_, shape) => {
    const trainer = createNeuralTrainer(shape);
    learn(trainer, stream(200));
    const weights = trainer.weights();
    const test = stream(100, 2);
    const loss = resultOf(trainer.evaluate(test));
    expect(trainer.weights()).toEqual(weights);
    const still = predictions({ ...shape, weights, learns: false }, test);
    const cost = still.reduce((sum, shares, i) => sum - Math.log2(shares[test[i]] / 2 ** 22), 0) / test.length;
    expect(cost).toBeCloseTo(loss, 3);
    // The chunk does not matter then, but to what looks back as far as it.
    if (shape.architecture === "transformer") return;
    expect(predictions({ ...shape, chunk: 17, weights, learns: false }, test)).toEqual(still);
  });

  test("are refused where they are too few, too many or no numbers", () => {
    const options = { alphabetSize: 4, architecture: "none", hidden: 3 } as const;
    const count = countNeuralWeights(options);
    for (const length of [0, count - 1, count + 1]) {
      const message = `weights: expected ${count}, got ${length}`;
      const weights = new Float32Array(length);
      expect(() => createNeuralPredictor({ ...options, weights })).toThrow(new RangeError(message));
      expect(() => createNeuralTrainer({ ...options, weights })).toThrow(new RangeError(message));
    }
    for (const bad of [Number.NaN, Infinity]) {
      const weights = new Float32Array(count);
      weights[5] = bad;
      const message = `weights[5]: expected a finite number, got ${bad}`;
      expect(() => createNeuralPredictor({ ...options, weights })).toThrow(new RangeError(message));
    }
  });

  test("cannot be fixed beside sparse inputs, which are empty at first", () => {
    const message = "orders: expected 0 in a network that does not learn, got 2";
    expect(() => createNeuralPredictor({ alphabetSize: 4, orders: 2, learns: false })).toThrow(new RangeError(message));
  });
});

describe("the trainer", () => {
  test("tells the cost of symbols under the predictions before each was learnt", () => {
    const [shape, symbols] = [{ ...DEFAULTS(), architecture: "lstm" } as const, stream(500)];
    const shares = predictions(shape, symbols);
    const cost = shares.reduce((sum, p, i) => sum - Math.log2(p[symbols[i]] / 2 ** 22), 0) / symbols.length;
    expect(learn(createNeuralTrainer(shape), symbols)[0]).toBeCloseTo(cost, 3);
  });

  test("tells how far it is, and learns what is over after the last whole chunk", () => {
    const trainer = createNeuralTrainer({ ...DEFAULTS(), architecture: "rnn" });
    const before = trainer.weights();
    const steps = Array.from(trainer.train(stream(10_000)));
    expect(steps.map(({ done, total }) => [done, total])).toEqual([
      [4096, 10_000],
      [8192, 10_000],
      [10_000, 10_000],
    ]);
    expect(steps[2].loss).toBeLessThan(steps[0].loss);
    const after = trainer.weights();
    expect(after).not.toEqual(before);
    learn(trainer, stream(3));
    expect(trainer.weights()).not.toEqual(after);
    expect(learn(trainer, new Uint8Array(0))).toEqual([0]);
  });

  test("gets better from epoch to epoch", () => {
    const trainer = createNeuralTrainer({ alphabetSize: 5, architecture: "gru", hidden: 16, chunk: 16, rate: 0.003 });
    const losses = learn(trainer, ...new Array<Uint8Array>(6).fill(stream(2000)));
    expect(losses[5]).toBeLessThan(losses[0] - 0.5);
    expect(resultOf(trainer.evaluate(stream(2000, 3)))).toBeLessThan(losses[0] - 0.5);
  });

  test.each(named)("goes on from what was saved as if nothing had been between: %s", (_, shape) => {
    const [a, b, c] = [stream(150), stream(91, 2), stream(120, 3)];
    const whole = createNeuralTrainer(shape);
    learn(whole, a, b);
    const saved = whole.save();
    const losses = learn(whole, c);
    const resumed = createNeuralTrainer(shape);
    resumed.restore(saved);
    expect(learn(resumed, c)).toEqual(losses);
    expect(resumed.save()).toEqual(whole.save());
    expect(resumed.save()).not.toEqual(saved);
  });

  test("refuses symbols of another alphabet, whole, before it learns one", () => {
    const trainer = createNeuralTrainer({ alphabetSize: 4, hidden: 4 });
    const before = trainer.save();
    expect(() => trainer.train(Uint8Array.of(1, 3, 4)).next()).toThrow(
      new RangeError("symbols[2]: expected 0 to 3, got 4"),
    );
    expect(trainer.save()).toEqual(before);
  });

  test("stops with an error once the loss is no number", () => {
    const options = { alphabetSize: 4, architecture: "none", hidden: 4 } as const;
    const weights = new Float32Array(countNeuralWeights(options)).fill(1e30);
    const trainer = createNeuralTrainer({ ...options, rate: 0.5, weights });
    expect(() => resultOf(trainer.train(new Uint8Array(100)))).toThrow(
      new RangeError("rate: expected one at which the loss stays a number, got 0.5: it is NaN"),
    );
  });

  test("restores nothing else than what such a network saved", () => {
    const options = { alphabetSize: 4, hidden: 4, chunk: 8 } as const;
    const saved = createNeuralTrainer(options).save();
    const trainer = createNeuralTrainer(options);
    learn(
      trainer,
      stream(50).map((symbol) => symbol & 3),
    );
    const before = trainer.save();
    const refusal = (bytes: Uint8Array): string => {
      try {
        trainer.restore(bytes);
      } catch (error) {
        expect(trainer.save()).toEqual(before);
        return (error as PithError).code;
      }
      return "restored";
    };
    const changed = (at: number, ...values: number[]): Uint8Array => {
      const copy = saved.slice();
      copy.set(values, at);
      return copy;
    };
    expect(refusal(saved.subarray(0, 5))).toBe("truncated");
    expect(refusal(saved.subarray(0, saved.length - 1))).toBe("truncated");
    expect(refusal(Uint8Array.of(...saved, 0))).toBe("trailing-data");
    expect(refusal(changed(0, 2))).toBe("unsupported-version");
    expect(refusal(changed(1, 6))).toBe("invalid-field");
    expect(refusal(changed(2, 9))).toBe("invalid-field");
    expect(refusal(changed(6, 5))).toBe("invalid-field");
    expect(refusal(changed(saved.length - 4, 0, 0, 192, 127))).toBe("invalid-field");
    expect(refusal(saved)).toBe("restored");
  });
});

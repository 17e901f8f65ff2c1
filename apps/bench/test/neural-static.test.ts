import { describe, expect, test } from "@jest/globals";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../src/commands/arguments.ts";
import { keepNetwork, readNetwork } from "../src/neural/static/kept.ts";
import { measureStatic } from "../src/neural/static/measure.ts";
import { StaticNetwork, TOTAL, type StaticShape } from "../src/neural/static/network.ts";
import { split, trainStatic, windowsOf } from "../src/neural/static/train.ts";
import { withFiles } from "./fakes.ts";

const SHAPE: StaticShape = { symbols: 16, hidden: 16, length: 5, windows: 4, rate: 0.01 };
const TEXT = Uint8Array.from({ length: 300 }, (_, i) => ((i * i) >> 2) % 11);
const GAP = 16;

/** Row by row, and then without the zeros between rows. */
function reader(weights: Float32Array) {
  let at = 0;
  return (rows: number, columns: number): number[][] =>
    Array.from({ length: rows }, () => {
      const row = Array.from(weights.subarray(at, at + columns));
      at += columns + GAP;
      return row;
    });
}

/** The network in plain numbers: what the symbol behind a window costs, in bits. */
function reference(weights: Float32Array, { symbols, hidden }: StaticShape) {
  const next = reader(weights);
  const embedding = next(symbols, hidden);
  const gates = Array.from({ length: 4 }, () => ({
    upward: next(hidden, hidden),
    recurrent: next(hidden, hidden),
    bias: next(1, hidden)[0],
  }));
  const layers = [hidden, hidden, symbols].map((width) => ({ matrix: next(hidden, width), bias: next(1, width)[0] }));
  const times = (x: number[], matrix: number[][]): number[] =>
    matrix[0].map((_, column) => x.reduce((sum, value, row) => sum + value * matrix[row][column], 0));
  const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
  return (window: Uint8Array, symbol: number): number => {
    let state = new Array<number>(hidden).fill(0);
    let memory = state;
    for (const seen of window) {
      const [i, f, o, g] = gates.map(({ upward, recurrent, bias }, gate) => {
        const [below, before] = [times(embedding[seen], upward), times(state, recurrent)];
        return bias.map((b, unit) => (gate === 3 ? Math.tanh : sigmoid)(b + below[unit] + before[unit]));
      });
      memory = memory.map((c, unit) => f[unit] * c + i[unit] * g[unit]);
      state = memory.map((c, unit) => o[unit] * Math.tanh(c));
    }
    const logits = layers.reduce((x, { matrix, bias }, layer) => {
      const y = times(x, matrix).map((sum, column) => sum + bias[column]);
      return layer < 2 ? y.map((value) => Math.max(0, value)) : y;
    }, state);
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
    return Math.log2(total) - logits[symbol] / Math.LN2;
  };
}

/** One with biases, too: learning changes them. */
function learnt(): StaticNetwork {
  const network = new StaticNetwork(SHAPE);
  for (let i = 0; i < 3; i++) network.learn(TEXT, windowsOf(TEXT, SHAPE.length, 3));
  return network;
}

describe("the paper's static network", () => {
  test("predicts what its layers in plain numbers predict, from a whole window and from the beginning", () => {
    const network = learnt();
    const cost = reference(network.weights(), SHAPE);
    network.predict(TEXT, 0, 30, (place, shares) => {
      const expected = cost(TEXT.subarray(Math.max(0, place - SHAPE.length), place), TEXT[place]);
      expect(Math.log2(TOTAL / shares[TEXT[place]])).toBeCloseTo(expected, 3);
      expect(shares.reduce((sum, share) => sum + share)).toBe(TOTAL);
    });
  });

  test("costs what the symbols of its windows cost", () => {
    const network = learnt();
    const cost = reference(network.weights(), SHAPE);
    const starts = Uint32Array.of(0, 9, 50, 120, 200, 33, 7);
    let sum = 0;
    for (const start of starts) {
      for (let end = start + 1; end <= start + SHAPE.length; end++) sum += cost(TEXT.subarray(start, end), TEXT[end]);
    }
    expect(network.cost(TEXT, starts)).toBeCloseTo(sum / (starts.length * SHAPE.length), 4);
  });

  test("has the gradient that differences of its cost have", () => {
    const network = learnt();
    const starts = Uint32Array.of(3, 40, 77);
    const gradient = network.gradient(TEXT, starts);
    const weights = network.weights();
    const step = 0.01;
    // Some of every matrix, zeros between rows among them.
    for (let i = 5; i < weights.length; i += 89) {
      const moved = (by: number): number => {
        const own = weights.slice();
        if (own[i] === 0 && gradient[i] === 0) return 0;
        own[i] += by;
        return new StaticNetwork(SHAPE, own).cost(TEXT, starts);
      };
      expect(((moved(step) - moved(-step)) / (2 * step)) * Math.LN2).toBeCloseTo(gradient[i], 3);
    }
  });

  test("tells a decoder, which asks for one place at a time, the same", () => {
    const network = learnt();
    const together: number[][] = [];
    network.predict(TEXT, 0, 20, (_, shares) => together.push(Array.from(shares)));
    const alone = together.map((_, place) => {
      let found: number[] = [];
      // What comes later is not known to it.
      network.predict(TEXT.slice(0, place), place, 1, (_, shares) => (found = Array.from(shares)));
      return found;
    });
    expect(alone).toEqual(together);
  });

  test("learns, the same each time, and keeps what validates best", () => {
    const parts = split(TEXT, 50);
    expect([parts.training.length, parts.validation.length]).toEqual([225, 25]);
    const train = () => trainStatic(SHAPE, parts, { epochs: 8, stride: 2, onShare: () => undefined });
    const { weights, epochs } = train();
    expect(train().weights).toEqual(weights);
    const checks = windowsOf(parts.validation, SHAPE.length, SHAPE.length);
    const best = Math.min(...epochs.map(({ validation }) => validation));
    expect(new StaticNetwork(SHAPE, weights).cost(parts.validation, checks)).toBe(best);
    expect(best).toBeLessThan(3);
    const row = measureStatic(new StaticNetwork(SHAPE, weights), "text", TEXT, () => undefined);
    expect(8 * (row.direct ?? Infinity)).toBeLessThan(3.3 * TEXT.length);
  });

  test("refuses a text that is too short, and weights of another network", () => {
    const short = { training: TEXT.subarray(0, 5), validation: TEXT };
    const train = () => trainStatic(SHAPE, short, { epochs: 1, stride: 1, onShare: () => undefined });
    expect(train).toThrow(/more than 5 symbols/);
    expect(() => new StaticNetwork(SHAPE, new Float32Array(7))).toThrow(/weights: expected \d+ numbers, got 7/);
    const weights = new StaticNetwork(SHAPE).weights();
    weights[3] = NaN;
    expect(() => new StaticNetwork(SHAPE, weights)).toThrow(/weights\[3\]/);
  });

  test("is kept in a file, and no other file is taken for one", async () => {
    await withFiles({}, (folder) => {
      const file = join(folder, "kept");
      expect(readNetwork(file, SHAPE)).toBeUndefined();
      const weights = learnt().weights();
      const training = { shape: SHAPE, learnt: 225, validated: 25, stride: 3, epochs: [], seconds: 1 };
      keepNetwork(file, { training, weights });
      expect(readNetwork(file, SHAPE)).toEqual({ training, weights });
      expect(() => readNetwork(file, { ...SHAPE, hidden: 32 })).toThrow(UsageError);
      for (const other of ["", "{}", "no", '{"format":1,"weights":"AAAA"}']) {
        writeFileSync(file, other);
        expect(() => readNetwork(file, SHAPE)).toThrow(UsageError);
      }
    });
  });
});

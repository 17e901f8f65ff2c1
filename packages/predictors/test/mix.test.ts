import { describe, expect, test } from "@jest/globals";
import { MIX_MODELS, createMixPredictor, type MixModel, type MixPredictorOptions } from "../src/index.ts";
import { loadMixPredictor } from "../src/mix-entry.ts";
import { machineCode, prose, records } from "./support/contents.ts";
import { DESCRIPTIONS } from "./support/kernel.ts";
import { someWeights } from "./support/network-weights.ts";

const TOTAL = 2 ** 22;

function predict(predictor: ReturnType<typeof createMixPredictor>): Uint32Array {
  const probabilities = new Uint32Array(256);
  predictor.predict(probabilities);
  return probabilities;
}

/** Bits that an ideal coder takes for the bytes under a predictor. */
function codeLength(options: MixPredictorOptions, bytes: Uint8Array): number {
  const predictor = createMixPredictor({ ...options, capacity: bytes.length });
  let bits = 0;
  for (const byte of bytes) {
    bits -= Math.log2(predict(predictor)[byte] / TOTAL);
    predictor.update(byte);
  }
  return bits;
}

/** Bits that the bytes take under the frequencies, counted beforehand, of each byte behind the two before. */
function order2Entropy(bytes: Uint8Array): number {
  const count = (keys: Map<number, number>, key: number) => keys.set(key, (keys.get(key) ?? 0) + 1);
  const pairs = new Map<number, number>();
  const triples = new Map<number, number>();
  for (let i = 2; i < bytes.length; i++) {
    const pair = bytes[i - 2] * 256 + bytes[i - 1];
    count(pairs, pair);
    count(triples, pair * 256 + bytes[i]);
  }
  let bits = 0;
  for (const [triple, n] of triples) bits -= n * Math.log2(n / pairs.get(triple >> 8)!);
  return bits;
}

describe.each(MIX_MODELS)("the predictor %s", (model) => {
  const bytes = new Uint8Array([...prose(80), ...records(70)]);

  test("alone and beside another that predicts twice or never, gives the same whole probabilities", () => {
    const [always, twice, seldom] = [1, 2, 3].map(() => createMixPredictor({ model, capacity: bytes.length }));
    bytes.forEach((byte, at) => {
      const probabilities = predict(always);
      expect(probabilities.reduce((sum, p) => sum + p)).toBe(TOTAL);
      expect(Math.min(...probabilities)).toBeGreaterThanOrEqual(1);
      predict(twice);
      expect(predict(twice)).toEqual(probabilities);
      if (at % 50 === 49) expect(predict(seldom)).toEqual(probabilities);
      for (const predictor of [always, twice, seldom]) predictor.update(byte);
    });
  });

  test("finds the place of a symbol and the likeliest ones as the probabilities of all have them, and changes nothing", () => {
    const predictor = createMixPredictor({ model, capacity: bytes.length });
    const [likeliest, theirs] = [new Uint8Array(6), new Uint32Array(6)];
    bytes.forEach((byte, at) => {
      if (at % 20 < 4) {
        // What comes, and what hardly ever does.
        for (const symbol of [byte, (byte * 91 + at) & 255]) {
          const { probability, rank } = predictor.place(symbol, likeliest, theirs);
          const all = predict(predictor);
          const sorted = Array.from(all, (_, s) => s).sort((a, b) => all[b] - all[a] || a - b);
          expect([probability, rank]).toEqual([all[symbol], sorted.indexOf(symbol)]);
          expect([...likeliest]).toEqual(sorted.slice(0, 6));
          expect([...theirs]).toEqual(sorted.slice(0, 6).map((s) => all[s]));
        }
      }
      predictor.update(byte);
    });
  });

  test("starts from even odds and learns a byte that always comes", () => {
    const predictor = createMixPredictor({ model, capacity: 100 });
    expect(predict(predictor)[65] / TOTAL).toBeLessThan(0.01);
    for (let i = 0; i < 100; i++) predictor.update(65);
    expect(predict(predictor)[65] / TOTAL).toBeGreaterThan(0.97);
  });

  test("predicts the same whatever its capacity, as long as its tables are of one size", () => {
    const predictors = [0, 64, 128, 192].map((more) =>
      createMixPredictor({ model, capacity: bytes.length + more, tableBits: 10 }),
    );
    for (const byte of bytes) for (const predictor of predictors) predictor.update(byte);
    const [first, ...others] = predictors.map(predict);
    for (const other of others) expect(other).toEqual(first);
  });

  test("learns as many bytes as its capacity and no more", () => {
    const predictor = createMixPredictor({ model, capacity: 3 });
    for (const byte of [0, 255, 7]) predictor.update(byte);
    expect(() => predictor.update(1)).toThrow(new RangeError("update: expected at most 3 symbols, the capacity"));
  });
});

test.each([
  ["text-fast", prose(14_000)],
  ["text", prose(14_000)],
  ["binary", records(12_000)],
] as const)("%s codes better than order-2 statistics that are known beforehand", (model, bytes) => {
  expect(codeLength({ model }, bytes)).toBeLessThan(order2Entropy(bytes));
});

test.each([
  ["text", prose(3000)],
  ["binary", machineCode(3000)],
] as const)("the slower a model for %s, the better it codes", (kind, bytes) => {
  const [fast, usual, strong] = ([`${kind}-fast`, kind, `${kind}-strong`] as const).map((model) =>
    codeLength({ model }, bytes),
  );
  expect(usual).toBeLessThan(fast);
  expect(strong).toBeLessThan(usual);
});

test("smaller tables change the probabilities, and no less holds for them", () => {
  const bytes = prose(400);
  const [small, large] = [10, 18].map((tableBits) => createMixPredictor({ tableBits, capacity: bytes.length }));
  for (const byte of bytes) {
    small.update(byte);
    large.update(byte);
  }
  expect(predict(small).reduce((sum, p) => sum + p)).toBe(TOTAL);
  expect(predict(small)).not.toEqual(predict(large));
});

test("probabilities go to the array's first 256 entries", () => {
  const room = new Uint32Array(300).fill(9);
  createMixPredictor().predict(room);
  expect(room.slice(0, 256).reduce((sum, p) => sum + p)).toBe(TOTAL);
  expect(room.slice(256)).toEqual(new Uint32Array(44).fill(9));
});

test("a network that starts from other weights predicts something else, and learns from there", () => {
  const probabilities = (network?: Uint8Array): Uint32Array[] => {
    const predictor = createMixPredictor({ model: "text-max", capacity: 100, network });
    return Array.from(prose(7), (byte) => {
      predictor.update(byte);
      return predict(predictor);
    });
  };
  const weights = someWeights(DESCRIPTIONS["text-max"]);
  const trained = probabilities(weights);
  expect(trained).toEqual(probabilities(weights));
  for (const [i, untrained] of probabilities().entries()) expect(trained[i]).not.toEqual(untrained);
});

describe("misuse is a RangeError that shows both sides", () => {
  test.each([
    [{ model: "poem" }, /^model: expected one of text-fast, .*code-max, got poem$/],
    [{ capacity: 0 }, "capacity: expected an integer from 1 to 268435456, got 0"],
    [{ capacity: 1.5 }, "capacity: expected an integer from 1 to 268435456, got 1.5"],
    [{ capacity: 2 ** 28 + 1 }, "capacity: expected an integer from 1 to 268435456, got 268435457"],
    [{ tableBits: 9 }, "tableBits: expected an integer from 10 to 24, got 9"],
    [{ tableBits: 25 }, "tableBits: expected an integer from 10 to 24, got 25"],
    [{ network: new Uint8Array(9) }, "network: expected 0 bytes of weights, got 9"],
    [{ model: "text-max", network: new Uint8Array(9) }, "network: expected 175056 bytes of weights, got 9"],
  ])("of options %j", (options, message) => {
    const create = () => createMixPredictor(options as MixPredictorOptions);
    expect(create).toThrow(RangeError);
    expect(create).toThrow(message);
  });

  test("of symbols and of arrays that are too short", () => {
    const predictor = createMixPredictor({ capacity: 10 });
    for (const symbol of [-1, 256, 0.5, NaN]) {
      expect(() => predictor.update(symbol)).toThrow(
        new RangeError(`symbol: expected an integer from 0 to 255, got ${symbol}`),
      );
    }
    expect(() => predictor.predict(new Uint32Array(255))).toThrow(
      new RangeError("probabilities: expected a length of at least 256, got 255"),
    );
    const place = (symbol: number, length: number, room: number) => () =>
      predictor.place(symbol, new Uint8Array(length), new Uint32Array(room));
    expect(place(256, 6, 6)).toThrow(new RangeError("symbol: expected an integer from 0 to 255, got 256"));
    for (const length of [0, 17]) {
      expect(place(0, length, 17)).toThrow(
        new RangeError(`length of likeliest: expected an integer from 1 to 16, got ${length}`),
      );
    }
    expect(place(0, 6, 5)).toThrow(new RangeError("probabilities: expected a length of at least 6, got 5"));
  });
});

describe("loaded one by one", () => {
  test("each model is the one that comes with all", async () => {
    const bytes = prose(40);
    for (const model of MIX_MODELS) {
      const create = await loadMixPredictor(model);
      const loaded = create({ capacity: bytes.length });
      const carried = createMixPredictor({ model, capacity: bytes.length });
      for (const byte of bytes) {
        loaded.update(byte);
        carried.update(byte);
      }
      expect([model, ...predict(loaded)]).toEqual([model, ...predict(carried)]);
    }
  });

  test("an unknown model and options out of range are refused", async () => {
    await expect(loadMixPredictor("none" as MixModel)).rejects.toThrow("model: expected one of text-fast, ");
    const create = await loadMixPredictor("text");
    expect(() => create({ capacity: 0 })).toThrow("capacity");
  });
});

import { PithError } from "@pith/core";
import { describe, expect, test } from "@jest/globals";

import { SafetensorsAnalyzer, type SafetensorsAnalysis } from "../src/safetensors/analyzer.ts";
import { bytesOf, concatenate, fileOf, gaussian, noise, withHeader, type SampleTensor } from "./safetensors-sample.ts";

function analyse(file: Uint8Array, piece = file.length, knowsLength = true): SafetensorsAnalysis {
  const analyzer = new SafetensorsAnalyzer(knowsLength ? file.length : undefined);
  for (let i = 0; i < file.length; i += piece) analyzer.push(file.subarray(i, i + piece));
  return analyzer.finish();
}

const random = noise(1);
const normal = Float32Array.from({ length: 60 * 200 }, () => 0.05 * gaussian(random));

/** A tensor of F32 values. */
function floats(name: string, values: Float32Array, shape: readonly number[] = [values.length]): SampleTensor {
  return { name, type: "F32", shape, data: bytesOf(values) };
}

describe("a tensor of weights", () => {
  const { tensors, orderZero, fileLength, headerLength, headerOrderZero } = analyse(
    fileOf([floats("w", normal, [60, 200])], { format: "pt" }),
  );
  const [tensor] = tensors;
  const [sign, exponent, ...mantissa] = tensor.fields;

  test("is described", () => {
    expect(tensor).toMatchObject({ name: "w", type: "F32", shape: [60, 200], length: 48_000, values: 12_000 });
    expect(tensor.offset).toBe(headerLength);
    expect(tensor.fields.map(({ name, bits }) => [name, bits])).toEqual([
      ["sign", 1],
      ["exponent", 8],
      ["mantissa 1–8", 8],
      ["mantissa 9–16", 8],
      ["mantissa 17–23", 7],
    ]);
  });

  test("has a sign and lower bits of the mantissa by chance, and an exponent that is not", () => {
    expect(sign.entropies[0]).toMatchObject({ given: "nothing", bits: expect.closeTo(1, 2) });
    expect(exponent.entropies.map(({ given }) => given)).toEqual([
      "nothing",
      "the exponent before",
      "the mean of those before",
      "the exponent above",
      "the mean of its column",
    ]);
    for (const { bits } of exponent.entropies) expect(bits).toBeLessThan(3);
    expect(mantissa[1].entropies[0].bits).toBeGreaterThan(7.95);
    expect(mantissa[1].model).toBe("stored");
  });

  test("costs what its fields cost, which no field entropy by itself is above", () => {
    const sum = tensor.fields.reduce((bits, { codeLength }) => bits + codeLength, 0);
    // And a byte for each choice of a model, and one for the tensor.
    expect(tensor.orderZero).toBeCloseTo((12_000 * sum) / 8 + 5 + 1, 3);
    expect(exponent.codeLength).toBeLessThan(exponent.entropies[0].bits + 0.05);
    expect(orderZero).toBe(Math.ceil(tensor.orderZero + headerOrderZero));
    expect(orderZero).toBeLessThan(0.85 * fileLength);
  });
});

test("an exponent that follows the scale of its row is coded by that", () => {
  const rows = Float32Array.from(normal, (value, i) => value * 2 ** (8 * Math.sin(Math.floor(i / 200))));
  const [tensor] = analyse(fileOf([floats("w", rows, [60, 200])])).tensors;
  expect(tensor.fields[1]).toMatchObject({ name: "exponent", model: "given the mean of those before" });
  const columns = Float32Array.from(normal, (value, i) => value * 2 ** (8 * Math.sin(i % 200)));
  const [other] = analyse(fileOf([floats("w", columns, [60, 200])])).tensors;
  expect(other.fields[1].model).toBe("given the mean of its column");
});

test.each<[string, SampleTensor, string, number]>([
  [
    "few distinct floats",
    floats(
      "w",
      Float32Array.from(normal, (v) => Math.round(40 * v) / 3),
    ),
    "list of",
    0.12,
  ],
  [
    "chance",
    { name: "w", type: "U8", shape: [5_000], data: Uint8Array.from({ length: 5_000 }, () => 256 * random()) },
    "stored",
    1,
  ],
  ["a single value", floats("w", new Float32Array([1.5])), "stored", 1],
  ["zeros", floats("w", new Float32Array(10_000)), "list of 1 values", 0.001],
  [
    "a counter",
    {
      name: "w",
      type: "I64",
      shape: [4_000],
      data: bytesOf(BigInt64Array.from({ length: 4_000 }, (_, i) => BigInt(i >> 2))),
    },
    "fields",
    0.2,
  ],
])("%s: the model is chosen that needs least", (_name, tensor, model, share) => {
  const [found] = analyse(fileOf([tensor])).tensors;
  expect(found.model).toMatch(new RegExp(`^${model}`));
  // Never more than the values and one byte that says so.
  expect(found.orderZero).toBeLessThanOrEqual(share * tensor.data.length + 1);
});

test("floats of two bytes may be coded whole", () => {
  const scales = [1.25, 1.75, 3.5, -0.5, 7, -1.125];
  const data = bytesOf(
    Uint16Array.from({ length: 9_000 }, () => {
      const value = new Float32Array([scales[Math.floor(6 * random())]]);
      return new Uint32Array(value.buffer)[0] >>> 16;
    }),
  );
  const [tensor] = analyse(fileOf([{ name: "w", type: "BF16", shape: [9_000], data }])).tensors;
  expect(tensor.model).toBe("whole values");
  expect((8 * tensor.orderZero) / 9_000).toBeLessThan(Math.log2(6) + 0.1);
});

test("a tensor that is there already costs no more than to say so", () => {
  const { tensors } = analyse(fileOf([floats("a", normal), floats("b", normal.slice(1)), floats("c", normal)]));
  expect(tensors.map(({ model }) => model)).toEqual(["fields", "fields", "copy of a"]);
  expect(tensors[2].orderZero).toBe(4);
});

test("empty tensors and an empty file are no trouble", () => {
  const empty = { name: "none", type: "F32", shape: [0, 3], data: new Uint8Array(0) };
  const found = analyse(fileOf([empty, floats("w", normal), { ...empty, name: "also none" }]));
  expect(found.tensors.map(({ name, values, orderZero }) => [name, values, orderZero > 0])).toEqual([
    ["none", 0, false],
    ["w", 12_000, true],
    ["also none", 0, false],
  ]);
  expect(analyse(fileOf([])).tensors).toEqual([]);
});

describe("in pieces", () => {
  const file = fileOf([
    floats("w", normal.subarray(0, 600), [30, 20]),
    { name: "i", type: "I16", shape: [301], data: bytesOf(Int16Array.from({ length: 301 }, (_, i) => i * i)) },
    { name: "b", type: "BF16", shape: [77], data: bytesOf(Uint16Array.from({ length: 77 }, () => 65_535 * random())) },
  ]);
  const whole = analyse(file);

  test.each([1, 3, 7, 8, 9, 1000])("of %i bytes the result is the same", (piece) => {
    expect(analyse(file, piece)).toEqual(whole);
    expect(analyse(file, piece, false)).toEqual(whole);
  });

  test("the header is known as soon as it has come", () => {
    const analyzer = new SafetensorsAnalyzer();
    analyzer.push(file.subarray(0, whole.headerLength - 1));
    expect(analyzer.header).toBeUndefined();
    analyzer.push(file.subarray(whole.headerLength - 1, whole.headerLength));
    expect(analyzer.header?.tensors.map(({ name }) => name)).toEqual(["w", "i", "b"]);
  });

  test("every truncation is an error that says where", () => {
    for (let length = 0; length < file.length; length += length < 300 ? 1 : 401) {
      let error: unknown;
      try {
        analyse(file.subarray(0, length), 50, false);
      } catch (caught) {
        error = caught;
      }
      expect(error).toBeInstanceOf(PithError);
      expect(error).toMatchObject({ code: "truncated", offset: length });
    }
  });

  test("data beyond the last tensor is an error", () => {
    const long = concatenate([file, new Uint8Array(3)]);
    expect(() => analyse(long, 10, false)).toThrow(
      expect.objectContaining({ code: "trailing-data", offset: file.length }),
    );
  });

  test("a length that nothing follows takes no memory", () => {
    const start = withHeader("{}");
    new DataView(start.buffer).setBigUint64(0, 100_000_000n, true);
    expect(() => analyse(start, 10, false)).toThrow(expect.objectContaining({ code: "truncated", offset: 10 }));
  });
});

test("whatever bits are flipped in a header, it is an error or a file of the same length", () => {
  const file = fileOf([
    floats("w", normal.subarray(0, 20), [4, 5]),
    { name: "i", type: "I8", shape: [6], data: new Uint8Array(6) },
  ]);
  const headerEnd = file.length - 86;
  let errors = 0;
  for (let bit = 0; bit < 8 * headerEnd; bit++) {
    const damaged = file.slice();
    damaged[bit >> 3] ^= 1 << (bit & 7);
    try {
      expect(analyse(damaged, 64, bit % 2 === 0).fileLength).toBe(file.length);
    } catch (error) {
      if (!(error instanceof PithError)) throw error;
      errors++;
    }
  }
  expect(errors).toBeGreaterThan(0.8 * 8 * headerEnd);
});

test("random bytes are an error", () => {
  for (let round = 0; round < 300; round++) {
    const length = 8 + Math.floor(60 * random());
    const file = Uint8Array.from({ length }, () => 256 * random());
    // Half of them with a length that could be.
    if (round % 2 === 0) new DataView(file.buffer).setBigUint64(0, BigInt(length - 8), true);
    expect(() => analyse(file, 16, round % 3 === 0)).toThrow(PithError);
  }
});

import { describe, expect, test } from "@jest/globals";

import { adaptiveAlphabetBits, adaptiveBits, addTreeBits, entropyBits } from "../src/safetensors/code-length.ts";
import { FieldCounter, type CountedPart } from "../src/safetensors/field-counter.ts";
import { TENSOR_TYPE_NAMES, tensorType, type TensorType } from "@pith/tensors";
import { bytesOf, gaussian, noise } from "./safetensors-sample.ts";

/** What coding symbols one after the other costs, each under the counts so far, from a half each. */
function sequentialBits(symbols: readonly number[], alphabet: number): number {
  const counts = new Float64Array(alphabet).fill(0.5);
  let bits = 0;
  for (const [i, symbol] of symbols.entries()) bits -= Math.log2(counts[symbol]++ / (i + alphabet / 2));
  return bits;
}

describe("code lengths are those of coding one after the other", () => {
  const random = noise(3);

  test.each([0, 1, 2, 100, 5_000, 20_000])("bits, %i of them", (length) => {
    const bits = Array.from({ length }, () => (random() < 0.2 ? 1 : 0));
    const ones = bits.filter((bit) => bit === 1).length;
    expect(adaptiveBits(length - ones, ones)).toBeCloseTo(sequentialBits(bits, 2), 6);
  });

  test.each([1, 2, 3, 7, 256, 4_097])("symbols of a listed alphabet of %i", (alphabet) => {
    const symbols = [
      ...Array.from({ length: alphabet }, (_, i) => i),
      ...Array.from({ length: 6_000 }, () => Math.floor(alphabet * random() ** 2)),
    ];
    const counts = new Uint32Array(alphabet);
    for (const symbol of symbols) counts[symbol]++;
    expect(adaptiveAlphabetBits(counts)).toBeCloseTo(sequentialBits(symbols, alphabet), 5);
  });

  test("symbols as trees of bits, by how many bits are coded", () => {
    const symbols = Array.from({ length: 3_000 }, () => Math.floor(8 * random() ** 2));
    const counts = new Uint32Array(11); // three before, which are not to be looked at
    for (const symbol of symbols) counts[3 + symbol]++;
    const costs = new Float64Array(4).fill(1);
    addTreeBits(counts, 3, 3, costs);
    const nodes = new Map<number, number[]>();
    const expected = [1, 1, 1, 1];
    for (const symbol of symbols) {
      for (let depth = 0; depth < 3; depth++) {
        const node = (1 << depth) | (symbol >> (3 - depth));
        nodes.set(node, [...(nodes.get(node) ?? []), (symbol >> (2 - depth)) & 1]);
      }
    }
    for (const [node, bits] of nodes) {
      for (let upper = 32 - Math.clz32(node); upper <= 3; upper++) expected[upper] += sequentialBits(bits, 2);
    }
    for (const [upper, cost] of costs.entries()) expect(cost).toBeCloseTo(expected[upper], 6);
  });
});

test("entropy is that of the shares", () => {
  expect(entropyBits([9, 1, 1, 1, 1, 9], 1, 4)).toBe(8);
  expect(entropyBits([5, 0, 0], 0, 3)).toBe(0);
  expect(entropyBits([], 0, 0)).toBe(0);
});

/** Reads a value as a whole number. */
function valueAt(view: DataView, index: number, bytes: number): bigint {
  if (bytes === 1) return BigInt(view.getUint8(index));
  if (bytes === 2) return BigInt(view.getUint16(2 * index, true));
  return bytes === 4 ? BigInt(view.getUint32(4 * index, true)) : view.getBigUint64(8 * index, true);
}

/** The plain version of the kernel: counts by table, context and symbol, as `table:context:symbol`. */
function countPlainly(type: TensorType, row: number, data: Uint8Array): Map<string, number> {
  const { unitBytes, exponentBits, mantissaBits } = type;
  const counts = new Map<string, number>();
  const bump = (table: number, context: number | bigint, symbol: number | bigint): void => {
    const key = `${table}:${context}:${symbol}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const scales: number[] = [];
  const columnMeans: number[] = [];
  let mean = 0;
  const follow = (before: number, scale: number): number => before + ((scale * 64 - before) >> 3);
  let previous = 0n;
  for (let i = 0; i < data.length / unitBytes; i++) {
    const value = valueAt(view, i, unitBytes);
    if (exponentBits === 0) {
      const above = row > 0 && i >= row ? valueAt(view, i - row, unitBytes) : 0n;
      for (let byte = 0; byte < unitBytes; byte++) {
        const shift = 8n * BigInt(unitBytes - 1 - byte);
        const symbol = (value >> shift) & 255n;
        bump(3 * byte, byte === 0 ? 0n : (value >> (shift + 8n)) & 255n, symbol);
        bump(3 * byte + 1, (previous >> shift) & 255n, symbol);
        if (row > 0) bump(3 * byte + 2, (above >> shift) & 255n, symbol);
      }
    } else {
      const sign = value >> BigInt(exponentBits + mantissaBits);
      const exponent = Number((value >> BigInt(mantissaBits)) & ((1n << BigInt(exponentBits)) - 1n));
      const scale = exponentBits > 8 ? Math.max(0, Math.min(255, exponent - 1023 + 128)) : exponent;
      bump(0, scale, sign);
      bump(1, i === 0 ? 0n : previous >> BigInt(exponentBits + mantissaBits), sign);
      bump(2, i === 0 ? 0 : scales[i - 1], exponent);
      bump(4, mean >> 6, exponent);
      if (row > 0) {
        const column = i % row;
        bump(3, i < row ? 0 : scales[i - row], exponent);
        bump(5, i < row ? 0 : columnMeans[column] >> 6, exponent);
        columnMeans[column] = i < row ? scale * 64 : follow(columnMeans[column], scale);
      }
      const mantissa = (value & ((1n << BigInt(mantissaBits)) - 1n)).toString(2).padStart(mantissaBits, "0");
      let context = scale;
      let table = 6;
      for (let start = 0; start < mantissaBits; start += 8) {
        const symbol = parseInt(mantissa.slice(start, start + 8), 2);
        bump(table++, context, symbol);
        context = symbol;
      }
      if (unitBytes <= 2) bump(table, value >> 8n, value & 255n);
      mean = i === 0 ? scale * 64 : follow(mean, scale);
      scales.push(scale);
    }
    previous = value;
  }
  return counts;
}

/** The kernel's counts in the same form. */
function countsOf({ tables }: CountedPart): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [table, { bits, counts: all, contexts }] of tables.entries()) {
    for (const context of contexts) {
      for (let symbol = 0; symbol < 1 << bits; symbol++) {
        const count = all[(context << bits) + symbol];
        if (count > 0) counts.set(`${table}:${context}:${symbol}`, count);
      }
    }
  }
  return counts;
}

/** Data whose every byte pattern can come, and some of it in runs. */
function dataFor(type: TensorType, values: number, seed: number): Uint8Array {
  const random = noise(seed);
  const data = new Uint8Array(values * type.unitBytes);
  for (let i = 0; i < data.length; i++) data[i] = i % 97 < 60 ? Math.floor(256 * random()) : data[Math.max(0, i - 24)];
  if (type.name === "F32")
    bytesOf(Float32Array.from({ length: values }, () => 0.02 * gaussian(random))).forEach(
      (byte, i) => (data[i] = byte),
    );
  return data;
}

describe("the kernel counts what the plain version counts", () => {
  // One counter for all: nothing of a tensor may be left when the next comes.
  const counter = new FieldCounter();

  test.each(TENSOR_TYPE_NAMES)("%s", (name) => {
    const type = tensorType(name)!;
    const unitsPerValue = type.bits / (8 * type.unitBytes);
    for (const [shape, row] of [
      [[1_000], 0],
      [[25, 40], 40 * unitsPerValue],
      // Dimensions are taken together until they make a row of sixteen or more.
      [[10, 10, 2, 5], (name === "C64" ? 10 : 100) * unitsPerValue],
    ] as const) {
      const data = dataFor(type, 1_000 * unitsPerValue, shape.length);
      counter.start(type, shape, data.length);
      for (let i = 0; i < data.length; i += 331) counter.push(data.subarray(i, i + 331));
      const expected = countPlainly(type, row, data);
      counter.takePart((part) => {
        expect(part.values).toBe(data.length / type.unitBytes);
        expect(countsOf(part)).toEqual(expected);
      });
    }
  });

  test("more than the kernel takes at once", () => {
    const type = tensorType("F32")!;
    const data = dataFor(type, 40_000, 9);
    counter.start(type, [200, 200], data.length);
    expect(counter.push(data)).toBe(data.length);
    counter.takePart((part) => expect(countsOf(part)).toEqual(countPlainly(type, 200, data)));
  });
});

test("distinct values are listed while they are few", () => {
  const counter = new FieldCounter();
  const type = tensorType("I32")!;
  const few = bytesOf(Int32Array.from({ length: 5_000 }, (_, i) => (i * i) % 7));
  counter.start(type, [5_000], few.length);
  counter.push(few);
  counter.takePart(({ distinct }) => expect([...distinct!].sort((a, b) => a - b)).toEqual([715, 1428, 1428, 1429]));
  const many = bytesOf(Int32Array.from({ length: 65_537 }, (_, i) => 3 * i));
  counter.start(type, [65_537], many.length);
  counter.push(many);
  counter.takePart(({ distinct }) => expect(distinct).toBeUndefined());
  const most = many.subarray(4);
  counter.start(type, [65_536], most.length);
  counter.push(most);
  counter.takePart(({ distinct }) => expect(distinct).toHaveLength(65_536));
});

test("a tensor longer than the counts can hold is counted in parts", () => {
  const counter = new FieldCounter(300);
  const type = tensorType("BF16")!;
  const data = dataFor(type, 1_000, 4);
  counter.start(type, [50, 20], data.length);
  const parts: Map<string, number>[] = [];
  for (let done = 0; done < data.length;) {
    done += counter.push(data.subarray(done));
    if (counter.isFull || done === data.length) parts.push(counter.takePart(countsOf));
  }
  expect(parts).toEqual(
    [0, 300, 600, 900].map((start) => countPlainly(type, 20, data.slice(2 * start, 2 * start + 600))),
  );
});

test("the same bytes have the same fingerprint, others another", () => {
  const counter = new FieldCounter();
  const type = tensorType("F16")!;
  const fingerprint = (data: Uint8Array): bigint => {
    counter.start(type, [data.length / 2], data.length);
    counter.push(data);
    return counter.takePart((part) => part.fingerprint);
  };
  const data = dataFor(type, 500, 5);
  const changed = data.slice();
  changed[400] ^= 1;
  expect(fingerprint(data)).toBe(fingerprint(data));
  expect(fingerprint(changed)).not.toBe(fingerprint(data));
});

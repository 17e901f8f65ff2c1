import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import fc from "fast-check";
import {
  canonicalCodes,
  decodeHuffman,
  encodeHuffman,
  entropyOfCounts,
  huffmanLengths,
  type Symbols,
} from "../src/index.ts";
import { decodeLengths, encodeLengths } from "../src/huffman/header.ts";
import { referenceCodeCost, unlimitedCodeCost } from "./support/reference.ts";
import { firstDifference } from "./support/same-bytes.ts";
import { sources } from "./support/sources.ts";

function countsOf(symbols: Symbols, alphabetSize: number): number[] {
  const counts = new Array<number>(alphabetSize).fill(0);
  for (const symbol of symbols) counts[symbol]++;
  return counts;
}

function codeCost(counts: readonly number[], lengths: Uint8Array): number {
  return counts.reduce((bits, count, symbol) => bits + count * lengths[symbol], 0);
}

function kraftSum(lengths: Uint8Array): number {
  return lengths.reduce((sum, length) => (length > 0 ? sum + 2 ** -length : sum), 0);
}

/** Counts 1, 1, 2, 3, 5, … for which a code without a limit gets as deep as can be. */
function fibonacci(size: number): number[] {
  const counts = [1, 1];
  while (counts.length < size) counts.push(counts.at(-1)! + counts.at(-2)!);
  return counts;
}

/** The length of the header with its own length before it. */
function headerEnd(bytes: Uint8Array): number {
  return bytes[0] < 128 ? 1 + bytes[0] : 2 + (bytes[0] & 127) + 128 * bytes[1];
}

/** Decodes bit by bit, with a dictionary of codes as text. */
function slowDecode(payload: Uint8Array, count: number, lengths: Uint8Array): number[] {
  const codes = canonicalCodes(lengths);
  const byText = new Map<string, number>();
  lengths.forEach((length, symbol) => {
    if (length > 0) byText.set(codes[symbol].toString(2).padStart(length, "0"), symbol);
  });
  const symbols: number[] = [];
  let text = "";
  for (let i = 0; symbols.length < count; i++) {
    text += String((payload[i >> 3] >> (7 - (i & 7))) & 1);
    const symbol = byText.get(text);
    if (symbol === undefined) continue;
    symbols.push(symbol);
    text = "";
  }
  return symbols;
}

function attempt(decode: () => Symbols): Symbols | PithError {
  try {
    return decode();
  } catch (error) {
    if (error instanceof PithError) return error;
    throw error;
  }
}

describe("code lengths", () => {
  test("are those of the best code within the limit, found by trying all", () => {
    const counts = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 2, maxLength: 7 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: 3 }), (counts, slack) => {
        const used = counts.filter((count) => count > 0).length;
        fc.pre(used >= 2);
        const limit = Math.ceil(Math.log2(used)) + slack;
        const lengths = huffmanLengths(counts, limit);
        expect(Math.max(...lengths)).toBeLessThanOrEqual(limit);
        expect(kraftSum(lengths)).toBe(1);
        expect(codeCost(counts, lengths)).toBe(referenceCodeCost(counts, limit));
      }),
      { seed: 51, numRuns: 300 },
    );
  });

  test("are Huffman's where the limit does not bind", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 300 }), (counts) => {
        fc.pre(counts.filter((count) => count > 0).length >= 2);
        expect(codeCost(counts, huffmanLengths(counts, 24))).toBe(unlimitedCodeCost(counts));
      }),
      { seed: 52, numRuns: 100 },
    );
  });

  test("stay within every limit where the best code without one is deep", () => {
    const counts = fibonacci(24);
    let previous = Infinity;
    for (let limit = 5; limit <= 24; limit++) {
      const lengths = huffmanLengths(counts, limit);
      expect(Math.max(...lengths)).toBe(Math.min(limit, 23));
      expect(kraftSum(lengths)).toBe(1);
      const cost = codeCost(counts, lengths);
      expect(cost).toBeLessThanOrEqual(previous);
      previous = cost;
    }
    expect(previous).toBe(unlimitedCodeCost(counts));
  });

  test("are 15 at most by default, or what the alphabet needs", () => {
    expect(Math.max(...huffmanLengths(fibonacci(30)))).toBe(15);
    expect(new Set(huffmanLengths(new Array<number>(65_536).fill(1)))).toEqual(new Set([16]));
  });

  test("are 0 for what does not come and 1 for a symbol alone", () => {
    expect(huffmanLengths([0, 0, 0])).toEqual(Uint8Array.of(0, 0, 0));
    expect(huffmanLengths([0, 9, 0])).toEqual(Uint8Array.of(0, 1, 0));
    expect(huffmanLengths([3, 0, 9])).toEqual(Uint8Array.of(1, 0, 1));
  });

  test("make canonical codes: numbers in the order of length, then of symbol", () => {
    expect([...canonicalCodes(Uint8Array.of(2, 1, 3, 0, 3))]).toEqual([0b10, 0b0, 0b110, 0, 0b111]);
  });

  test("refuse limits and counts out of range", () => {
    expect(() => huffmanLengths([1, 1, 1], 1)).toThrow(
      new RangeError("maximumLength: expected an integer from 2 to 24, got 1"),
    );
    expect(() => huffmanLengths([1, 1], 25)).toThrow(RangeError);
    expect(() => huffmanLengths([1, -1])).toThrow(
      new RangeError("counts[1]: expected an integer from 0 to 4294967295, got -1"),
    );
  });

  test("come back from their description, whatever they are", () => {
    const stretches = fc.array(fc.tuple(fc.integer({ min: 0, max: 24 }), fc.integer({ min: 1, max: 3000 })), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(stretches, (stretches) => {
        const lengths = Uint8Array.from(stretches.flatMap(([length, times]) => new Array<number>(times).fill(length)));
        const bytes = encodeLengths(lengths);
        expect(firstDifference(decodeLengths(bytes, lengths.length, 0), lengths)).toBeUndefined();
      }),
      { seed: 53, numRuns: 100 },
    );
  });

  test.each([
    ["two bytes of 256", 256, (s: number) => (s === 65 || s === 200 ? 1 : 0), 8],
    ["all of 256 alike", 256, () => 8, 16],
    ["all of 65,536 alike", 65_536, () => 16, 100],
    ["three of 65,536", 65_536, (s: number) => (s === 9 ? 1 : s === 40_000 || s === 65_535 ? 2 : 0), 12],
  ])("take few bytes to describe: %s", (_name, size, lengthOf, most) => {
    expect(encodeLengths(Uint8Array.from({ length: size }, (_, s) => lengthOf(s))).length).toBeLessThanOrEqual(most);
  });
});

describe("the Huffman coder", () => {
  test.each(sources())("gives back $name", ({ symbols, alphabetSize }) => {
    const back = decodeHuffman(encodeHuffman(symbols, alphabetSize), symbols.length, alphabetSize);
    expect(back.constructor).toBe(symbols.constructor);
    expect(firstDifference(back, symbols)).toBeUndefined();
  });

  const something = sources().filter(({ symbols }) => symbols.length > 0);
  test.each(something)("spends on $name the bits that the best code needs, and the code's description", (source) => {
    const { symbols, alphabetSize } = source;
    const bytes = encodeHuffman(symbols, alphabetSize);
    const counts = countsOf(symbols, alphabetSize);
    const best = unlimitedCodeCostFast(counts);
    const payload = 8 * (bytes.length - headerEnd(bytes));
    expect(payload).toBeLessThanOrEqual(1.001 * best + 128);
    expect(best).toBeLessThanOrEqual((entropyOfCounts(counts) + 1) * symbols.length);
  });

  test("codes a source of probabilities 1/2, 1/4, … within 0.1 % + 16 bytes of its entropy, description included", () => {
    const symbols = Uint8Array.from({ length: 2 ** 16 }, (_, i) => Math.min(15, Math.clz32(i) - 16));
    const ideal = entropyOfCounts(countsOf(symbols, 256)) * symbols.length;
    expect(8 * encodeHuffman(symbols, 256).length).toBeLessThanOrEqual(1.001 * ideal + 128);
  });

  test("codes uniform bytes within 0.1 % + 16 bytes of their entropy, description included", () => {
    const symbols = Uint8Array.from({ length: 40_960 }, (_, i) => (i * 7) & 255);
    expect(8 * encodeHuffman(symbols, 256).length).toBeLessThanOrEqual(1.001 * 8 * symbols.length + 128);
  });

  test("decodes as a decoder does that goes bit by bit, for every longest code", () => {
    const counts = fibonacci(23).map((count) => Math.min(count, 300));
    const symbols = Uint8Array.from(counts.flatMap((count, symbol) => new Array<number>(count).fill(symbol)));
    for (let limit = 5; limit <= 24; limit++) {
      const bytes = encodeHuffman(symbols, 23, { maximumLength: limit });
      const expected = slowDecode(bytes.subarray(headerEnd(bytes)), symbols.length, huffmanLengths(counts, limit));
      expect(expected).toEqual([...symbols]);
      expect(decodeHuffman(bytes, symbols.length, 23)).toEqual(symbols);
    }
  });

  test("decodes codes of 24 bits", () => {
    const counts = fibonacci(26);
    const lengths = huffmanLengths(counts, 24);
    expect(Math.max(...lengths)).toBe(24);
    // Its own counts would be too many symbols; so the description and the codes are put together here.
    const header = encodeLengths(lengths);
    const codes = canonicalCodes(lengths);
    const symbols = Uint8Array.from({ length: 260 }, (_, i) => (i * 7) % 26);
    const text = [...symbols].map((s) => codes[s].toString(2).padStart(lengths[s], "0")).join("");
    const payload = text.match(/.{1,8}/g)!.map((bits) => parseInt(bits.padEnd(8, "0"), 2));
    const bytes = Uint8Array.from([header.length, ...header, ...payload]);
    expect(decodeHuffman(bytes, symbols.length, 26)).toEqual(symbols);
  });

  test("gives back any symbols", () => {
    const anything = fc
      .tuple(fc.integer({ min: 2, max: 65_536 }), fc.array(fc.nat(), { maxLength: 300 }), fc.boolean())
      .map(([size, draws, few]) => ({
        size,
        symbols: (size <= 256 ? Uint8Array : Uint16Array).from(draws.map((d) => (few ? d % 5 : d) % size)),
      }));
    fc.assert(
      fc.property(anything, ({ size, symbols }) => {
        expect(decodeHuffman(encodeHuffman(symbols, size), symbols.length, size)).toEqual(symbols);
      }),
      { seed: 54, numRuns: 150 },
    );
  });

  test("takes no bytes for no symbols, and a few for any number of one symbol", () => {
    expect(encodeHuffman(new Uint8Array(0), 256)).toEqual(new Uint8Array(0));
    expect(decodeHuffman(new Uint8Array(0), 0, 256)).toEqual(new Uint8Array(0));
    const many = new Uint8Array(100_000).fill(31);
    const bytes = encodeHuffman(many, 256);
    expect(bytes.length).toBeLessThanOrEqual(8);
    expect(firstDifference(decodeHuffman(bytes, many.length, 256), many)).toBeUndefined();
  });
});

/** As `unlimitedCodeCost`, by two queues, for large alphabets. */
function unlimitedCodeCostFast(counts: readonly number[]): number {
  const leaves = counts.filter((count) => count > 0).sort((a, b) => a - b);
  const nodes: number[] = [];
  let leaf = 0;
  let node = 0;
  const smallest = () =>
    node === nodes.length || (leaf < leaves.length && leaves[leaf] <= nodes[node]) ? leaves[leaf++] : nodes[node++];
  let cost = 0;
  for (let left = leaves.length; left > 1; left--) {
    nodes.push(smallest() + smallest());
    cost += nodes.at(-1)!;
  }
  return cost;
}

describe("decoding under attack", () => {
  const symbols = sources()
    .find(({ name }) => name === "skewed bytes")!
    .symbols.subarray(0, 2000);
  const bytes = encodeHuffman(symbols, 256);

  test("tells every truncation", () => {
    for (let length = 0; length < bytes.length; length++) {
      const result = attempt(() => decodeHuffman(bytes.subarray(0, length), symbols.length, 256, { offset: 50 }));
      expect(result).toMatchObject({ code: "truncated", offset: 50 + length });
    }
  });

  test("tells bytes that follow", () => {
    expect(() => decodeHuffman(Uint8Array.from([...bytes, 0]), symbols.length, 256, { offset: 50 })).toThrow(
      expect.objectContaining({ code: "trailing-data", offset: 50 + bytes.length }),
    );
    expect(() => decodeHuffman(Uint8Array.of(0), 0, 256)).toThrow(expect.objectContaining({ code: "trailing-data" }));
    const single = encodeHuffman(Uint8Array.of(3, 3, 3), 256);
    expect(() => decodeHuffman(Uint8Array.from([...single, 0]), 3, 256)).toThrow(
      expect.objectContaining({ code: "trailing-data", offset: single.length }),
    );
  });

  test("tells padding that is not zero", () => {
    const two = encodeHuffman(Uint8Array.of(0, 1, 0), 2);
    two[two.length - 1] |= 1;
    expect(() => decodeHuffman(two, 3, 2)).toThrow(
      expect.objectContaining({ code: "invalid-field", offset: two.length - 1, expected: 0, got: 1 }),
    );
  });

  test.each([
    ["too many codes", [1, 1, 1], 1.5],
    ["too few", [2, 2, 2], 0.75],
    ["none", [0, 0, 0], 0],
    ["one that is too long", [0, 2, 0], 0.25],
  ])("refuses lengths of no code: %s", (_name, lengths, sum) => {
    const header = encodeLengths(Uint8Array.from(lengths));
    const hostile = Uint8Array.from([header.length, ...header, 0, 0]);
    expect(() => decodeHuffman(hostile, 4, 3, { offset: 10 })).toThrow(
      expect.objectContaining({ code: "invalid-field", offset: 11, expected: "a Kraft sum of 1", got: sum }),
    );
  });

  test("refuses a run of unused symbols that leaves the alphabet", () => {
    const header = encodeLengths(new Uint8Array(40));
    const hostile = Uint8Array.from([header.length, ...header]);
    expect(() => decodeHuffman(hostile, 4, 30)).toThrow(
      expect.objectContaining({ code: "invalid-field", expected: "at most 29", got: 39 }),
    );
  });

  test.each([
    ["longer than the bytes", [100, 1, 2], "truncated"],
    ["that goes on after the end", [200], "truncated"],
    ["in more bytes than it needs", [0x85, 0, 1, 1, 1, 1, 1], "invalid-field"],
    ["of more than four bytes", [255, 255, 255, 255, 1], "invalid-field"],
  ])("refuses a length of the header %s", (_name, hostile, code) => {
    expect(() => decodeHuffman(Uint8Array.from(hostile), 5, 256)).toThrow(expect.objectContaining({ code }));
  });

  test("refuses a count that the bytes cannot bear out before it allocates anything", () => {
    expect(() => decodeHuffman(bytes, 2 ** 32 - 1, 256)).toThrow(
      expect.objectContaining({ code: "truncated", offset: bytes.length }),
    );
  });

  test("refuses a count above the caller's limit", () => {
    const single = encodeHuffman(Uint8Array.of(3), 256);
    expect(() => decodeHuffman(single, 1001, 256, { maximumCount: 1000 })).toThrow(
      expect.objectContaining({ code: "memory-limit", offset: 0, expected: "at most 1000", got: 1001 }),
    );
  });

  test("makes of any bytes as many symbols as asked for, in range, or an error", () => {
    const input = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 7 }))
        .map(([at, bit]) => bytes.map((byte, i) => (i === at ? byte ^ (1 << bit) : byte))),
    );
    fc.assert(
      fc.property(
        input,
        fc.constantFrom(2, 3, 256, 65_536),
        fc.integer({ min: 0, max: 3000 }),
        (input, size, count) => {
          const result = attempt(() => decodeHuffman(input, count, size, { maximumCount: 3000 }));
          if (result instanceof PithError) return;
          expect(result.length).toBe(count);
          expect(result.every((symbol) => symbol < size)).toBe(true);
        },
      ),
      { seed: 55, numRuns: 1000 },
    );
  });
});

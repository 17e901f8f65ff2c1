import { describe, expect, test } from "@jest/globals";
import { PROBABILITY_TOTAL } from "@pith/core";
import fc from "fast-check";
import { MAXIMUM_TOTAL, RangeDecoder, RangeEncoder } from "../src/index.ts";
import { type Interval, referenceRangeCode } from "./support/reference.ts";
import { randomWords, sources } from "./support/sources.ts";

function encode(intervals: Iterable<Interval>): Uint8Array {
  const encoder = new RangeEncoder();
  for (const { cumulative, frequency, total } of intervals) encoder.encode(cumulative, frequency, total);
  return encoder.finish();
}

function expectIntervalsBack(bytes: Uint8Array, intervals: readonly Interval[]): void {
  const decoder = new RangeDecoder(bytes);
  for (const { cumulative, frequency, total } of intervals) {
    const target = decoder.target(total);
    expect(target >= cumulative && target < cumulative + frequency).toBe(true);
    decoder.consume(cumulative, frequency, total);
  }
  decoder.checkEnd();
}

const interval = fc
  .tuple(
    fc.oneof(fc.integer({ min: 1, max: MAXIMUM_TOTAL }), fc.integer({ min: 1, max: 4 }), fc.constant(MAXIMUM_TOTAL)),
    fc.nat(),
    fc.nat(),
    fc.boolean(),
  )
  .map(([total, a, b, single]): Interval => {
    const cumulative = a % total;
    return { total, cumulative, frequency: single ? 1 : 1 + (b % (total - cumulative)) };
  });

/** Integers ≥ 1 of the given sum, falling as fast as the exponent says. */
function distribution(size: number, exponent: number): Uint32Array {
  const probabilities = new Uint32Array(size).fill(1);
  let left = PROBABILITY_TOTAL - size;
  for (let s = 0; s < size - 1; s++) {
    const share = Math.floor(left * exponent);
    probabilities[s] += share;
    left -= share;
  }
  probabilities[size - 1] += left;
  return probabilities;
}

function drawFrom(probabilities: Uint32Array, word: () => number): number {
  let rest = word() % PROBABILITY_TOTAL;
  let symbol = 0;
  while (rest >= probabilities[symbol]) rest -= probabilities[symbol++];
  return symbol;
}

describe("the range coder", () => {
  test("writes the bytes of the reference, which knows neither shifts nor doubles, and reads them back", () => {
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 120 }), (intervals) => {
        const bytes = encode(intervals);
        expect([...bytes]).toEqual(referenceRangeCode(intervals));
        expectIntervalsBack(bytes, intervals);
      }),
      { seed: 31, numRuns: 400 },
    );
  });

  test("gives up the part beyond a boundary that it would straddle too long", () => {
    // Symbols that lead to a number just below the middle: the ends agree on no byte until the range is too small.
    const decoder = new RangeDecoder(Uint8Array.of(0x7f, ...new Array<number>(40).fill(255)));
    const word = randomWords(32);
    const intervals: Interval[] = [];
    for (let i = 0; i < 12; i++) {
      const total = 2 ** 16 + (word() % 2 ** 16);
      const cumulative = decoder.target(total);
      decoder.consume(cumulative, 1, total);
      intervals.push({ cumulative, frequency: 1, total });
    }
    const bytes = encode(intervals);
    expect([...bytes]).toEqual(referenceRangeCode(intervals));
    expectIntervalsBack(bytes, intervals);
    // 12 symbols of 16.5 bits are 25 bytes; the boundary costs three more at most.
    expect(bytes.length).toBeLessThanOrEqual(28);
  });

  test("calls a stream damaged that leads into a part that encoders give up", () => {
    const decoder = new RangeDecoder(Uint8Array.of(0x80, ...new Array<number>(20).fill(0)), 500);
    const read = () => {
      for (let i = 0; i < 12; i++) {
        const target = decoder.target(65537);
        decoder.consume(target, 1, 65537);
      }
    };
    expect(read).toThrow(expect.objectContaining({ code: "invalid-field", offset: 500 }));
  });

  test.each([
    ["2 symbols, one nearly certain", 2, 0.999999],
    ["2 symbols, alike", 2, 0.5],
    ["256 symbols, skewed", 256, 0.3],
    ["256 symbols, nearly alike", 256, 0.004],
    ["65,536 symbols, most of them at the lowest probability", 65_536, 0.01],
    ["65,536 symbols, one nearly certain", 65_536, 0.99],
  ])(
    "codes under a predictor's probabilities within 0.1 %% + 16 bytes of their information: %s",
    (_name, size, factor) => {
      const probabilities = distribution(size, factor);
      const word = randomWords(33);
      const symbols = Array.from({ length: size > 256 ? 1_000 : 20_000 }, () => drawFrom(probabilities, word));
      const encoder = new RangeEncoder();
      let ideal = 0;
      for (const symbol of symbols) {
        encoder.encodeWith(probabilities, symbol);
        ideal += Math.log2(PROBABILITY_TOTAL / probabilities[symbol]);
      }
      const bytes = encoder.finish();
      expect(8 * bytes.length).toBeLessThanOrEqual(1.001 * ideal + 128);
      expect(8 * bytes.length).toBeGreaterThanOrEqual(0.999 * ideal - 8);
      const decoder = new RangeDecoder(bytes);
      expect(symbols.map(() => decoder.decodeWith(probabilities))).toEqual(symbols);
      decoder.checkEnd();
    },
  );

  test("codes under fixed counts within 0.1 % + 16 bytes of the empirical entropy", () => {
    for (const { alphabetSize, symbols } of sources().filter((source) => source.symbols.length > 0)) {
      const counts = new Array<number>(alphabetSize).fill(0);
      for (const symbol of symbols) counts[symbol]++;
      const sums = [0];
      for (const count of counts) sums.push(sums.at(-1)! + count);
      const encoder = new RangeEncoder();
      let ideal = 0;
      for (const symbol of symbols) {
        encoder.encode(sums[symbol], counts[symbol], symbols.length);
        ideal += Math.log2(symbols.length / counts[symbol]);
      }
      expect(8 * encoder.finish().length).toBeLessThanOrEqual(1.001 * ideal + 128);
    }
  });

  test("tells a stream that lost bytes or has bytes too many", () => {
    const intervals = Array.from({ length: 1000 }, (_, i): Interval => ({ cumulative: i % 7, frequency: 1, total: 7 }));
    const bytes = encode(intervals);
    const read = (part: Uint8Array) => {
      const decoder = new RangeDecoder(part, 40);
      for (const { total } of intervals) {
        const target = decoder.target(total);
        decoder.consume(target, 1, total);
      }
      decoder.checkEnd();
    };
    expect(() => read(bytes)).not.toThrow();
    expect(() => read(bytes.subarray(0, 200))).toThrow(
      expect.objectContaining({ code: "truncated", offset: 240, got: 200 }),
    );
    expect(() => read(Uint8Array.from([...bytes, 7]))).toThrow(
      expect.objectContaining({ code: "trailing-data", offset: 40 + bytes.length }),
    );
  });

  test("refuses every last byte but the one that an encoder writes, though others decode to the same symbol", () => {
    const encoder = new RangeEncoder();
    encoder.encode(3, 1, 8);
    const bytes = encoder.finish();
    expect(bytes).toHaveLength(1);
    let same = 0;
    for (let last = 0; last < 256; last++) {
      const decoder = new RangeDecoder(Uint8Array.of(last));
      if (decoder.target(8) !== 3) continue;
      decoder.consume(3, 1, 8);
      same++;
      if (last === bytes[0]) decoder.checkEnd();
      else {
        const details = { code: "invalid-field", offset: 0, expected: bytes[0], got: last };
        expect(() => decoder.checkEnd()).toThrow(expect.objectContaining(details));
      }
    }
    expect(same).toBe(32);
  });

  test("says how far it has read", () => {
    const decoder = new RangeDecoder(Uint8Array.of(1, 2, 3));
    expect([decoder.position, decoder.end]).toEqual([6, 0]);
    decoder.consume(decoder.target(256), 1, 256);
    expect(decoder.position).toBe(7);
  });

  test.each([
    [0, 0, 4],
    [4, 1, 4],
    [-1, 1, 4],
    [0, 1, 0],
    [0, 1, 2 ** 22 + 1],
    [NaN, 1, 4],
  ])("refuses the interval %p, %p of %p", (cumulative, frequency, total) => {
    expect(() => new RangeEncoder().encode(cumulative, frequency, total)).toThrow(RangeError);
    expect(() => new RangeDecoder(new Uint8Array(8)).consume(cumulative, frequency, total)).toThrow(RangeError);
  });

  test("refuses probabilities that do not sum to 2^22, symbols out of range, totals out of range", () => {
    const coders = (probabilities: Uint32Array, symbol: number): (() => void)[] => [
      () => new RangeEncoder().encodeWith(probabilities, symbol),
      () => void new RangeDecoder(Uint8Array.of(128)).decodeWith(probabilities),
    ];
    for (const refuse of coders(Uint32Array.of(1, 1), 0)) {
      expect(refuse).toThrow(new RangeError("probabilities: expected a sum of 4194304, got 2"));
    }
    for (const refuse of coders(Uint32Array.of(2 ** 21, 2 ** 22), 0)) {
      expect(refuse).toThrow(new RangeError("probabilities: expected a sum of 4194304, got 6291456"));
    }
    for (const refuse of coders(Uint32Array.of(2 ** 22 - 1, 0, 1), 0)) {
      expect(refuse).toThrow(new RangeError("probabilities[1]: expected at least 1, got 0"));
    }
    expect(() => new RangeEncoder().encodeWith(Uint32Array.of(2 ** 21, 2 ** 21, 9), 2)).toThrow(
      new RangeError("symbol: expected an integer from 0 to 1, got 2"),
    );
    expect(() => new RangeDecoder(new Uint8Array(0)).target(0)).toThrow(RangeError);
  });
});

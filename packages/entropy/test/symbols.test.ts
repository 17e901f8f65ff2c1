import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import fc from "fast-check";
import { adaptiveCost, decodeSymbols, encodeSymbols, RangeDecoder, type Symbols } from "../src/index.ts";
import { ReferenceModel, referenceRangeCode, type Interval } from "./support/reference.ts";
import { firstDifference } from "./support/same-bytes.ts";
import { randomWords, sources } from "./support/sources.ts";

const engines = ["kernel", "typescript"] as const;

function referenceCode(symbols: Symbols, alphabetSize: number, increment: number, limit: number): number[] {
  const model = new ReferenceModel(alphabetSize, increment, limit);
  const intervals: Interval[] = [];
  for (const symbol of symbols) {
    intervals.push(model.interval(symbol));
    model.update(symbol);
  }
  return referenceRangeCode(intervals);
}

const anything = fc
  .record({
    alphabetSize: fc.oneof(fc.integer({ min: 2, max: 20 }), fc.integer({ min: 2, max: 65_536 })),
    increment: fc.integer({ min: 1, max: 100 }),
    slack: fc.integer({ min: 0, max: 1000 }),
    draws: fc.array(fc.nat(), { maxLength: 150 }),
  })
  .map(({ alphabetSize, increment, slack, draws }) => {
    const kind = alphabetSize <= 256 ? Uint8Array : Uint16Array;
    return {
      alphabetSize,
      options: { increment, limit: 2 * (alphabetSize + increment) + slack },
      symbols: kind.from(draws.map((draw) => draw % alphabetSize)),
    };
  });

/** What decoding gave: symbols, or the error. Anything else is a defect. */
function attempt(decode: () => Symbols): Symbols | PithError {
  try {
    return decode();
  } catch (error) {
    if (error instanceof PithError) return error;
    throw error;
  }
}

describe("coding of whole arrays", () => {
  test.each(sources())("gives back $name, by either engine", ({ symbols, alphabetSize }) => {
    for (const engine of engines) {
      const back = decodeSymbols(encodeSymbols(symbols, alphabetSize, { engine }), symbols.length, alphabetSize, {
        engine,
      });
      expect(back.constructor).toBe(symbols.constructor);
      expect(firstDifference(back, symbols)).toBeUndefined();
    }
  });

  test.each(sources())("writes the same bytes by the kernel: $name", ({ symbols, alphabetSize }) => {
    const [kernel, typescript] = engines.map((engine) => encodeSymbols(symbols, alphabetSize, { engine }));
    expect(firstDifference(kernel, typescript)).toBeUndefined();
  });

  test.each(sources())("codes within 0.1 % + 16 bytes of the model's cost: $name", ({ symbols, alphabetSize }) => {
    const bits = 8 * encodeSymbols(symbols, alphabetSize).length;
    const ideal = adaptiveCost(symbols, alphabetSize);
    expect(bits).toBeLessThanOrEqual(1.001 * ideal + 128);
    // Nor may it be below, or the cost would not be the coder's.
    expect(bits).toBeGreaterThanOrEqual(0.999 * ideal - 8);
  });

  test("writes the bytes of the reference, whatever the symbols and options", () => {
    const small = anything.filter(({ alphabetSize }) => alphabetSize < 2000);
    fc.assert(
      fc.property(small, ({ symbols, alphabetSize, options }) => {
        const expected = referenceCode(symbols, alphabetSize, options.increment, options.limit);
        for (const engine of engines) {
          expect([...encodeSymbols(symbols, alphabetSize, { ...options, engine })]).toEqual(expected);
        }
      }),
      { seed: 41, numRuns: 150 },
    );
  });

  test("gives back anything, decoded by the other engine", () => {
    fc.assert(
      fc.property(anything, fc.boolean(), ({ symbols, alphabetSize, options }, swap) => {
        const [first, second] = swap ? engines : [engines[1], engines[0]];
        const bytes = encodeSymbols(symbols, alphabetSize, { ...options, engine: first });
        const back = decodeSymbols(bytes, symbols.length, alphabetSize, { ...options, engine: second });
        expect(back).toEqual(symbols);
      }),
      { seed: 42, numRuns: 150 },
    );
  });

  test("survives symbols that hug a byte's boundary, the same by both engines", () => {
    // The symbols to which a number just below the middle decodes.
    const decoder = new RangeDecoder(Uint8Array.of(0x7f, ...new Array<number>(400).fill(255)));
    const symbols = new Uint16Array(150);
    const model = new ReferenceModel(1009, 32, 258_304);
    for (let i = 0; i < symbols.length; i++) {
      const target = decoder.target(model.total);
      let symbol = 0;
      let at = model.interval(0);
      while (target >= at.cumulative + at.frequency) at = model.interval(++symbol);
      decoder.consume(at.cumulative, at.frequency, at.total);
      symbols[i] = symbol;
      model.update(symbol);
    }
    const [kernel, typescript] = engines.map((engine) => encodeSymbols(symbols, 1009, { engine }));
    expect(kernel).toEqual(typescript);
    expect([...kernel]).toEqual(referenceCode(symbols, 1009, 32, 258_304));
    expect(decodeSymbols(kernel, 150, 1009, { engine: "kernel" })).toEqual(symbols);
  });

  test("uses either engine by itself, by the number of symbols", () => {
    for (const length of [100, 4095, 4096, 100_000]) {
      const symbols = Uint8Array.from({ length }, (_, i) => (i * i) % 251);
      expect(firstDifference(decodeSymbols(encodeSymbols(symbols, 251), length, 251), symbols)).toBeUndefined();
    }
  });

  test("codes small symbols that come in a wide array", () => {
    const symbols = Uint16Array.of(1, 2, 3);
    expect(decodeSymbols(encodeSymbols(symbols, 256), 3, 256)).toEqual(Uint8Array.of(1, 2, 3));
  });
});

describe("decoding under attack", () => {
  const { symbols, alphabetSize } = sources().find(({ name }) => name === "skewed bytes")!;
  const some = symbols.subarray(0, 3000);
  const bytes = encodeSymbols(some, alphabetSize);

  test("tells a stream that lost eight bytes or more; of fewer, it may make other last symbols", () => {
    for (let length = 0; length < bytes.length; length++) {
      const [kernel, typescript] = engines.map((engine) =>
        attempt(() => decodeSymbols(bytes.subarray(0, length), some.length, alphabetSize, { engine, offset: 100 })),
      );
      expect(kernel).toEqual(typescript);
      if (kernel instanceof PithError) expect(kernel).toMatchObject({ code: "truncated", offset: 100 + length });
      else expect([length > bytes.length - 8, kernel.length]).toEqual([true, some.length]);
    }
  });

  test("tells bytes that follow a stream", () => {
    const longer = Uint8Array.from([...bytes, 1, 2, 3]);
    expect(() => decodeSymbols(longer, some.length, alphabetSize)).toThrow(
      expect.objectContaining({ code: "trailing-data", offset: bytes.length, got: bytes.length + 3 }),
    );
  });

  test("refuses every last byte but the one that an encoder writes, by either engine", () => {
    const last = bytes.length - 1;
    for (const engine of engines) {
      for (let other = 0; other < 256; other++) {
        if (other === bytes[last]) continue;
        const changed = bytes.map((byte, i) => (i === last ? other : byte));
        const decoded = attempt(() => decodeSymbols(changed, some.length, alphabetSize, { engine }));
        if (!(decoded instanceof PithError)) expect(decoded).not.toEqual(some);
      }
    }
  });

  test("takes no bytes for no symbols, and nothing else", () => {
    expect(encodeSymbols(new Uint8Array(0), 256)).toEqual(new Uint8Array(0));
    expect(decodeSymbols(new Uint8Array(0), 0, 256)).toEqual(new Uint8Array(0));
    expect(() => decodeSymbols(Uint8Array.of(0), 0, 256)).toThrow(expect.objectContaining({ code: "trailing-data" }));
  });

  test("makes of any bytes as many symbols as asked for, in range, or an error; the same by either engine", () => {
    const bytesOrNearly = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 7 }))
        .map(([at, bit]) => bytes.map((byte, i) => (i === at ? byte ^ (1 << bit) : byte))),
    );
    fc.assert(
      fc.property(
        bytesOrNearly,
        fc.constantFrom(2, 3, 256, 1000, 65_536),
        fc.integer({ min: 0, max: 3000 }),
        (input, size, count) => {
          const [kernel, typescript] = engines.map((engine) =>
            attempt(() => decodeSymbols(input, count, size, { engine })),
          );
          expect(kernel).toEqual(typescript);
          if (kernel instanceof PithError) return;
          expect(kernel.length).toBe(count);
          expect(kernel.every((symbol) => symbol < size)).toBe(true);
        },
      ),
      { seed: 43, numRuns: 150 },
    );
  });

  test("finds the part that encoders give up, with the same error by either engine", () => {
    const middle = Uint8Array.of(0x80, ...new Array<number>(60).fill(0));
    const [kernel, typescript] = engines.map((engine) =>
      attempt(() => decodeSymbols(middle, 300, 65_521, { engine, offset: 7 })),
    );
    expect(kernel).toMatchObject({ code: "invalid-field", offset: 7 });
    expect(kernel).toEqual(typescript);
  });

  test("stops soon where the bytes do not bear out the count, and allocates no more than it decoded", () => {
    const noise = Uint8Array.from({ length: 1000 }, randomWords(44));
    for (const engine of engines) {
      expect(() => decodeSymbols(noise, 2 ** 32 - 1, 65_536, { engine })).toThrow(
        expect.objectContaining({ code: "truncated", offset: 1000 }),
      );
    }
  });

  test("refuses a count above the caller's limit before it does anything", () => {
    expect(() => decodeSymbols(bytes, 3001, alphabetSize, { maximumCount: 3000, offset: 9 })).toThrow(
      expect.objectContaining({ code: "memory-limit", offset: 9, expected: "at most 3000", got: 3001 }),
    );
  });
});

describe("misuse", () => {
  test.each([
    [() => encodeSymbols(Uint8Array.of(0, 4), 4), new RangeError("symbols[1]: expected an integer from 0 to 3, got 4")],
    [
      () => encodeSymbols(Uint8Array.of(0), 1),
      new RangeError("alphabetSize: expected an integer from 2 to 65536, got 1"),
    ],
    [
      () => encodeSymbols([1, 2] as unknown as Uint8Array, 4),
      new TypeError("symbols: expected a Uint8Array or a Uint16Array, got Array"),
    ],
    [
      () => encodeSymbols(Uint8Array.of(0), 4, { engine: "native" as "kernel" }),
      new RangeError('engine: expected "kernel" or "typescript", got "native"'),
    ],
    [() => decodeSymbols(null as unknown as Uint8Array, 1, 4), new TypeError("bytes: expected a Uint8Array, got null")],
    [() => decodeSymbols(new Uint8Array(1), -1, 4), new RangeError("count: expected an integer of at least 0, got -1")],
  ])("is an error that shows both sides (%#)", (misuse, error) => {
    expect(misuse).toThrow(error);
    expect(misuse).toThrow(error.constructor);
  });
});

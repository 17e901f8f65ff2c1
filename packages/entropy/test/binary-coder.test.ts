import { describe, expect, test } from "@jest/globals";
import { PithError, instantiateKernel } from "@pith/core";
import fc from "fast-check";
import { kernel } from "../src/generated/bits.ts";
import { BinaryDecoder, BinaryEncoder } from "../src/index.ts";
import { referenceBinaryCode } from "./support/reference.ts";
import { firstDifference } from "./support/same-bytes.ts";
import { randomWords } from "./support/sources.ts";

interface Coded {
  readonly bit: number;
  readonly p16: number;
}

function encode(bits: readonly Coded[]): Uint8Array {
  const encoder = new BinaryEncoder();
  for (const { bit, p16 } of bits) encoder.encode(bit, p16);
  return encoder.finish();
}

function expectBitsBack(bytes: Uint8Array, bits: readonly Coded[]): void {
  const decoder = new BinaryDecoder(bytes);
  for (const { bit, p16 } of bits) if (decoder.decode(p16) !== bit) throw new Error("another bit came back");
  decoder.checkEnd();
  expect(decoder.end).toBe(bytes.length);
}

const exports = instantiateKernel(kernel);

/** Puts bits, probabilities and coded bytes into the kernel's memory. */
function layout(probabilities: readonly number[], bits: readonly number[], coded: Uint8Array) {
  const count = probabilities.length;
  const atBits = exports.reserve(3 * count + 1 + Math.max(coded.length, 4 * count + 1));
  const atProbabilities = atBits + count + (count & 1);
  const atCoded = atProbabilities + 2 * count;
  const { buffer } = exports.memory;
  new Uint8Array(buffer, atBits, count).set(bits);
  new Uint16Array(buffer, atProbabilities, count).set(probabilities);
  new Uint8Array(buffer, atCoded, coded.length).set(coded);
  return { atBits, atProbabilities, atCoded, memory: new Uint8Array(buffer) };
}

/** Codes in slices, takes what is written after each, and has the kernel write to the same place again. */
function encodeByKernel(coded: readonly Coded[], slice = 1000): Uint8Array {
  const { atBits, atProbabilities, atCoded, memory } = layout(
    coded.map(({ p16 }) => p16),
    coded.map(({ bit }) => bit),
    new Uint8Array(0),
  );
  const bytes: number[] = [];
  const drain = () => {
    bytes.push(...memory.subarray(atCoded, exports.codedEnd()));
    exports.rebase(atCoded);
  };
  exports.startEncoder(atCoded);
  for (let i = 0; i < coded.length; i += slice) {
    exports.encodeBits(atBits + i, atProbabilities + 2 * i, Math.min(slice, coded.length - i));
    drain();
  }
  exports.finishEncoder();
  drain();
  return Uint8Array.from(bytes);
}

/** Decodes by the kernel and by TypeScript; both must say the same of any bytes. */
function decodeByBoth(bytes: Uint8Array, probabilities: readonly number[]): { bits: number[]; end: number } {
  const { atBits, atProbabilities, atCoded, memory } = layout(probabilities, [], bytes);
  exports.startDecoder(atCoded, atCoded + bytes.length);
  exports.decodeBits(atBits, atProbabilities, probabilities.length);
  const decoder = new BinaryDecoder(bytes);
  const bits = probabilities.map((p16) => decoder.decode(p16) as number);
  expect([...memory.subarray(atBits, atBits + bits.length)]).toEqual(bits);
  expect(exports.decoderPosition() - atCoded).toBe(decoder.position);
  expect(exports.decodedEnd() - atCoded).toBe(decoder.end);
  return { bits, end: decoder.end };
}

function idealBits(bits: readonly Coded[]): number {
  let sum = 0;
  for (const { bit, p16 } of bits) sum -= Math.log2((bit === 1 ? p16 : 65536 - p16) / 65536);
  return sum;
}

function draw(count: number, seed: number, probability: (word: number) => number): Coded[] {
  const word = randomWords(seed);
  return Array.from({ length: count }, () => {
    const p16 = probability(word());
    return { p16, bit: word() / 2 ** 32 < p16 / 65536 ? 1 : 0 };
  });
}

const cases: readonly (readonly [string, Coded[]])[] = [
  ["no bits", []],
  ["ones that were certain", draw(200_000, 1, () => 65535).map((b) => ({ ...b, bit: 1 }))],
  ["zeros that were certain", draw(200_000, 2, () => 1).map((b) => ({ ...b, bit: 0 }))],
  ["bits as they are expected at 1 / 65536", draw(200_000, 3, () => 1)],
  ["bits as they are expected at 65000 / 65536", draw(200_000, 4, () => 65000)],
  ["fair bits", draw(100_000, 5, () => 32768)],
  ["bits under probabilities of all sizes", draw(200_000, 6, (word) => 1 + (word % 65535))],
  ["bits that were thought impossible", draw(5_000, 7, () => 1).map((b) => ({ ...b, bit: 1 }))],
];

const codedBits = fc.array(
  fc.record({
    bit: fc.integer({ min: 0, max: 1 }),
    p16: fc.oneof(fc.integer({ min: 1, max: 65535 }), fc.constantFrom(1, 2, 32768, 65534, 65535)),
  }),
  { maxLength: 300 },
);

describe("the binary coder", () => {
  test.each(cases)("gives back %s", (_name, bits) => {
    expectBitsBack(encode(bits), bits);
  });

  test.each(cases)("codes %s within 0.02 % + 4 bytes of their information", (_name, bits) => {
    expect(8 * encode(bits).length).toBeLessThanOrEqual(1.0002 * idealBits(bits) + 32);
  });

  test.each(cases)("writes the same bytes by the kernel: %s", (_name, bits) => {
    expect(firstDifference(encodeByKernel(bits), encode(bits))).toBeUndefined();
  });

  test("decodes by the kernel from a buffer that is filled again and again", () => {
    const bits = draw(3_000, 10, (word) => 1 + (word % 65535));
    const bytes = encode(bits);
    const probabilities = bits.map(({ p16 }) => p16);
    const { atBits, atProbabilities, atCoded, memory } = layout(probabilities, [], new Uint8Array(0));
    const window = 4 * 50 + 4; // bytes that 50 bits read at most, and the first four
    let base = 0;
    const fill = () => {
      const part = bytes.subarray(base, base + window);
      memory.set(part, atCoded);
      return atCoded + part.length;
    };
    exports.startDecoder(atCoded, fill());
    for (let i = 0; i < bits.length; i += 50) {
      exports.decodeBits(atBits + i, atProbabilities + 2 * i, 50);
      base += exports.decoderPosition() - atCoded;
      exports.rebaseDecoder(atCoded, fill());
    }
    expect([...memory.subarray(atBits, atBits + bits.length)]).toEqual(bits.map(({ bit }) => bit));
    expect(base - (exports.decoderPosition() - exports.decodedEnd())).toBe(bytes.length);
  });

  test("writes the bytes of the reference, which knows neither shifts nor 32 bits", () => {
    fc.assert(
      fc.property(codedBits, (bits) => {
        expect([...encode(bits)]).toEqual(referenceBinaryCode(bits));
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  test("gives back any bits under any probabilities, and both decoders agree", () => {
    fc.assert(
      fc.property(codedBits, (bits) => {
        const bytes = encode(bits);
        expectBitsBack(bytes, bits);
        const back = decodeByBoth(
          bytes,
          bits.map(({ p16 }) => p16),
        );
        expect(back.bits).toEqual(bits.map(({ bit }) => bit));
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  test.each([
    ["below", [0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
    ["above", [0x80, 0, 0, 0, 0, 0, 0, 0]],
  ])("survives a number just %s the middle, where the ends agree on no byte for long", (_name, start) => {
    const decoder = new BinaryDecoder(Uint8Array.from(start));
    const bits = draw(400, 8, (word) => 1 + (word % 65535)).map(({ p16 }) => ({ p16, bit: decoder.decode(p16) }));
    const bytes = encode(bits);
    expect([...bytes]).toEqual(referenceBinaryCode(bits));
    expectBitsBack(bytes, bits);
  });

  test("reads any bytes as some bits, the same by both decoders", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 60 }),
        fc.array(fc.integer({ min: 1, max: 65535 }), { maxLength: 600 }),
        (bytes, probabilities) => {
          const { bits, end } = decodeByBoth(bytes, probabilities);
          // What it read is a stream: coded again, it gives the same bytes as far as they told bits apart.
          expect(encode(bits.map((bit, i) => ({ bit, p16: probabilities[i] }))).length).toBe(end);
        },
      ),
      { seed: 13, numRuns: 300 },
    );
  });

  test("tells a stream that lost bytes or has bytes too many", () => {
    const bits = draw(2_000, 9, () => 30000);
    const bytes = encode(bits);
    const read = (part: Uint8Array) => {
      const decoder = new BinaryDecoder(part, 1000);
      for (const { p16 } of bits) decoder.decode(p16);
      decoder.checkEnd();
    };
    expect(() => read(bytes)).not.toThrow();
    expect(() => read(bytes.subarray(0, 100))).toThrow(PithError);
    expect(() => read(bytes.subarray(0, 100))).toThrow(
      expect.objectContaining({ code: "truncated", offset: 1100, got: 100 }),
    );
    expect(() => read(Uint8Array.from([...bytes, 0]))).toThrow(
      expect.objectContaining({ code: "trailing-data", offset: 1000 + bytes.length, got: bytes.length + 1 }),
    );
  });

  test("refuses every last byte but the one that an encoder writes, though others decode to the same bits", () => {
    const coin = { bit: 1, p16: 32768 };
    const bytes = encode([{ bit: 0, p16: 32768 }, coin, coin]);
    expect(bytes).toHaveLength(1);
    let same = 0;
    for (let last = 0; last < 256; last++) {
      const decoder = new BinaryDecoder(Uint8Array.of(last));
      const bits = [1, 2, 3].map(() => decoder.decode(32768)).join("");
      if (bits !== "011") continue;
      same++;
      expect(decoder.finalByte).toBe(bytes[0]);
      if (last === bytes[0]) decoder.checkEnd();
      else {
        const details = { code: "invalid-field", offset: 0, expected: bytes[0], got: last };
        expect(() => decoder.checkEnd()).toThrow(expect.objectContaining(details));
      }
    }
    expect(same).toBe(32);
  });

  test("says how far it has read", () => {
    const decoder = new BinaryDecoder(Uint8Array.of(1, 2));
    expect(decoder.position).toBe(4);
    expect(decoder.end).toBe(0);
    for (let i = 0; i < 16; i++) decoder.decode(32768);
    expect(decoder.position).toBe(6);
  });

  test.each([0, 65536, -1, NaN])("refuses the probability %p", (p16) => {
    expect(() => new BinaryEncoder().encode(1, p16)).toThrow(
      new RangeError(`probability: expected an integer from 1 to 65535, got ${p16}`),
    );
    expect(() => new BinaryDecoder(new Uint8Array(4)).decode(p16)).toThrow(RangeError);
  });

  test("refuses what is no bytes", () => {
    expect(() => new BinaryDecoder("text" as unknown as Uint8Array)).toThrow(
      new TypeError("bytes: expected a Uint8Array, got string"),
    );
  });

  test("starts afresh after a stream's end", () => {
    const encoder = new BinaryEncoder();
    encoder.encode(1, 100);
    const first = encoder.finish();
    encoder.encode(1, 100);
    expect(encoder.finish()).toEqual(first);
  });
});

import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import fc from "fast-check";
import {
  ALPHABETICAL_TABLE,
  FramingDecoder,
  FramingEncoder,
  THESIS_TABLE,
  UNCODED,
  codesByByte,
  decodeFraming,
  encodeFraming,
  parseCodeTable,
  type FramingOptions,
} from "../src/index.ts";
import { decodeReference, encodeReference } from "./reference/framing.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));

/** What encoding or decoding gave: numbers, or the error. Anything else is a defect. */
function attempt<T>(run: () => T): T | PithError {
  try {
    return run();
  } catch (error) {
    if (error instanceof PithError) return error;
    throw error;
  }
}

/** Splits bytes after the given lengths, over and over. */
function split(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = lengths[i % lengths.length];
    parts.push(bytes.subarray(at, at + length));
    at += length;
  }
  return parts;
}

function encodeParts(encoder: FramingEncoder, parts: readonly Uint8Array[]): number[] {
  return [...parts.flatMap((part) => [...encoder.push(part)]), ...encoder.finish()];
}

function decodeParts(parts: readonly Uint8Array[]): number[] {
  const decoder = new FramingDecoder();
  const cells = parts.flatMap((part) => [...decoder.push(part)]);
  decoder.finish();
  return cells;
}

/** Text of runs of all lengths, with what interrupts them. */
const text = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.string({ unit: fc.constantFrom(...Array.from("abcdtrz  .")), maxLength: 30 }) },
      { weight: 2, arbitrary: fc.constantFrom(",", "A", "\r\n", "\0", "é", "e\u0301", "€", "👩‍🚀", "\u{10ffff}") },
      { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...Array.from("the rain.")), maxLength: 300 }) },
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(""));

const options = fc
  .record({
    table: fc.constantFrom(
      THESIS_TABLE,
      ALPHABETICAL_TABLE,
      parseCodeTable("0123 4567 89 A B C D E F \\x0a\\x00 , t a _ ."),
    ),
    left: fc.integer({ min: 0, max: 20 }),
    right: fc.integer({ min: 0, max: 20 }),
    more: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ more, ...rest }) => ({ ...rest, threshold: rest.left + rest.right + more }));

const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

describe("the framing", () => {
  test("a run of n ≥ 12 characters keeps 4 and 3; the rest are half bytes between breaks", () => {
    const codes = codesByByte(THESIS_TABLE);
    const letters = utf8("the quick brown fox jumps over the lazy dog");
    for (let n = 0; n <= letters.length; n++) {
      const run = letters.subarray(0, n);
      const coded = encodeFraming(run);
      if (n < 12) {
        expect(coded).toEqual(run);
        continue;
      }
      const nibbles = Array.from(run.subarray(4, n - 3), (byte) => codes[byte]);
      nibbles.push(15);
      if (nibbles.length % 2 === 1) nibbles.push(15);
      const middle = Array.from({ length: nibbles.length / 2 }, (_, i) => (nibbles[2 * i] << 4) | nibbles[2 * i + 1]);
      expect([...coded]).toEqual([...run.subarray(0, 4), 0xff, ...middle, ...run.subarray(n - 3)]);
      expect(coded.length).toBe(4 + 1 + Math.floor((n - 7) / 2) + 1 + 3);
      expect(coded.length).toBeLessThan(n);
    }
  });

  test("writes the bytes that it has always written", () => {
    expect(hex(encodeFraming("it was a dark and stormy night"))).toBe("69742077ff58d5d05c1d540d8c3c7ad48f676874");
    expect(hex(encodeFraming("A man, a plan.\r\nthe same alphabet", { table: ALPHABETICAL_TABLE }))).toBe(
      "41206d616e2c206120706c616e2e0d0a74686520ff9062d05730ff626574",
    );
    expect(hex(encodeFraming("abcdefgh", { threshold: 3, left: 1, right: 1 }))).toBe("61ffb20903ff68");
  });

  test("encodes as the reference, whatever the text, the options and the parts", () => {
    fc.assert(
      fc.property(text, options, lengths, (content, framing, cuts) => {
        const bytes = utf8(content);
        const expected = encodeReference(bytes, { ...framing, groups: framing.table.groups });
        expect([...encodeFraming(bytes, framing)]).toEqual(expected);
        expect([...encodeFraming(content, framing)]).toEqual(expected);
        expect(encodeParts(new FramingEncoder(framing), split(bytes, cuts))).toEqual(expected);
      }),
      { seed: 31, numRuns: 200 },
    );
  });

  test("decodes to cells that are the text, or its codes", () => {
    fc.assert(
      fc.property(text, options, lengths, (content, framing, cuts) => {
        const bytes = utf8(content);
        const codes = codesByByte(framing.table);
        const framed = encodeFraming(bytes, framing);
        const cells = decodeFraming(framed);
        expect(cells).toHaveLength(bytes.length);
        expect([...cells]).toEqual(Array.from(cells, (cell, i) => (cell < 256 ? bytes[i] : 256 + codes[bytes[i]])));
        expect([...cells]).toEqual(decodeReference(framed));
        expect(decodeParts(split(framed, cuts))).toEqual([...cells]);
      }),
      { seed: 32, numRuns: 200 },
    );
  });

  test("goes beyond the kernels' slices", () => {
    const sentence = utf8("Many letters in a row, then a longer one of the same kind.\n");
    const long = Uint8Array.from({ length: 300_001 }, (_, i) => sentence[i % sentence.length]);
    const run = new Uint8Array(200_003).fill(0x61);
    const codes = codesByByte(THESIS_TABLE);
    for (const bytes of [long, run]) {
      const framed = encodeFraming(bytes);
      const expected = encodeReference(bytes, { groups: THESIS_TABLE.groups, threshold: 12, left: 4, right: 3 });
      expect(Buffer.compare(framed, Uint8Array.from(expected))).toBe(0);
      const cells = decodeFraming(framed);
      expect(cells.every((cell, i) => (cell < 256 ? cell === bytes[i] : codes[bytes[i]] === cell - 256))).toBe(true);
      expect(cells).toHaveLength(bytes.length);
    }
    expect(encodeFraming(run)).toHaveLength(4 + 1 + (run.length - 7) / 2 + 1 + 3);
  });

  test("an encoder and a decoder take another text after finish", () => {
    const encoder = new FramingEncoder();
    const decoder = new FramingDecoder();
    for (const content of ["once upon a time there was", "", "and they lived happily"]) {
      const framed = Uint8Array.from(encodeParts(encoder, [utf8(content)]));
      expect(framed).toEqual(encodeFraming(content));
      expect(decoder.push(framed)).toEqual(decodeFraming(framed));
      decoder.finish();
    }
  });

  test("several streams do not mix", () => {
    const [one, other] = [new FramingEncoder(), new FramingEncoder({ left: 0, right: 0, threshold: 1 })];
    const first = [...one.push(utf8("the first "))];
    const second = [...other.push(utf8("abc"))];
    first.push(...one.push(utf8("of them all")), ...one.finish());
    second.push(...other.finish());
    expect(first).toEqual([...encodeFraming("the first of them all")]);
    expect(second).toEqual([...encodeFraming("abc", { left: 0, right: 0, threshold: 1 })]);
  });
});

describe("text that cannot be framed", () => {
  test.each([
    ["an FF byte", "61 ff 62", 1, "the first byte of a character, 0x00 to 0x7f or 0xc2 to 0xf4", "0xff"],
    ["a lone continuation byte", "80", 0, "the first byte of a character, 0x00 to 0x7f or 0xc2 to 0xf4", "0x80"],
    ["an overlong slash", "61 c0 af", 1, "the first byte of a character, 0x00 to 0x7f or 0xc2 to 0xf4", "0xc0"],
    ["an overlong character of three", "e0 9f bf", 1, "0xa0 to 0xbf within a character", "0x9f"],
    ["an overlong character of four", "f0 8f bf bf", 1, "0x90 to 0xbf within a character", "0x8f"],
    ["a surrogate", "ed a0 80", 1, "0x80 to 0x9f within a character", "0xa0"],
    ["a character beyond U+10FFFF", "f4 90 80 80", 1, "0x80 to 0x8f within a character", "0x90"],
    ["a letter inside a character", "e2 82 61", 2, "0x80 to 0xbf within a character", "0x61"],
    ["an FF byte inside a character", "f0 9f ff", 2, "0x80 to 0xbf within a character", "0xff"],
  ])("%s is named with its offset", (_, bytes, offset, expected, got) => {
    // At every distance from the start of a vector, and of a part.
    for (const before of [0, 1, 13, 16, 40, 70_000]) {
      const whole = new Uint8Array([...new Uint8Array(before).fill(0x41), ...fromHex(bytes)]);
      const error = { code: "invalid-field", offset: before + offset, expected, got };
      expect(attempt(() => encodeFraming(whole))).toMatchObject(error);
      expect(attempt(() => encodeParts(new FramingEncoder(), split(whole, [1, 7])))).toMatchObject(error);
    }
  });

  test.each([
    ["c3", "one more byte"],
    ["e2 82", "one more byte"],
    ["f0", "3 more bytes"],
  ])("a text that ends within a character says what is missing: %s", (bytes, expected) => {
    const whole = new Uint8Array([...utf8("the end is na"), ...fromHex(bytes)]);
    const error = { code: "truncated", offset: whole.length, expected, got: "the end" };
    expect(attempt(() => encodeFraming(whole))).toMatchObject(error);
    expect(attempt(() => decodeFraming(whole))).toMatchObject(error);
  });

  test.each([
    ["\ud800", 0, "U+D800"],
    ["é\udc00!", 2, "U+DC00"],
    ["😀\ud83d", 4, "U+D83D"],
  ])("a lone surrogate in a string is refused: %#", (content, offset, got) => {
    expect(attempt(() => encodeFraming(content))).toMatchObject({ code: "invalid-field", offset, got });
  });

  test.each([
    [{ threshold: 7 }, "threshold: expected an integer from 8 to 255, got 7"],
    [{ threshold: 256 }, "threshold: expected an integer from 8 to 255, got 256"],
    [{ left: -1 }, "left: expected an integer from 0 to 255, got -1"],
    [{ right: 1.5 }, "right: expected an integer from 0 to 255, got 1.5"],
    [{ left: 200, right: 100, threshold: 255 }, "threshold: expected an integer from 301 to 255, got 255"],
    [{ table: parseCodeTable("aeiou bcdfg hjklm npqr stv wxyz _") }, "table: expected codes of 4 bits, got 3"],
  ])("options out of range are refused: %#", (framing: FramingOptions, message) => {
    expect(() => encodeFraming("", framing)).toThrow(new RangeError(message));
    expect(() => new FramingEncoder(framing)).toThrow(new RangeError(message));
  });
});

describe("damaged framing", () => {
  test.each([
    ["61 ff", "truncated", 2, "a break", "the end"],
    ["61 ff 12 34", "truncated", 4, "a break", "the end"],
    ["61 ff ff 62", "invalid-field", 2, "a code", "0xff"],
    ["61 ff 12 f3 ff", "invalid-field", 3, "a code, or 0xff to end the run", "0xf3"],
    ["61 ff f3", "invalid-field", 2, "a code, or 0xff to end the run", "0xf3"],
    ["e2 ff 12 ff", "invalid-field", 1, "0x80 to 0xbf within a character", "0xff"],
    ["61 fe", "invalid-field", 1, "the first byte of a character, 0x00 to 0x7f or 0xc2 to 0xf4", "0xfe"],
  ])("is named with its offset: %s", (bytes, code, offset, expected, got) => {
    expect(attempt(() => decodeFraming(fromHex(bytes)))).toMatchObject({ code, offset, expected, got });
    expect(attempt(() => decodeParts(split(fromHex(bytes), [1])))).toMatchObject({ code, offset, expected, got });
  });

  test("decodes as the reference does, or stops where it does", () => {
    const damage = fc.record({
      content: text,
      flips: fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 3 }),
      cut: fc.option(fc.nat()),
    });
    const noise = fc.uint8Array({ maxLength: 60 });
    const damaged = damage.map(({ content, flips, cut }) => {
      const bytes = encodeFraming(content);
      for (const [at, flip] of flips) if (bytes.length > 0) bytes[at % bytes.length] ^= flip;
      return cut === null ? bytes : bytes.subarray(0, cut % (bytes.length + 1));
    });
    let faults = 0;
    fc.assert(
      fc.property(fc.oneof(damaged, noise), lengths, (bytes, cuts) => {
        const expected = decodeReference(bytes);
        for (const found of [
          attempt(() => [...decodeFraming(bytes)]),
          attempt(() => decodeParts(split(bytes, cuts))),
        ]) {
          if (Array.isArray(expected)) expect(found).toEqual(expected);
          else expect(found).toMatchObject({ name: "PithError", offset: expected.offset });
        }
        if (!Array.isArray(expected)) faults++;
      }),
      { seed: 33, numRuns: 800 },
    );
    expect(faults).toBeGreaterThan(200);
  });

  test("every byte that is not in the table stays what it is", () => {
    const codes = codesByByte(THESIS_TABLE);
    const others = Uint8Array.from({ length: 128 }, (_, i) => i).filter((byte) => codes[byte] === UNCODED);
    expect(encodeFraming(others)).toEqual(others);
    expect([...decodeFraming(others)]).toEqual([...others]);
  });
});

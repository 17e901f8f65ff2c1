import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import fc from "fast-check";
import { drain } from "./helpers/steps.ts";
import { estimateWords, words } from "../src/transforms/words/index.ts";
import { ENGLISH } from "../src/transforms/words/english.ts";
import { englishDictionary, installEnglish } from "../src/transforms/words/english-dictionary.ts";

installEnglish(ENGLISH);

const HASH_BYTES = 4;
const utf8 = (text: string) => new TextEncoder().encode(text);
const textOf = (...coded: Parameters<typeof words.inverse>) => drain(words.inverse(...coded));
const codesOf = (text: string) => words.forward(utf8(text)).subarray(HASH_BYTES);

function withHash(...codes: number[]): Uint8Array {
  return Uint8Array.from([...words.forward(new Uint8Array()), ...codes]);
}

function expectBack(input: Uint8Array): void {
  const coded = words.forward(input);
  expect(coded.length).toBeLessThanOrEqual(HASH_BYTES + 2 * input.length);
  expect(Buffer.compare(textOf(coded, input.length, 0), input)).toBe(0);
}

function errorOf(action: () => unknown): PithError {
  try {
    action();
  } catch (error) {
    if (error instanceof PithError) return error;
    throw error;
  }
  throw new Error("expected a PithError, got none");
}

/** The word of a slot. */
function wordAt(slot: number): string {
  const { letters, starts } = englishDictionary();
  return String.fromCharCode(...letters.subarray(starts[slot], starts[slot + 1]));
}

describe("coding words", () => {
  test("gives one byte for the most frequent words, two and three for others", () => {
    expect(codesOf("the").length).toBe(1);
    expect(codesOf("window").length).toBe(2);
    expect(codesOf("melancholy").length).toBe(3);
  });

  test("implies the space between words", () => {
    expect(codesOf("the window").length).toBe(3);
    expect(Buffer.from(codesOf("the qqxv the")).toString("latin1").slice(1, 5)).toBe("qqxv");
    expect(Buffer.from(codesOf("qqxv qqxw")).toString()).toBe("qqxv qqxw");
  });

  test("writes capitals as flags before the word", () => {
    const plain = [...codesOf("the")];
    expect([...codesOf("The")]).toEqual([0x0e, ...plain]);
    expect([...codesOf("THE")]).toEqual([0x0f, ...plain]);
    expect([...codesOf("Qqxv")]).toEqual([0x0e, ...utf8("qqxv")]);
    expect([...codesOf("tHe")]).toEqual([...utf8("tHe")]);
  });

  test("escapes a run of bytes of 0x80 and more once", () => {
    expect([...codesOf("été")]).toEqual([0x0c, ...utf8("é"), ...utf8("t"), 0x0c, ...utf8("é")]);
    expect([...codesOf("—the")]).toEqual([0x0c, ...utf8("—"), 0x0b, ...codesOf("the")]);
    expect([...codesOf("“The")]).toEqual([0x0c, ...utf8("“"), ...codesOf("The")]);
    const cyrillic = utf8("съешь ещё этих мягких французских булок да выпей чаю".repeat(20));
    expect(words.forward(cyrillic).length).toBeLessThan(1.15 * cyrillic.length);
  });

  test("escapes its own control bytes", () => {
    expect([...words.forward(Uint8Array.of(0x0b, 0x0c, 0x0d, 0x0e, 0x0f)).subarray(HASH_BYTES)]).toEqual([
      0x0c, 0x0b, 0x0c, 0x0c, 0x0d, 0x0c, 0x0e, 0x0c, 0x0f,
    ]);
  });

  test("codes the same text by the same bytes for ever", () => {
    // Golden: a change here is a change of the format.
    const text = "In the beginning God created the heaven and the earth. IT'S “GOOD” — naïve, eh?\n\tPhiladelphia 1776";
    expect(Buffer.from(words.forward(utf8(text))).toString("hex")).toBe(
      "ab519a090eb99dd09d0ed895ee999dd896b49dc5bc2e200f83270e73200ce2809c0fd39c0ce2809d200ce28094206e610cc3af0be5972c20dea53f0a090ef6809c2031373736",
    );
  });
});

describe("any bytes come back", () => {
  test("where they are nothing in particular", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), expectBack), { seed: 1, numRuns: 500 });
  });

  test("where they are words, capitals, spaces, marks, controls and bytes of 0x80 and more in any order", () => {
    const piece = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.constantFrom(..."the of and a I window Window WINDOW melancholy qqxv Qqxv QQXV tHe X".split(" ")),
      },
      { weight: 5, arbitrary: fc.constant(" ") },
      fc.constantFrom(
        "  ",
        ". ",
        ", ",
        "'s",
        "\n",
        "\r\n",
        "-",
        "&quot;",
        "1776",
        "\x0b",
        "\x0c",
        "\x0e",
        "\x0f",
        "\0",
      ),
      fc.constantFrom("é", "“", "”", "—", "日本", "ü", "😀", "ж"),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => expectBack(utf8(pieces.join("")))),
      { seed: 2, numRuns: 2000 },
    );
    const byte = fc.constantFrom(0x0b, 0x0c, 0x0e, 0x0f, 0x20, 0x41, 0x61, 0x74, 0x80, 0xc0, 0xf0, 0xff);
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 40 }), (bytes) => expectBack(Uint8Array.from(bytes))),
      { seed: 3, numRuns: 3000 },
    );
  });

  test("where they are all pairs of values", () => {
    const pairs = new Uint8Array(2 * 65536);
    for (let i = 0; i < 65536; i++) pairs.set([i >> 8, i & 255], 2 * i);
    expectBack(pairs);
  });

  test("where the text ends in the middle of anything", () => {
    const text = utf8("The “window” of naïve MELANCHOLY, \x0e qqxv Qqxv — the \x0c");
    for (let end = 0; end <= text.length; end++) expectBack(text.subarray(0, end));
  });

  test("where every word of the dictionary stands alone, with a first capital, and in capitals", () => {
    const list: string[] = [];
    for (let slot = 0; slot < 35904; slot++) list.push(wordAt(slot));
    const text = list.join(" ");
    expectBack(utf8(text));
    expectBack(utf8(text.toUpperCase()));
    expectBack(utf8(list.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(", ")));
    expect(words.forward(utf8(text)).length).toBe(HASH_BYTES + 64 + 2 * 3072 + 3 * 32768);
  });
});

describe("decoding bad data", () => {
  test("names a code that stands for no word", () => {
    const error = errorOf(() => textOf(withHash(0x41, 0xc0, 0x20), 10, 100));
    expect(error).toMatchObject({ code: "invalid-field", offset: 105, got: "c0 20" });
    expect(errorOf(() => textOf(withHash(0xf0, 0xa0, 0x80), 10, 0))).toMatchObject({
      code: "invalid-field",
      offset: 4,
    });
    expect(errorOf(() => textOf(withHash(0xf0, 0x80, 0xc0), 10, 0))).toMatchObject({
      code: "invalid-field",
      offset: 4,
    });
  });

  test("says where a code, a flag or an escape is cut off", () => {
    for (const codes of [[0xc0], [0xf0], [0xf0, 0x80], [0x0e], [0x0f], [0x0c]]) {
      expect(errorOf(() => textOf(withHash(...codes), 10, 7))).toMatchObject({
        code: "truncated",
        offset: 7 + HASH_BYTES + codes.length,
      });
    }
    expect(errorOf(() => textOf(Uint8Array.of(1, 2), 10, 7))).toMatchObject({
      code: "truncated",
      offset: 7,
      got: 2,
    });
  });

  test("refuses a flag before something else than a word", () => {
    expect(errorOf(() => textOf(withHash(0x0e, 0x20), 10, 0))).toMatchObject({
      code: "invalid-field",
      offset: 5,
      got: 0x20,
    });
    expect(errorOf(() => textOf(withHash(0x0e, 0x41), 10, 0))).toMatchObject({
      code: "invalid-field",
      got: 0x41,
    });
  });

  test("refuses another dictionary by its hash", () => {
    const coded = words.forward(utf8("the"));
    coded[0] ^= 1;
    expect(errorOf(() => textOf(coded, 3, 0))).toMatchObject({ code: "unknown-method", offset: 0 });
  });

  test("refuses a text that would be longer or shorter than it should be", () => {
    const text = "the window Melancholy qqxv, été";
    const coded = words.forward(utf8(text));
    const { length } = utf8(text);
    for (let other = 0; other <= length + 3; other++) {
      if (other !== length)
        expect(errorOf(() => textOf(coded, other, 0))).toMatchObject({ code: "invalid-field", expected: other });
    }
  });

  test("gives a PithError or the asked length for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 0, max: 200 }), (codes, length) => {
        try {
          expect(textOf(withHash(...codes), length, 0).length).toBe(length);
        } catch (error) {
          expect(error).toBeInstanceOf(PithError);
        }
      }),
      { seed: 4, numRuns: 800 },
    );
  });
});

describe("estimating what coding saves", () => {
  const prose =
    "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness. ".repeat(
      900,
    );

  test("finds that English shrinks to half or less, wherever the input is long or short", () => {
    expect(estimateWords(utf8(prose))).toBeGreaterThan(0.5);
    expect(estimateWords(utf8(prose.slice(0, 200)))).toBeGreaterThan(0.5);
  });

  test("finds nothing in other data", () => {
    expect(estimateWords(new Uint8Array())).toBe(0);
    expect(estimateWords(new Uint8Array(100_000))).toBe(0);
    expect(estimateWords(Uint8Array.from({ length: 100_000 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 24))).toBe(0);
    expect(estimateWords(utf8("ACGTTGCA".repeat(1000)))).toBe(0);
    expect(estimateWords(utf8("съешь ещё этих мягких булок ".repeat(100)))).toBe(0);
  });

  test("finds little in another language in Latin letters", () => {
    const german =
      "Wer reitet so spät durch Nacht und Wind? Es ist der Vater mit seinem Kind; er hat den Knaben wohl in dem Arm. ";
    expect(estimateWords(utf8(german.repeat(20)))).toBeLessThan(0.3);
  });
});

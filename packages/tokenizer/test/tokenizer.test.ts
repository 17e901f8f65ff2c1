import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { defaultVocabularySize, Tokenizer, trainTokenizer } from "../src/index.ts";
import { slowMerges, slowTokens } from "./reference.ts";
import { prose } from "./prose.ts";

const text = (string: string) => new TextEncoder().encode(string);
const strings = (tokenizer: Tokenizer) =>
  Array.from({ length: tokenizer.size }, (_, token) => new TextDecoder().decode(tokenizer.bytesOf(token)));

/** Bytes of few kinds, so that pairs repeat and overlap. */
const repetitive = fc
  .array(fc.integer({ min: 97, max: 100 }), { maxLength: 300 })
  .map((bytes) => Uint8Array.from(bytes));

describe("training", () => {
  test("merges the most frequent pair first, the smaller one among equals", () => {
    expect(strings(trainTokenizer(text("abcabcabcabc-abab"), { vocabularySize: 6 }))).toEqual([
      "-",
      "a",
      "b",
      "c",
      "ab",
      "abc",
    ]);
  });

  test("learns what a slow one that counts everything anew after each merge learns", () => {
    fc.assert(
      fc.property(repetitive, fc.integer({ min: 1, max: 40 }), (bytes, vocabularySize) => {
        const { vocabulary } = trainTokenizer(bytes, { vocabularySize });
        expect(vocabulary.merges).toEqual(slowMerges(bytes, vocabularySize));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test("stops where no pair occurs four times", () => {
    expect(trainTokenizer(text("ababab"), { vocabularySize: 100 }).size).toBe(2);
    expect(trainTokenizer(text("abababab"), { vocabularySize: 100 }).size).toBe(3);
  });

  test("makes no token longer than 64 bytes", () => {
    const tokenizer = trainTokenizer(new Uint8Array(20_000), { vocabularySize: 500 });
    expect(Math.max(...strings(tokenizer).map((string) => string.length))).toBe(64);
  });

  test("of an empty input gives an empty vocabulary", () => {
    const tokenizer = trainTokenizer(new Uint8Array());
    expect(tokenizer.size).toBe(0);
    expect(tokenizer.decode(tokenizer.encode(new Uint8Array()))).toEqual(new Uint8Array());
  });

  test("by default makes 150 to 1500 tokens, as the input's size", () => {
    expect([0, 1000, 40_000, 100_000, 1_000_000, 10 ** 9].map(defaultVocabularySize)).toEqual([
      150, 150, 300, 474, 1500, 1500,
    ]);
  });

  test.each([0, 65_537, 1.5])("refuses a vocabulary of %s tokens", (vocabularySize) => {
    expect(() => trainTokenizer(text("a"), { vocabularySize })).toThrow(
      new RangeError(`vocabularySize: expected an integer from 1 to 65536, got ${vocabularySize}`),
    );
  });

  test("takes time that grows about as its input does", () => {
    // Work, not time: the merges of twice the text change about twice as many places.
    const merged = (length: number) =>
      length - trainTokenizer(prose(length), { vocabularySize: 300 }).encode(prose(length)).length;
    expect(merged(40_000) / merged(20_000)).toBeLessThan(2.2);
  });
});

describe("encoding", () => {
  test("any bytes come back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.integer({ min: 1, max: 600 }), (bytes, vocabularySize) => {
        const tokenizer = trainTokenizer(bytes, { vocabularySize });
        expect(tokenizer.decode(tokenizer.encode(bytes))).toEqual(bytes);
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  test("applies all merges, each from left to right, in the order in which they were learnt", () => {
    fc.assert(
      fc.property(repetitive, repetitive, (learnt, other) => {
        const known = new Set(learnt);
        const bytes = other.filter((byte) => known.has(byte));
        const tokenizer = trainTokenizer(learnt, { vocabularySize: 30 });
        expect([...tokenizer.encode(bytes)]).toEqual(slowTokens(bytes, tokenizer.vocabulary));
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  test("goes on over the end of a segment", () => {
    const bytes = new Uint8Array(2 ** 20 + 3).fill(97);
    const tokenizer = trainTokenizer(bytes.subarray(0, 100), { vocabularySize: 2 });
    const tokens = tokenizer.encode(bytes);
    expect(tokens.length).toBe(2 ** 19 + 2);
    expect(tokenizer.decode(tokens)).toEqual(bytes);
  });

  test("halves prose and more", () => {
    const bytes = prose(50_000);
    expect(trainTokenizer(bytes, { vocabularySize: 500 }).encode(bytes).length).toBeLessThan(bytes.length / 2);
  });

  test("names a byte that the vocabulary lacks, and its place", () => {
    expect(() => trainTokenizer(text("ab")).encode(text("abc"))).toThrow(
      new RangeError("bytes: expected bytes of the vocabulary, got 99 at 2"),
    );
  });
});

describe("decoding", () => {
  const tokenizer = trainTokenizer(text("abababab"));

  test("refuses a token that is not in the vocabulary", () => {
    expect(() => tokenizer.decode([0, 3], { offset: 7 })).toThrow(
      expect.objectContaining({ code: "invalid-field", offset: 7, expected: "below 3", got: 3 }),
    );
  });

  test("refuses more bytes than allowed before it takes memory for them", () => {
    expect(() => tokenizer.decode([2, 2], { maximumLength: 3 })).toThrow(
      expect.objectContaining({ code: "memory-limit", expected: "at most 3", got: 4 }),
    );
  });

  test("knows what each token stands for", () => {
    expect(tokenizer.bytesOf(2)).toEqual(text("ab"));
    expect(() => tokenizer.bytesOf(3)).toThrow(new RangeError("token: expected an integer from 0 to 2, got 3"));
  });
});

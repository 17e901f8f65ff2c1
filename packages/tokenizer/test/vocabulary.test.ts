import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { AdaptiveModel, RangeEncoder } from "@pith/entropy";
import fc from "fast-check";
import { readVocabulary, Tokenizer, trainTokenizer, writeVocabulary } from "../src/index.ts";
import { prose } from "./prose.ts";

const learnt = trainTokenizer(prose(20_000), { vocabularySize: 80 }).vocabulary;
const stored = writeVocabulary(learnt);

describe("a stored vocabulary", () => {
  test("comes back", () => {
    expect(readVocabulary(stored)).toEqual(learnt);
  });

  test("of any input comes back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const { vocabulary } = trainTokenizer(bytes, { vocabularySize: 500 });
        expect(readVocabulary(writeVocabulary(vocabulary))).toEqual(vocabulary);
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  test("takes about two bytes a merge", () => {
    expect(stored.length).toBeLessThan(20 + 2.2 * learnt.merges.length);
  });

  test("is the same bytes on every machine", () => {
    const { vocabulary } = trainTokenizer(
      new TextEncoder().encode("she sells sea shells by the sea shore, she sells, she sells"),
    );
    expect(Buffer.from(writeVocabulary(vocabulary)).toString("hex")).toMatchInlineSnapshot(
      `"710d44d86e8db40e0339912f2d22ebf3d693262c"`,
    );
  });

  test("with too many tokens is refused", () => {
    const merges = Array.from({ length: 65_536 }, () => ({ left: 0, right: 0 }));
    expect(() => writeVocabulary({ bytes: [97], merges })).toThrow(
      new RangeError("vocabulary: expected at most 65536 tokens, got 65537"),
    );
  });
});

describe("a damaged vocabulary", () => {
  /** Reads it; whatever is accepted must be a vocabulary that works. */
  const attempt = (bytes: Uint8Array) => {
    try {
      const tokenizer = new Tokenizer(readVocabulary(bytes, 100));
      for (let token = 0; token < tokenizer.size; token++)
        expect(tokenizer.bytesOf(token).length).toBeLessThanOrEqual(64);
      return "accepted";
    } catch (error) {
      expect(error).toBeInstanceOf(PithError);
      expect((error as PithError).offset).toBeGreaterThanOrEqual(100);
      return (error as PithError).code;
    }
  };

  test("that was cut is an error or another vocabulary", () => {
    for (let length = 0; length < stored.length; length++) {
      const cut = stored.subarray(0, length);
      if (attempt(cut) === "accepted") expect(readVocabulary(cut)).not.toEqual(learnt);
    }
    expect(attempt(stored.subarray(0, stored.length - 20))).toBe("truncated");
  });

  test("with one bit flipped is an error or another vocabulary", () => {
    for (let bit = 0; bit < stored.length * 8; bit++) {
      const damaged = stored.slice();
      damaged[bit >> 3] ^= 1 << (bit & 7);
      attempt(damaged);
    }
    expect.hasAssertions();
  });

  test("that is noise is an error or another vocabulary", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void attempt(bytes)),
      { seed: 5, numRuns: 500 },
    );
  });

  test("with bytes behind it is an error", () => {
    expect(attempt(Uint8Array.of(...stored, 0))).toBe("trailing-data");
  });

  test("of a token that doubles without end is an error", () => {
    const merges = Array.from({ length: 7 }, (_, i) => ({ left: i, right: i }));
    expect(() => readVocabulary(writeVocabulary({ bytes: [97], merges }))).toThrow(
      expect.objectContaining({ code: "invalid-field", expected: "at most 64 bytes", got: 128 }),
    );
  });

  test("with a merge of a token that does not exist is an error", () => {
    // An alphabet of one byte, and a merge of its second.
    const encoder = new RangeEncoder();
    const present = [new AdaptiveModel(2), new AdaptiveModel(2)];
    for (let byte = 0; byte < 256; byte++) encoder.encodeAdaptive(present[byte === 98 ? 1 : 0], byte === 97 ? 1 : 0);
    encoder.encode(1, 1, 65_536);
    for (let side = 0; side < 2; side++) encoder.encodeAdaptive(new AdaptiveModel(2), 1);
    expect(() => readVocabulary(encoder.finish())).toThrow(
      expect.objectContaining({ code: "invalid-field", expected: "below 1", got: 1 }),
    );
  });
});

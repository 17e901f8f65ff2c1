import { expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import fc from "fast-check";
import { KERNELS } from "../src/generated/kernels.ts";
import { decodeWords } from "../src/transforms/words/decode.ts";
import { ENGLISH } from "../src/transforms/words/english.ts";
import { englishDictionary, installEnglish } from "../src/transforms/words/english-dictionary.ts";
import { words } from "../src/transforms/words/index.ts";
import { restoreWords } from "../src/transforms/words/restore.ts";
import { drain } from "./helpers/steps.ts";

installEnglish(ENGLISH);
const dictionary = englishDictionary();
const HASH_BYTES = 4;

type Decode = typeof decodeWords;

const restore: Decode = (...codes) => restoreWords(KERNELS.words, ...codes);

/** The text of codes, or what is said of them. */
function outcome(decode: Decode, codes: Uint8Array, length: number): Uint8Array | object {
  try {
    return drain(decode(codes, 0, length, 9, dictionary));
  } catch (error) {
    if (!(error instanceof PithError)) throw error;
    const { code, offset, message } = error;
    return { code, offset, message };
  }
}

const byte = fc.oneof(
  fc.integer({ min: 0, max: 255 }),
  fc.constantFrom(0x0b, 0x0c, 0x0e, 0x0f, 0x20, 0x41, 0x61, 0x74, 0x80, 0xc0, 0xf0, 0xff),
);

test("the kernel of words gives what the plain decoder gives, whatever the codes are", () => {
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 30 }), fc.integer({ min: -2, max: 2 }), (bytes, more) => {
      const codes = Uint8Array.from(bytes);
      let length = 0;
      for (; length < 300; length++) if (outcome(decodeWords, codes, length) instanceof Uint8Array) break;
      const wanted = Math.max(0, length + more);
      expect(outcome(restore, codes, wanted)).toEqual(outcome(decodeWords, codes, wanted));
    }),
    { seed: 21, numRuns: 150 },
  );
});

test.each([
  ["letters that go on", "Qx".repeat(90_000)],
  ["capitals that go on", "QXV".repeat(50_000)],
  ["the longest words", "Internationalization responsibilities ".repeat(9000)],
  ["what is no word", "\u00e9\u000c \u000e9".repeat(20_000)],
])("the kernel of words goes on where a slice ends, in %s", (_, text) => {
  for (let shift = 0; shift < 5; shift++) {
    const content = new TextEncoder().encode(`${"z".repeat(shift)}${text}`);
    const codes = words.forward(content).subarray(HASH_BYTES);
    expect(Buffer.compare(drain(restore(codes, 0, content.length, 0, dictionary)), content)).toBe(0);
  }
});

/**
 * The `words` transform: replaces the words of English text by codes of one to three bytes, which leaves about half of
 * its bytes to the method behind it. Codes are close where words are used alike, so that their first bits tell a
 * context-mixing model what kind of word comes. Any bytes come back exactly.
 */
import { PithError } from "@pith/core";
import { finish } from "@pith/core/steps";
import { KERNELS } from "../../generated/kernels.ts";
import type { BlockTransform } from "../transform.ts";
import { encodeWords } from "./encode.ts";
import { loadEnglish } from "./english-dictionary.ts";
import { restoreWords } from "./restore.ts";

export { loadEnglish } from "./english-dictionary.ts";
export { estimateWords, mayHaveWords } from "./estimate.ts";

/** Bytes of the dictionary's hash, which come first. */
const HASH_BYTES = 4;

function* codeWords(input: Uint8Array): Generator<number, Uint8Array> {
  const dictionary = yield* loadEnglish();
  const codes = yield* encodeWords(input, dictionary);
  const output = new Uint8Array(HASH_BYTES + codes.length);
  new DataView(output.buffer).setUint32(0, dictionary.hash, true);
  output.set(codes, HASH_BYTES);
  return output;
}

export const words = {
  id: 2,
  name: "words",

  kernels: [KERNELS.words],

  forward: (input) => finish(codeWords(input)),
  steps: codeWords,

  *inverse(input, length, offset) {
    if (input.length < HASH_BYTES) {
      throw new PithError("truncated", "coded words have no dictionary hash", {
        offset,
        expected: `${HASH_BYTES} bytes`,
        got: input.length,
      });
    }
    const dictionary = yield* loadEnglish();
    const hash = new DataView(input.buffer, input.byteOffset).getUint32(0, true);
    if (hash !== dictionary.hash) {
      throw new PithError("unknown-method", "this program does not have the block's dictionary", {
        offset,
        expected: `dictionary ${hex(dictionary.hash)}`,
        got: hex(hash),
      });
    }
    return yield* restoreWords(input, HASH_BYTES, length, offset, dictionary);
  },
} satisfies BlockTransform;

function hex(hash: number): string {
  return hash.toString(16).padStart(8, "0");
}

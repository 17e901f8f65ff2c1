/**
 * The `words` transform: replaces the words of English text by codes of one to three bytes, which leaves about half of
 * its bytes to the method behind it. Codes are close where words are used alike, so that their first bits tell a
 * context-mixing model what kind of word comes. Any bytes come back exactly.
 */
import { finish } from "@pith/core/steps";
import { KERNELS } from "../../generated/kernels.ts";
import type { BlockTransform } from "../transform.ts";
import { HASH_BYTES, wordsDecoder } from "./decoder.ts";
import { encodeWords, type OnUnit } from "./encode.ts";
import { loadEnglish } from "./english-dictionary.ts";

export { firstWords } from "./first-words.ts";
export { loadEnglish } from "./english-dictionary.ts";
export { estimateWords, mayHaveWords } from "./estimate.ts";

/** @param onUnit told of places in what comes out, the dictionary's hash before the codes included */
export function* codeWords(input: Uint8Array, onUnit?: OnUnit): Generator<number, Uint8Array> {
  const dictionary = yield* loadEnglish();
  const behindHash = onUnit && ((text: number, codes: number): void => onUnit(text, HASH_BYTES + codes));
  const codes = yield* encodeWords(input, dictionary, behindHash);
  const output = new Uint8Array(HASH_BYTES + codes.length);
  new DataView(output.buffer).setUint32(0, dictionary.hash, true);
  output.set(codes, HASH_BYTES);
  return output;
}

export const words = {
  ...wordsDecoder(KERNELS.words),
  kernels: [KERNELS.words],
  forward: (input) => finish(codeWords(input)),
  steps: (input) => codeWords(input),
} satisfies BlockTransform;

import { PithError, type Kernel } from "@pith/core";
import type { WordsKernel } from "../../generated/words-exports.ts";
import type { Transform } from "../transform.ts";
import { loadEnglish } from "./english-dictionary.ts";
import { restoreWords } from "./restore.ts";

/** Bytes of the dictionary's hash, which come first. */
export const HASH_BYTES = 4;

/** The half of the transform that gives back text, in steps. */
interface WordsDecoder extends Transform {
  inverse(input: Uint8Array, length: number, offset: number): Generator<number, Uint8Array>;
}

/** That half, with a kernel that does it. The dictionary has to be installed. */
export function wordsDecoder(kernel: Kernel<WordsKernel>): WordsDecoder {
  return {
    id: 2,
    name: "words",

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
      return yield* restoreWords(kernel, input, HASH_BYTES, length, offset, dictionary);
    },
  };
}

function hex(hash: number): string {
  return hash.toString(16).padStart(8, "0");
}

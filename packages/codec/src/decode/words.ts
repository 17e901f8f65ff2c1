/** What words take, the dictionary too: one import, for files that have them. */
import { compileKernel } from "@pith/core";
import { kernel } from "#kernels/words";
import { wordsDecoder } from "../transforms/words/decoder.ts";
import { ENGLISH } from "../transforms/words/english.ts";
import { installEnglish } from "../transforms/words/english-dictionary.ts";
import type { Transform } from "../transforms/transform.ts";

/** The transform that gives back words, once its kernel is compiled. @throws KernelError */
export async function loadWordsDecoder(): Promise<Transform> {
  installEnglish(ENGLISH);
  await compileKernel(kernel);
  return wordsDecoder(kernel);
}

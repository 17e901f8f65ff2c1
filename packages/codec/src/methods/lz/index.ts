import { KERNELS } from "../../generated/kernels.ts";
import type { Method, TableOptions } from "../method.ts";
import { encodeBest } from "./best.ts";
import { decodingMemory, lzDecoder } from "./decoder.ts";
import { encodeLz, encodingMemory } from "./encode.ts";
import { lzParameters, type LzParameters } from "./parameters.ts";
import { strengthOf } from "./strengths.ts";

export { lzParameters } from "./parameters.ts";
export { strengthOf } from "./strengths.ts";

/** What was there before is copied; the rest are literals. All under adaptive distributions: quick to decode. */
export const lz: Method<LzParameters, "lz"> = {
  ...lzDecoder(KERNELS.lz),
  choose: ({ length }, level, options?: TableOptions) =>
    lzParameters("binary", strengthOf(level, length, options?.halvings))[0],
  memoryAt: (length, level, options?: TableOptions) =>
    Math.max(
      decodingMemory(length, { literalsBy: "pair" }),
      encodingMemory(length, { strength: strengthOf(level, length, options?.halvings) }),
    ),
  kernels: () => [KERNELS.lz],
  encodeBlock: encodeLz,
  encodeBest,
};

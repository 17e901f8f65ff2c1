/**
 * The method `ppm`: prediction by partial matching. It asks one context at a time, the longest first, where context mixing
 * asks all of them about every bit: its files are a little larger, and made and read several times as fast.
 */
import { KERNELS } from "../../generated/kernels.ts";
import type { Method, TableOptions } from "../method.ts";
import { ppmDecoder } from "./decoder.ts";
import { encodePpm } from "./encode.ts";
import { ppmParameters, type PpmParameters } from "./parameters.ts";

const decoder = ppmDecoder(KERNELS.ppm);

/** Prediction by partial matching: the longest context that came before foretells the next byte. */
export const ppm: Method<PpmParameters, "ppm"> = {
  ...decoder,
  kernels: () => [KERNELS.ppm],
  choose: ({ length }, level, options?: TableOptions) => ppmParameters(length, level, options),
  memoryAt: (length, level, options?: TableOptions) => decoder.memory(ppmParameters(length, level, options), length),
  encodeBlock: encodePpm,
};

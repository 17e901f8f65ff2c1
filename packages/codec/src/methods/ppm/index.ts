/**
 * The method `ppm`: prediction by partial matching. It asks one context at a time, the longest first, where context mixing
 * asks all of them about every bit: its files are a little larger, and made and read several times as fast.
 */
import { KERNELS } from "../../generated/kernels.ts";
import type { Method, TableOptions } from "../method.ts";
import { decodePpm, encodePpm, kernelMemory } from "./kernel.ts";
import { arenaBytes, ppmParameters, readPpmParameters, writePpmParameters, type PpmParameters } from "./parameters.ts";

function memory({ arena }: PpmParameters, length: number): number {
  return kernelMemory(length, arenaBytes(arena)) + 2 * length;
}

/** Prediction by partial matching: the longest context that came before foretells the next byte. */
export const ppm: Method<PpmParameters, "ppm"> = {
  id: 8,
  name: "ppm",
  kernels: () => [KERNELS.ppm],
  choose: ({ length }, level, options?: TableOptions) => ppmParameters(length, level, options),
  memoryAt: (length, level, options?: TableOptions) => memory(ppmParameters(length, level, options), length),
  writeParameters: writePpmParameters,
  readParameters: readPpmParameters,
  memory,
  encodeBlock: (input, parameters) => encodePpm(input, parameters),
  decodeBlock: (payload, length, parameters, offset) => decodePpm(payload, length, parameters, offset),
};

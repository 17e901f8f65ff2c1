import { checkInteger, instantiateKernel } from "@pith/core";
import { kernel } from "#kernels/generator";
import { RANDOM, STRUCTURED, TEXT, WEIGHTS } from "../generated/generator-exports.ts";

/**
 * Kinds of data to analyse: `random` bytes; `structured` records that repeat on three scales, aligned to 1000, 100 and
 * 10 bytes; `text` of made-up words as often as Zipf's law has it; `weights`, normally distributed f32.
 */
export const DATA_KINDS = ["random", "structured", "text", "weights"] as const;
export type DataKind = (typeof DATA_KINDS)[number];

const NUMBERS: Readonly<Record<DataKind, number>> = {
  random: RANDOM,
  structured: STRUCTURED,
  text: TEXT,
  weights: WEIGHTS,
};

/**
 * Generates data faster than it can be analysed (above 1 GB/s), the same on every machine.
 *
 * @param size bytes
 * @param seed an integer from 0 to 2^53 − 1
 * @returns chunks of up to 1 MiB; each is written over when the next is asked for
 * @throws RangeError for other sizes, seeds or kinds
 */
export function* generateData(kind: DataKind, size: number, seed = 1): Generator<Uint8Array<ArrayBuffer>, void> {
  if (!DATA_KINDS.includes(kind)) throw new RangeError(`kind: expected one of ${DATA_KINDS.join(", ")}, got ${kind}`);
  for (const [name, value] of Object.entries({ size, seed })) {
    checkInteger(name, value, 0);
  }
  const generator = instantiateKernel(kernel);
  generator.start(NUMBERS[kind], seed);
  const chunk = new Uint8Array(generator.memory.buffer, generator.chunkAddress(), generator.chunkLength());
  for (let left = size; left > 0; left -= chunk.length) {
    generator.next();
    yield chunk.subarray(0, left);
  }
}

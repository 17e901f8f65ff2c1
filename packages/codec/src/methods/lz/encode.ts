import { view, withKernel } from "@pith/core/coding";
import { concatenate } from "@pith/core/bytes";
import { KERNELS } from "../../generated/kernels.ts";
import { kernelModel, type LzParameters } from "./parameters.ts";
import { strengthOf, tableBits } from "./strengths.ts";

/** Bytes of the kernel's static data, model and buffers of a run, at most, and what WebAssembly's pages round up to. */
const ENCODING = 3 * 2 ** 20;
/** Bytes of a place in the tables of the encoder. */
const PLACE = 8;

/** Bytes of memory that encoding takes, without content and payload outside of the kernel. */
export function encodingMemory(
  length: number,
  { strength = strengthOf(1, length) }: Pick<LzParameters, "strength">,
): number {
  const tables = strength.places8 === 0 ? 1 : 2;
  return ENCODING + length + (tables * PLACE + 1) * 2 ** tableBits(length, strength);
}

/** @yields bytes done so far */
export function encodeLz(input: Uint8Array, parameters: LzParameters): Generator<number, Uint8Array> {
  return withKernel(KERNELS.lz, encodingMemory(input.length, parameters), function* (kernel) {
    const { strength = strengthOf(1, input.length) } = parameters;
    const { places4, places8, nice } = strength;
    const { shortest = 3 } = parameters;
    const bits = tableBits(input.length, strength);
    kernel.startEncoding(input.length, ...kernelModel(parameters), bits, places4, places8, nice, shortest);
    view(kernel, kernel.contentAddress(), input.length).set(input);
    yield 0;
    const runs: Uint8Array[] = [];
    for (;;) {
      const count = kernel.encodeRun();
      if (count === 0) return concatenate(runs);
      runs.push(view(kernel, kernel.codedAddress(), count).slice());
      yield kernel.encodedLength();
    }
  });
}

import { encodeSlices, view, withKernel } from "@pith/core/coding";
import { KERNELS } from "../../generated/kernels.ts";
import { FIRST_SLICE, kernelMemory } from "./memory.ts";
import { arenaBytes, type PpmParameters } from "./parameters.ts";

/** @yields bytes done so far */
export function encodePpm(input: Uint8Array, parameters: PpmParameters): Generator<number, Uint8Array> {
  const { length } = input;
  const arena = arenaBytes(parameters.arena);
  return withKernel(KERNELS.ppm, kernelMemory(length, arena), function* (kernel) {
    kernel.start(length, parameters.order, arena);
    yield 0;
    return yield* encodeSlices(kernel, { count: length, first: FIRST_SLICE }, (done, count) => {
      view(kernel, kernel.contentAddress() + done, count).set(input.subarray(done, done + count));
      return kernel.encode(count);
    });
  });
}

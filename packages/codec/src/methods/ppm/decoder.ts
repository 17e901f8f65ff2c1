import type { Kernel } from "@pith/core";
import { decodeSlices, view, withKernel } from "@pith/core/coding";
import type { PpmDecodeKernel } from "../../generated/ppm-decode-exports.ts";
import type { MethodDecoder } from "../method.ts";
import { FIRST_SLICE, kernelMemory } from "./memory.ts";
import { arenaBytes, readPpmParameters, writePpmParameters, type PpmParameters } from "./parameters.ts";

/** The half of the method that decodes, with a kernel that does. */
export function ppmDecoder(kernel: Kernel<PpmDecodeKernel>): MethodDecoder<PpmParameters, "ppm"> {
  return {
    id: 8,
    name: "ppm",
    writeParameters: writePpmParameters,
    readParameters: readPpmParameters,
    memory: ({ arena }, length) => kernelMemory(length, arenaBytes(arena)) + 2 * length,
    decodeBlock: (payload, length, { order, arena }, offset) =>
      withKernel(kernel, kernelMemory(length, arenaBytes(arena)), function* (instance) {
        instance.start(length, order, arenaBytes(arena));
        yield 0;
        const content = new Uint8Array(length);
        const coded = { bytes: payload, offset, name: "coded bytes" };
        yield* decodeSlices(instance, { count: length, first: FIRST_SLICE }, coded, (done, count) => {
          const used = instance.decode(count);
          content.set(view(instance, instance.contentAddress() + done, count), done);
          return used;
        });
        return content;
      }),
  };
}

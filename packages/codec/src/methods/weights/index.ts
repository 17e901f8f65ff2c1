import { checksum } from "../../bytes/checksum.ts";
import { KERNELS } from "../../generated/kernels.ts";
import type { Method } from "../method.ts";
import { weightsDecoder } from "./decoder.ts";
import { encodeWeights } from "./encode.ts";
import { weightsMemory, type WeightsOptions, type WeightsParameters } from "./parameters.ts";

/** Values of tensors: sign, exponent and mantissa apart, each by planes of bytes. */
export const weights: Method<WeightsParameters, "weights"> = {
  ...weightsDecoder(KERNELS.weights),
  inSpare: true,
  choose: (_, level, { values: runs, base }: WeightsOptions = {}) => {
    const effort = level === 1 ? 1 : 2;
    const fields = runs?.length === 1 ? runs[0].fields : undefined;
    if (base === undefined && fields !== undefined) return { model: "blocks", effort, runs, fields };
    if (base === undefined) return { model: "tables", effort, runs };
    return { model: "differences", effort, runs, base: { ...base, checksum: checksum(base.bytes, 0) } };
  },
  memoryAt: weightsMemory,
  kernels: () => [KERNELS.weights],
  encodeBlock: encodeWeights,
};

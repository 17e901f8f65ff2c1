import { KERNELS } from "../../generated/kernels.ts";
import type { Method } from "../method.ts";
import { weightsDecoder } from "./decoder.ts";
import { encodeWeights } from "./encode.ts";
import { weightsMemory, type WeightsOptions, type WeightsParameters } from "./parameters.ts";

/** Values of tensors: sign, exponent and mantissa apart, each by planes of bytes. */
export const weights: Method<WeightsParameters, "weights"> = {
  ...weightsDecoder(KERNELS.weights),
  inSpare: true,
  choose: (_, level, options: WeightsOptions = {}) => ({
    model: "tables",
    effort: level === 1 ? 1 : 2,
    runs: options.values,
  }),
  memoryAt: weightsMemory,
  kernels: () => [KERNELS.weights],
  encodeBlock: encodeWeights,
};

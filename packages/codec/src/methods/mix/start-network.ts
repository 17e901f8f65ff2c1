import { view } from "@pith/core/coding";
import type { MixKernel } from "../../generated/mix-exports.ts";

/**
 * Starts the network of a kernel from trained weights.
 *
 * @throws RangeError if the weights are those of another network
 */
export function startNetwork(kernel: MixKernel, weights: Uint8Array): void {
  const length = kernel.networkLength();
  if (weights.length !== length) {
    throw new RangeError(`network: expected ${length} bytes of weights, got ${weights.length}`);
  }
  view(kernel, kernel.networkAddress(), length).set(weights);
  kernel.takeNetwork();
}

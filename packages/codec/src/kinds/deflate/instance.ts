import { instantiateKernel } from "@pith/core";
import { KERNELS } from "../../generated/kernels.ts";
import type { DeflateKernel } from "../../generated/deflate-exports.ts";

/** Bytes of memory of an instance that is kept for the next block. */
const MOST_KEPT = 2 ** 25;

/** An instance that waits: engines reserve addresses for each, and take their time to give them back. */
let waiting: DeflateKernel | undefined;

/** An instance of the kernel, new or one that waits. Starting it forgets all that was. */
export function takeInstance(): DeflateKernel {
  const instance = waiting ?? instantiateKernel(KERNELS.deflate);
  waiting = undefined;
  return instance;
}

/** Says that an instance, in which nothing failed, is of no more use to the one who took it. */
export function giveInstance(instance: DeflateKernel): void {
  if (instance.memory.buffer.byteLength <= MOST_KEPT) waiting = instance;
}

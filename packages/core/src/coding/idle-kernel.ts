import { instantiateKernel, type Kernel } from "./kernel.ts";
import type { KernelExports } from "./kernel-forms.ts";

/**
 * The instance that waits for the next block. There is one for all methods, since it keeps the memory that its last block
 * took: a thread so has the memory of one block, whatever methods its blocks are of.
 */
let idle: { readonly embedded: Kernel; readonly kernel: KernelExports } | undefined;

/** One that is so many times larger than the block needs is let go. */
const MOST_SLACK = 4;

/**
 * An instance of a kernel, new or one that {@link giveKernel} was given.
 *
 * @param memory bytes that the block is expected to take
 */
export function takeKernel<Instance extends KernelExports>(embedded: Kernel<Instance>, memory: number): Instance {
  const waiting = idle;
  idle = undefined;
  const fits = waiting?.embedded === embedded && waiting.kernel.memory.buffer.byteLength <= MOST_SLACK * memory;
  return fits ? (waiting.kernel as Instance) : instantiateKernel(embedded);
}

/** An instance is let go when it was not needed for so long. */
const IDLE_MILLISECONDS = 5000;

let timer: unknown;

/** Says that an instance is of no more use to the one who took it. */
export function giveKernel(embedded: Kernel, kernel: KernelExports): void {
  idle = { embedded, kernel };
  clearTimeout(timer as number | undefined);
  timer = setTimeout(() => (idle = undefined), IDLE_MILLISECONDS);
  // Of Node, where a timer keeps the process alive.
  (timer as { unref?(): void }).unref?.();
}

import { instantiateKernel, type Kernel } from "./kernel.ts";

/** An instance of any kernel. */
interface AnyInstance {
  readonly memory: WebAssembly.Memory;
}

/**
 * The instance that waits for the next block. There is one for all methods, since it keeps the memory that its last block
 * took: a thread so has the memory of one block, whatever methods its blocks are of.
 */
let idle: { readonly embedded: Kernel; readonly kernel: AnyInstance } | undefined;

/** One that is so many times larger than the block needs is let go. */
const MOST_SLACK = 4;

/**
 * An instance of a kernel, new or one that {@link giveKernel} was given.
 *
 * @param memory bytes that the block is expected to take
 */
// The caller knows what the kernel exports.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function takeKernel<Instance extends AnyInstance>(embedded: Kernel, memory: number): Instance {
  const waiting = idle;
  idle = undefined;
  const fits = waiting?.embedded === embedded && waiting.kernel.memory.buffer.byteLength <= MOST_SLACK * memory;
  return fits ? (waiting.kernel as Instance) : instantiateKernel<Instance>(embedded);
}

/** Says that an instance is of no more use to the one who took it. */
export function giveKernel(embedded: Kernel, kernel: AnyInstance): void {
  idle = { embedded, kernel };
}

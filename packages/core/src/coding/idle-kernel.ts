import { instantiateKernel, type Kernel } from "../kernel.ts";
import type { KernelExports } from "../kernel-forms.ts";

/** An instance that waits for the next block. */
interface Idle {
  readonly embedded: Kernel;
  readonly kernel: KernelExports;
}

/**
 * Those of all methods, the latest last. Each keeps the memory that its last block took, so there is one, or several that
 * are small: the parts of a block take turns. A thread so has the memory of one block, whatever methods its blocks are of.
 */
let idle: readonly Idle[] = [];

/** Bytes that several may have together. */
const MOST_KEPT = 2 ** 24;
/** One that is so many times larger than the block needs is let go. */
const MOST_SLACK = 4;

/**
 * An instance of a kernel, new or one that {@link giveKernel} was given.
 *
 * @param memory bytes that the block is expected to take
 */
export function takeKernel<Instance extends KernelExports>(embedded: Kernel<Instance>, memory: number): Instance {
  const found = idle.find((waiting) => waiting.embedded === embedded);
  idle = small(idle.filter((waiting) => waiting !== found));
  const fits = found !== undefined && bytesOf(found) <= MOST_SLACK * memory;
  return fits ? (found.kernel as Instance) : instantiateKernel(embedded);
}

/** An instance is let go when it was not needed for so long. */
const IDLE_MILLISECONDS = 5000;

let timer: unknown;

/** Says that an instance is of no more use to the one who took it. */
export function giveKernel(embedded: Kernel, kernel: KernelExports): void {
  const given = { embedded, kernel };
  idle = [
    ...small(
      idle.filter((waiting) => waiting.embedded !== embedded),
      MOST_KEPT - bytesOf(given),
    ),
    given,
  ];
  clearTimeout(timer as number | undefined);
  timer = setTimeout(() => (idle = []), IDLE_MILLISECONDS);
  // Of Node, where a timer keeps the process alive.
  (timer as { unref?(): void }).unref?.();
}

function bytesOf({ kernel }: Idle): number {
  return kernel.memory.buffer.byteLength;
}

/** The latest of them that have no more memory together. */
function small(instances: readonly Idle[], most = MOST_KEPT): readonly Idle[] {
  let sum = 0;
  const kept = [...instances].reverse().filter((waiting) => (sum += bytesOf(waiting)) <= most);
  return kept.reverse();
}

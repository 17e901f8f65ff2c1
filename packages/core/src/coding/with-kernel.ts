import { PithError } from "../error.ts";
import type { Kernel } from "../kernel.ts";
import type { KernelExports } from "../kernel-forms.ts";
import type { Steps } from "../steps/steps.ts";
import { giveKernel, takeKernel } from "./idle-kernel.ts";

/** A kernel that forgets one block before it starts the next. */
export interface BlockKernel extends KernelExports {
  /** Zeroes at most so many bytes of those that are not needed any more; returns how many are left. */
  clearMemory(most: number): number;
}

/** Bytes that are zeroed in a step: a tenth of a millisecond. */
const CLEARED_AT_ONCE = 2 ** 20;

/**
 * Work in steps with an instance of a kernel, which is given back when the work is done, and also when bad data or whoever
 * takes the steps ends it: a kernel forgets everything when it is started, wherever it was. An instance in which anything
 * else fails is let go.
 *
 * @param memory bytes that the work is expected to take
 */
export function* withKernel<Instance extends BlockKernel, Result>(
  kernel: Kernel<Instance>,
  memory: number,
  work: (instance: Instance) => Steps<Result>,
): Steps<Result> {
  const instance = takeKernel(kernel, memory);
  let isSound = true;
  try {
    while (instance.clearMemory(CLEARED_AT_ONCE) !== 0) yield 0;
    return yield* work(instance);
  } catch (error) {
    isSound = error instanceof PithError;
    throw error;
  } finally {
    if (isSound) giveKernel(kernel, instance);
  }
}

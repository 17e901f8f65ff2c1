import { instantiateKernel } from "@pith/core";
import { kernel as incompressibleKernel } from "#kernels/incompressible";
import type { IncompressibleKernel } from "../generated/incompressible-exports.ts";
import { isChosen, type BlockSettings } from "./settings.ts";
import { STRETCH } from "../transforms/dedupe/sorter.ts";

/** Stretches between two steps: a few milliseconds. */
const STEP = 8;

let kernel: IncompressibleKernel | undefined;

/**
 * Whether no model makes a stretch smaller by as much as a hundredth. Repeats are not looked for.
 *
 * @param stretch of {@link STRETCH} bytes
 */
export function isIncompressible(stretch: Uint8Array): boolean {
  kernel ??= instantiateKernel(incompressibleKernel);
  new Uint8Array(kernel.memory.buffer, kernel.stretchAddress(), STRETCH).set(stretch);
  return kernel.isIncompressible() !== 0;
}

/** Whether noise is looked for in blocks with these settings. */
export function mayHaveNoise({ method, isPart = false }: BlockSettings): boolean {
  return !isPart && isChosen(method);
}

/**
 * Which of a content's stretches are incompressible; the last may be shorter, and is looked at together with what comes
 * before it. Content of less than a stretch has none.
 *
 * @yields now and then
 */
export function* incompressibleStretches(content: Uint8Array): Generator<undefined, boolean[]> {
  const count = content.length < STRETCH ? 0 : Math.ceil(content.length / STRETCH);
  const found: boolean[] = [];
  while (found.length < count) {
    const end = Math.min(content.length, (found.length + 1) * STRETCH);
    found.push(isIncompressible(content.subarray(end - STRETCH, end)));
    if (found.length % STEP === 0) yield undefined;
  }
  return found;
}

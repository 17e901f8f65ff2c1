import { KERNELS } from "./generated/kernels.ts";
import { loadKernel } from "./kernels/load.ts";
import { needsToEncode } from "./plan/kernels.ts";
import { kernelsOfValues } from "./plan/weights.ts";
import { compressSettings, type CompressOptions } from "./plan/options.ts";

/**
 * Loads kernels, 10 to 50 KB each, before functions that return at once need them: `compressSync` and `decompressSync`,
 * where they are in no files, as in browsers and bundles. All other functions load what they need by themselves.
 *
 * @param options of compressing: only the kernels that `compressSync` may take with them; default: all, as
 *   `decompressSync` may take any
 * @throws TypeError, RangeError for wrong options; KernelError if a kernel cannot be imported or does not compile here
 * @example
 * await loadKernels({ level: 5 });
 * const file = compressSync(content, { level: 5 });
 */
export async function loadKernels(options?: Pick<CompressOptions, "level" | "method" | "kind">): Promise<void> {
  await Promise.all((options === undefined ? Object.values(KERNELS) : kernelsOf(options)).map(loadKernel));
}

function kernelsOf(options: CompressOptions): ReturnType<typeof needsToEncode>["kernels"] {
  const { block, dedupe } = compressSettings(options);
  // Where repeats are taken out, what is left may be coded at a lower level.
  const all = dedupe === undefined ? [block] : [block, dedupe.far.part, dedupe.near.part];
  const ofTensors = block.open === true ? kernelsOfValues(block) : [];
  return [...new Set([...all.flatMap((settings) => needsToEncode(settings).kernels), ...ofTensors])];
}

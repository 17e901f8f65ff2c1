import type { CompiledKernel } from "@pith/core";
import { KERNELS } from "../generated/kernels.ts";

/** A kernel that another thread has loaded. */
export function installKernel(kernel: CompiledKernel): void {
  Object.values(KERNELS)
    .find(({ name }) => name === kernel.name)
    ?.install(kernel);
}

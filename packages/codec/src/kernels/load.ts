/**
 * Loads kernels. Only the thread that was called does so; it hands them, compiled, to its workers, so that no bundler puts
 * them into the workers' program.
 */
import { compileKernel, KernelError, type CompiledKernel, type DeferredKernel, type EmbeddedKernel } from "@pith/core";
import { KERNELS, type KernelName } from "../generated/kernels.ts";
import { SOURCES } from "../generated/sources.ts";

const NAMES = Object.keys(KERNELS) as KernelName[];

/** A kernel, imported and compiled if need be. @throws KernelError */
export async function loadKernel(kernel: DeferredKernel): Promise<CompiledKernel> {
  if (!kernel.isThere) kernel.install(await importKernel(kernel));
  return { name: kernel.name, module: await compileKernel(kernel) };
}

async function importKernel(kernel: DeferredKernel): Promise<CompiledKernel | EmbeddedKernel> {
  const name = NAMES.find((known) => KERNELS[known] === kernel);
  if (name === undefined) throw new TypeError(`${kernel.name} is no kernel of this package`);
  try {
    return (await SOURCES[name]()).kernel;
  } catch (cause) {
    const reason =
      "it cannot be imported; where there is no import(), as in service workers, import @pith/codec/static instead";
    throw new KernelError("not-loaded", kernel.name, reason, { cause });
  }
}

/**
 * Kernels: AssemblyScript compiled to WebAssembly. The build embeds each in a generated module as base64, so that Node,
 * browsers, workers and bundlers need no path to an asset; hosts that forbid compiling get modules that are compiled.
 */
import { compileBytes } from "./compile-bytes.ts";
import { DeferredKernel } from "./deferred-kernel.ts";
import { explainFailure, explainNoInstance } from "./kernel-error.ts";
import type { CompiledKernel, EmbeddedKernel, KernelExports } from "./kernel-forms.ts";
import { providedModule } from "./provided-kernels.ts";

/** A kernel, as the build writes it into a `generated/` module. */
export type Kernel<Exports extends KernelExports = KernelExports> =
  EmbeddedKernel<Exports> | CompiledKernel<Exports> | DeferredKernel<Exports>;

/** Of embedded kernels, by themselves: two versions of a package may have kernels of one name. */
const compiled = new WeakMap<EmbeddedKernel, WebAssembly.Module>();

/**
 * Compiles a kernel without keeping this thread, and keeps the module for {@link instantiateKernel}.
 *
 * @returns the module, which can be posted to workers
 * @throws KernelError if the kernel does not compile here
 */
export async function compileKernel(kernel: Kernel): Promise<WebAssembly.Module> {
  const found = find(kernel);
  if (!("base64" in found)) return found;
  const bytes = bytesOf(found);
  try {
    return keep(found, await WebAssembly.compile(bytes));
  } catch (cause) {
    throw explainFailure(found.name, bytes, cause);
  }
}

/**
 * Makes a new instance of a kernel, with a memory of its own. The compiled module is kept, so that a second instance
 * costs little.
 *
 * @returns the functions that the kernel exports, beside its `memory`
 * @throws KernelError if the kernel does not compile here, or the system has no memory or addresses for it
 */
export function instantiateKernel<Exports extends KernelExports>(kernel: Kernel<Exports>): Exports {
  const { name } = kernel;
  const abort = (_message: number, _file: number, line: number, column: number): never => {
    throw new Error(`the kernel ${name} stopped at ${line}:${column}`);
  };
  const module = moduleOfKernel(kernel);
  try {
    const instance = new WebAssembly.Instance(module, { env: { abort } });
    // The type was written from what was compiled.
    return instance.exports as unknown as Exports;
  } catch (cause) {
    throw explainNoInstance(name, cause);
  }
}

/**
 * The module of a kernel, compiled now if it was not before: it can be posted to workers.
 *
 * @throws KernelError if the kernel does not compile here
 */
export function moduleOfKernel(kernel: Kernel): WebAssembly.Module {
  const found = find(kernel);
  return "base64" in found ? keep(found, compileBytes(found.name, bytesOf(found))) : found;
}

/** The module of a kernel, where it is compiled; else the kernel with its bytes. */
function find(kernel: Kernel): WebAssembly.Module | EmbeddedKernel {
  const given = providedModule(kernel.name);
  if (given !== undefined) return given;
  const own = kernel instanceof DeferredKernel ? kernel.get() : kernel;
  return "module" in own ? own.module : (compiled.get(own) ?? own);
}

function keep(kernel: EmbeddedKernel, module: WebAssembly.Module): WebAssembly.Module {
  compiled.set(kernel, module);
  return module;
}

function bytesOf({ name, base64 }: EmbeddedKernel): Uint8Array<ArrayBuffer> {
  try {
    const binary = atob(base64);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes;
  } catch (cause) {
    throw explainFailure(name, undefined, cause);
  }
}

import { explainFailure } from "./kernel-error.ts";

/**
 * Compiles a module at once.
 *
 * @param kernel its name, for errors
 * @throws KernelError
 */
export function compileBytes(kernel: string, bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes);
  } catch (cause) {
    throw explainFailure(kernel, bytes, cause);
  }
}

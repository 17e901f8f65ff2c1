/**
 * Kernels: AssemblyScript compiled to WebAssembly and embedded in a generated module as base64, so that Node,
 * browsers, workers and bundlers need no path to an asset.
 */

/** An embedded kernel, as the build writes it into a `generated/` module. */
export interface EmbeddedKernel {
  /** For error messages. */
  readonly name: string;
  /** The WebAssembly module, base64. */
  readonly base64: string;
}

const compiled = new WeakMap<EmbeddedKernel, WebAssembly.Module>();

/**
 * Makes a new instance of a kernel, with a memory of its own. The compiled module is kept, so that a second instance
 * costs little.
 *
 * @typeParam Exports the functions that the kernel exports, beside its `memory`
 * @throws Error if the engine has no WebAssembly SIMD
 */
// The caller says what the kernel exports: WebAssembly carries no TypeScript types that it could be inferred from.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function instantiateKernel<Exports extends object>(
  kernel: EmbeddedKernel,
): Exports & { readonly memory: WebAssembly.Memory } {
  let module = compiled.get(kernel);
  if (module === undefined) {
    try {
      module = new WebAssembly.Module(fromBase64(kernel.base64));
    } catch (cause) {
      throw new Error(
        `the kernel ${kernel.name} does not compile here: WebAssembly with SIMD is needed (Node 20, or a browser since 2023)`,
        { cause },
      );
    }
    compiled.set(kernel, module);
  }
  const abort = (_message: number, _file: number, line: number, column: number): never => {
    throw new Error(`the kernel ${kernel.name} stopped at ${line}:${column}`);
  };
  const instance = new WebAssembly.Instance(module, { env: { abort } });
  return instance.exports as unknown as Exports & { readonly memory: WebAssembly.Memory };
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** Those that the program was given, by name. */
const provided = new Map<string, WebAssembly.Module>();

/**
 * Gives compiled modules to be used instead of compiling the kernels that packages bring: where compiling WebAssembly is
 * forbidden, but the host compiles what is imported. They are this thread's; those that its calls hand work to get them too.
 *
 * @param modules by the kernels' names: `@pith/codec/mix-text` is the file `@pith/codec/kernels/mix-text.wasm`, which
 *   has to be of the version that the package is of
 * @throws TypeError if one is no `WebAssembly.Module`
 * @example
 * import mixText from "@pith/codec/kernels/mix-text.wasm";
 * provideKernels({ "@pith/codec/mix-text": mixText });
 */
export function provideKernels(modules: Readonly<Record<string, WebAssembly.Module>>): void {
  for (const [name, module] of Object.entries(modules)) {
    if (Object.prototype.toString.call(module) !== "[object WebAssembly.Module]") {
      throw new TypeError(`modules: expected a WebAssembly.Module for ${name}, got ${typeof module}`);
    }
  }
  for (const [name, module] of Object.entries(modules)) provided.set(name, module);
}

/** What {@link provideKernels} was given for a kernel. */
export function providedModule(kernel: string): WebAssembly.Module | undefined {
  return provided.get(kernel);
}

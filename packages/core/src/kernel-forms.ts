/** What a kernel may be when it is there. */

/** What every kernel exports; the functions of its own come with the type of each. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
}

/** @typeParam Exports what instances of the kernel export: the build writes that too */
interface NamedKernel<Exports extends KernelExports> {
  /** `<package>/<kernel>`, such as `@pith/codec/mix-text`. */
  readonly name: string;
  /** Only a type, from which that of an instance is inferred; never there. */
  readonly exports?: Exports;
}

/** A kernel that is compiled when it is first used. */
export interface EmbeddedKernel<Exports extends KernelExports = KernelExports> extends NamedKernel<Exports> {
  /** The WebAssembly module, base64. */
  readonly base64: string;
}

/** A kernel that the host has compiled, as those do that forbid a program to compile. */
export interface CompiledKernel<Exports extends KernelExports = KernelExports> extends NamedKernel<Exports> {
  readonly module: WebAssembly.Module;
}

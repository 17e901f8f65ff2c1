/** What a kernel may be when it is there. */

/** A kernel that is compiled when it is first used. */
export interface EmbeddedKernel {
  /** `<package>/<kernel>`, such as `@pith/codec/mix-text`. */
  readonly name: string;
  /** The WebAssembly module, base64. */
  readonly base64: string;
}

/** A kernel that the host has compiled, as those do that forbid a program to compile. */
export interface CompiledKernel {
  /** `<package>/<kernel>`, such as `@pith/codec/mix-text`. */
  readonly name: string;
  readonly module: WebAssembly.Module;
}

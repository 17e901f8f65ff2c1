import { compileBytes } from "./compile-bytes.ts";
import { KernelError } from "./kernel-error.ts";
import type { CompiledKernel, EmbeddedKernel, KernelExports } from "./kernel-forms.ts";
import { readFileHere } from "./node-file.ts";
import { providedModule } from "./provided-kernels.ts";

/**
 * A kernel that programs do not carry along: whoever is about to use it loads it first and installs it here. Where that
 * cannot be waited for, the host's files are asked.
 *
 * @typeParam Exports what instances of the kernel export
 */
export class DeferredKernel<Exports extends KernelExports = KernelExports> {
  /** `<package>/<kernel>`, such as `@pith/codec/mix-text`. */
  readonly name: string;
  /** Only a type; never there. */
  declare readonly exports?: Exports;
  /** What lies beside its file. */
  readonly #base: string | undefined;
  #kernel: EmbeddedKernel | CompiledKernel | undefined;

  /** @param base URL of a file that `<kernel>.wasm` lies beside; bundlers that know none leave it out */
  constructor(name: string, base: string | undefined) {
    this.name = name;
    this.#base = base;
  }

  /** Whether nothing is left to be loaded. */
  get isThere(): boolean {
    return this.#kernel !== undefined || providedModule(this.name) !== undefined;
  }

  install(kernel: EmbeddedKernel | CompiledKernel): void {
    this.#kernel = kernel;
  }

  /**
   * The kernel, for those who need it now.
   *
   * @throws KernelError `not-loaded` if it was not installed and lies in no file of this host
   */
  get(): EmbeddedKernel | CompiledKernel {
    this.#kernel ??= this.#fromFile();
    return this.#kernel;
  }

  #fromFile(): CompiledKernel {
    const file = this.name.slice(this.name.lastIndexOf("/") + 1);
    const bytes = this.#base === undefined ? undefined : readFileHere(`./${file}.wasm`, this.#base);
    if (bytes !== undefined) return { name: this.name, module: compileBytes(this.name, bytes) };
    throw new KernelError(
      "not-loaded",
      this.name,
      "a function that returns at once needs it before: await loadKernels(), or import @pith/codec/static",
    );
  }
}

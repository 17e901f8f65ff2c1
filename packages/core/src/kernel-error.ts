/** Why a kernel does not run here. */
import { addressLimit } from "./node-limits.ts";

/** What is in the way, for programs; the message says it for people. */
export type KernelErrorCode =
  /** The host has no WebAssembly, or it is switched off. */
  | "no-webassembly"
  /** The engine has WebAssembly, but none with SIMD. */
  | "no-simd"
  /** The host or a content security policy forbids to compile WebAssembly. */
  | "forbidden"
  /** The engine does not compile that much at once on this thread. */
  | "too-large"
  /** The kernel is not there, where it has to be there before a function that returns at once is called. */
  | "not-loaded"
  /** The system gives this process too little memory, or too few addresses. */
  | "no-memory"
  /** The kernel's bytes are no WebAssembly: the package's files were changed. */
  | "damaged";

/**
 * A kernel, on which everything rests, does not run in this host.
 *
 * @example
 * try {
 *   await compress(bytes);
 * } catch (error) {
 *   if (error instanceof KernelError && error.code === "forbidden") console.error("the page's policy lacks 'wasm-unsafe-eval'");
 * }
 */
export class KernelError extends Error {
  override readonly name = "KernelError";
  readonly code: KernelErrorCode;
  /** Name of the kernel: `@pith/codec/mix-text`. */
  readonly kernel: string;

  /** @param reason why, and what to do about it: no full stop */
  constructor(code: KernelErrorCode, kernel: string, reason: string, options?: { readonly cause?: unknown }) {
    super(`the kernel ${kernel} does not run here: ${reason}`, options);
    this.code = code;
    this.kernel = kernel;
  }
}

/** The smallest module with an instruction of SIMD: a function that makes a vector and gives it back. */
const SIMD_PROBE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0],
  ...[10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
);

/**
 * What is in the way of compiling a kernel. To validate a module is allowed where compiling is not, which tells the
 * reasons apart whatever words the engine has for them.
 *
 * @param bytes the module; undefined if there are none
 * @param cause what compiling threw
 */
export function explainFailure(
  kernel: string,
  bytes: Uint8Array<ArrayBuffer> | undefined,
  cause: unknown,
): KernelError {
  const error = (code: KernelErrorCode, reason: string): KernelError =>
    new KernelError(code, kernel, reason, { cause });
  if (typeof WebAssembly === "undefined") {
    return error(
      "no-webassembly",
      "there is no WebAssembly (Node's flag --jitless and browsers' lockdown modes take it away)",
    );
  }
  if (bytes === undefined || !WebAssembly.validate(bytes)) {
    return WebAssembly.validate(SIMD_PROBE)
      ? error("damaged", "its bytes are no WebAssembly module; install the package again")
      : error("no-simd", "WebAssembly with SIMD is needed (Node 20, or a browser since 2021)");
  }
  if (cause instanceof RangeError) {
    return error(
      "too-large",
      "this thread may not compile so much at once; use a function that returns a promise, or a worker",
    );
  }
  return error(
    "forbidden",
    "compiling WebAssembly is forbidden, by a content security policy (script-src has to allow 'wasm-unsafe-eval') or " +
      "by the host (import .wasm files where it compiles those, and give them to provideKernels)",
  );
}

/**
 * What is in the way of an instance of a kernel that compiled. Engines reserve addresses for all that a memory could ever
 * be, however small it is, so that a limit of addresses is exceeded where there is memory enough.
 *
 * @param cause what instantiating threw
 */
export function explainNoInstance(kernel: string, cause: unknown): unknown {
  if (!(cause instanceof RangeError)) return cause;
  const limit = addressLimit();
  const reason =
    limit === undefined
      ? "there is no memory left for it; do less at one time"
      : `the engine reserves 10 GB of addresses for each kernel, and this process may have ${limit} bytes (ulimit -v); ` +
        "raise that limit, or set NODE_OPTIONS=--disable-wasm-trap-handler, with which none are reserved";
  return new KernelError("no-memory", kernel, reason, { cause });
}

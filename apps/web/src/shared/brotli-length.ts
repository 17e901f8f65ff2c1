import type { BrotliWasmType } from "brotli-wasm";

/** The library's module; its own types describe the one for `require`. */
interface BrotliModule {
  readonly default: Promise<BrotliWasmType>;
}

/**
 * Bytes that brotli makes of something at its strongest, which browsers can only read.
 *
 * @returns undefined where the library cannot be brought, as in a page that went offline before it was needed
 */
export async function brotliLength(content: Uint8Array): Promise<number | undefined> {
  try {
    const brotli = (await import("brotli-wasm")) as unknown as BrotliModule;
    const { compress } = await brotli.default;
    return compress(content, { quality: 11 }).length;
  } catch {
    return undefined;
  }
}

/** The program of the worker that compresses with others, to compare. */
import { expose } from "comlink";
import { brotliLength } from "../shared/brotli-length.ts";

/** Bytes; undefined where a program could not be loaded. */
export interface OtherSizes {
  /** Level 19. */
  readonly zstd: number | undefined;
  /** Quality 11. */
  readonly brotli: number | undefined;
}

/** The level of zstd: the highest that decodes in little memory. */
const ZSTD_LEVEL = 19;

/** Bytes that zstd makes of something; undefined where the library cannot be brought. */
async function zstdLength(content: Uint8Array): Promise<number | undefined> {
  try {
    const { compress, init } = await import("@bokuweb/zstd-wasm");
    await init();
    return compress(content, ZSTD_LEVEL).length;
  } catch {
    return undefined;
  }
}

const others = {
  async measure(file: File): Promise<OtherSizes> {
    const content = new Uint8Array(await file.arrayBuffer());
    return { zstd: await zstdLength(content), brotli: await brotliLength(content) };
  },
};

export type Others = typeof others;

expose(others);

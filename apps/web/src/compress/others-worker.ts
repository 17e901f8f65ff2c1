/** The program of the worker that compresses with others, to compare. */
import "../shared/trusted-types.ts";
import { expose } from "comlink";
import { brotliLength } from "../shared/brotli-length.ts";
import type { Other } from "./other-names.ts";
import { xzLength } from "./xz-length.ts";

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
  /** @param onSize told of each as it is known */
  async measure(file: File, onSize: (other: Other, length: number | "missing") => void): Promise<void> {
    const content = new Uint8Array(await file.arrayBuffer());
    onSize("zstd", (await zstdLength(content)) ?? "missing");
    onSize("xz", (await xzLength(file)) ?? "missing");
    onSize("brotli", (await brotliLength(content)) ?? "missing");
  },
};

export type OthersWorker = typeof others;

expose(others);

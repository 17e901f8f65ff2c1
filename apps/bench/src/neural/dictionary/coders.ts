/** The coders behind the transform. */
import { spawnSync } from "node:child_process";
import { brotliCompressSync, constants } from "node:zlib";
import { encodeSymbols } from "@pith/entropy";
import { isInstalled } from "../../contestants/installed.ts";
import type { CoderName } from "./results.ts";

/** Bytes that a coder makes of a stream; undefined if it is not there. */
export type Size = (stream: Uint8Array) => number | undefined;

export const SIZES: Readonly<Record<CoderName, Size>> = {
  "order 0": (stream) => encodeSymbols(stream, 256).length,
  "xz -9e": (stream) => {
    if (!isInstalled("xz")) return undefined;
    const { status, stdout } = spawnSync("xz", ["-9e", "-T1", "-c"], { input: stream, maxBuffer: 2 ** 30 });
    if (status !== 0) throw new Error(`xz: expected exit code 0, got ${status ?? "none"}`);
    return stdout.length;
  },
  "brotli -q 11": (stream) => {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
    return brotliCompressSync(stream, { params }).length;
  },
};

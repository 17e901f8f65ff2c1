import type { CompressOptions } from "@pith/codec";

import type { Session } from "../../session.ts";
import { MINIMUM_BLOCK_SIZE } from "./options.ts";
import type { CodingSettings } from "./settings.ts";

/** What the codec is asked for. @param size bytes of content; undefined where nobody knows */
export async function compressOptions(
  { settings }: Session<CodingSettings>,
  size: number | undefined,
  network: Uint8Array | undefined,
): Promise<CompressOptions> {
  const { level, method, kind, open, memoryLimit, workerThreads: threads, blockSize } = settings;
  // What is deleted afterwards is decoded as a whole before that.
  const verify = settings.remove ? false : settings.verify;
  const neural = network === undefined ? settings.neural : { ...settings.neural, network };
  const options: CompressOptions = { level, method, kind, open, threads, memoryLimit, neural, verify };
  if (blockSize !== undefined) return { ...options, blockSize };
  if (size === undefined) return options;
  // A stream does not know how much will come; a file that fits in less than a block need not reserve a whole one.
  const { fitToMemory } = await import("@pith/codec");
  return { ...options, blockSize: Math.max(fitToMemory(options, size).blockSize, MINIMUM_BLOCK_SIZE) };
}

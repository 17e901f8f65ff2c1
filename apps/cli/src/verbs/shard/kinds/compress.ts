/** Units that are compressed: each becomes a file, and joined they are one. */

import type { CompressOptions } from "@pith/codec";
import { PithError } from "@pith/core";

import { transfer } from "../../../transfer.ts";
import type { UnitKind } from "./kind.ts";

export const compress: UnitKind = {
  async run({ level, open, blockSize, memoryLimit }, { range, chunks, threads, signal, onProgress }, write) {
    const { CompressStream, sampleRepeats } = await import("@pith/codec");
    const options: CompressOptions = {
      level,
      open,
      memoryLimit,
      threads,
      verify: "weights",
      ...(blockSize !== null && { blockSize }),
      ...(signal !== undefined && { signal }),
    };
    const repeats = await sampleRepeats(range, options).catch((error: unknown) => {
      // The input ends too early: what it is compared with says so better.
      if (error instanceof PithError) return undefined;
      throw error;
    });
    const stream = new CompressStream({ ...options, repeats, onProgress: ({ done }) => onProgress(done) });
    await transfer(chunks, stream, write);
  },
  async merge(_plan, units, _output, write) {
    for await (const { chunks } of units) for await (const chunk of chunks()) await write(chunk);
  },
};

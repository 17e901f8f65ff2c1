import { piecesOf } from "@pith/core/bytes";
import { decompressSettings, type DecompressOptions } from "../plan/options.ts";
import { decompressBlocks } from "../run/decompress-blocks.ts";
import { executorFor } from "../workers/program.ts";
import { ProgressMeter } from "@pith/core/steps";
import { streamPair, type StreamPair } from "./pair.ts";

/**
 * Decompresses what is piped through it, on workers where the host has them. Holds at most `threads` + 1 blocks. What
 * comes out, at most 4 MiB at a time, is content that was checked, also before an error.
 *
 * @throws RangeError for wrong options; both ends fail with a PithError if the file is damaged, and with the reason of
 *   `signal` when that aborts
 * @example
 * await response.body.pipeThrough(new DecompressStream()).pipeTo(destination);
 */
export class DecompressStream implements StreamPair {
  readonly readable: StreamPair["readable"];
  readonly writable: StreamPair["writable"];

  constructor(options: DecompressOptions = {}) {
    const settings = decompressSettings(options);
    const executor = executorFor(settings.threads);
    const meter = new ProgressMeter(options.onProgress, undefined);
    const { readable, writable } = streamPair(
      async function* (chunks) {
        for await (const { content } of decompressBlocks(chunks, settings, { executor, meter }))
          yield* piecesOf(content);
      },
      executor,
      options.signal,
      { keepsChunks: true },
    );
    this.readable = readable;
    this.writable = writable;
  }
}

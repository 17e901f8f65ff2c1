import { compressSettings, type CompressOptions } from "../plan/options.ts";
import { compressBlocks } from "../run/compress-blocks.ts";
import { executorFor } from "../workers/program.ts";
import { baseOf, cuttingOf } from "../run/cutting.ts";
import { gather } from "../run/gather.ts";
import { ProgressMeter } from "@pith/core/steps";
import { shaped } from "../run/shaped.ts";
import { FLUSH, splitChunks } from "../run/split.ts";
import { streamPair, type StreamPair } from "./pair.ts";

/**
 * Compresses what is piped through it, on workers where the host has them. Holds at most `threads` + 1 blocks; to find
 * what comes again, 64 MiB more (not with `repeats`), and once something does, as much as `memoryLimit` allows.
 *
 * @throws TypeError, RangeError for wrong options; both ends fail with the reason of `signal` when that aborts
 * @example
 * await blob.stream().pipeThrough(new CompressStream({ level: 5 })).pipeTo(destination);
 */
export class CompressStream implements StreamPair {
  readonly readable: StreamPair["readable"];
  readonly writable: StreamPair["writable"];
  readonly #mark: (mark: typeof FLUSH) => Promise<void>;

  constructor(options: CompressOptions = {}) {
    const settings = compressSettings(options);
    const executor = executorFor(settings.threads);
    const meter = new ProgressMeter(options.onProgress, undefined);
    const { readable, writable, mark } = streamPair<typeof FLUSH>(
      async function* (chunks) {
        const cutting = cuttingOf(settings, await baseOf(settings));
        const units = gather(shaped(splitChunks(chunks, cutting), settings), settings, options.signal);
        yield* compressBlocks(units, settings, { executor, meter });
      },
      executor,
      options.signal,
      { keepsChunks: false },
    );
    this.readable = readable;
    this.writable = writable;
    this.#mark = mark;
  }

  /**
   * Has all come out that was written, so that who decompresses can read it before more is written. It ends a frame: what
   * follows is compressed without what was before, and costs 14 bytes more. So flush when there is something to say, not after each line.
   *
   * @returns resolves when what was written is being compressed; what comes of it then waits for nothing but its reader.
   *   Rejects if the stream has failed
   * @example
   * await writer.write(message);
   * await stream.flush();
   */
  async flush(): Promise<void> {
    await this.#mark(FLUSH);
  }
}

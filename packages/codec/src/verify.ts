import { release } from "@pith/core/bytes";
import { abortable, ProgressMeter } from "@pith/core/steps";
import { withExecutor } from "@pith/core/workers";
import { type DecompressOptions, decompressSettings } from "./plan/options.ts";
import { chunksOf, type FileSource, openSource } from "./random-access/source.ts";
import { contentLengthOf } from "./random-access/walk.ts";
import { decompressBlocks } from "./run/decompress-blocks.ts";
import { executorFor } from "./workers/program.ts";

/** What a file that is whole holds. */
export interface Verification {
  readonly fileLength: number;
  readonly contentLength: number;
  readonly frames: number;
  readonly blocks: number;
}

/**
 * Decodes everything and keeps nothing.
 *
 * @throws PithError that names the first damaged place
 * @example
 * const { blocks } = await verify(blob, { threads: 4 });
 */
export async function verify(source: FileSource, options: DecompressOptions = {}): Promise<Verification> {
  const settings = decompressSettings(options);
  const file = openSource(source);
  const total = await abortable(options.signal, () => contentLengthOf(file));
  const executor = executorFor(settings.threads, total);
  const meter = new ProgressMeter(options.onProgress, total);
  return await withExecutor(executor, options.signal, async () => {
    let contentLength = 0;
    let blocks = 0;
    let frames = 0;
    for await (const { header, content } of decompressBlocks(chunksOf(file), settings, { executor, meter })) {
      contentLength += content.length;
      blocks++;
      if (header.last) frames++;
      release(content);
    }
    return { fileLength: file.size, contentLength, frames, blocks };
  });
}

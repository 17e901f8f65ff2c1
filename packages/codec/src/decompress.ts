import { checkBytes } from "@pith/core";
import { concatenate } from "@pith/core/bytes";
import { finish, ProgressMeter } from "@pith/core/steps";
import { withExecutor } from "@pith/core/workers";
import { admitBlocks } from "./block/admit.ts";
import { decodeBlock } from "./block/decode.ts";
import { contentLengthOfArray } from "./format/array-blocks.ts";
import { FrameParser } from "./format/frame-parser.ts";
import { type DecompressOptions, decompressSettings } from "./plan/options.ts";
import { decompressBlocks } from "./run/decompress-blocks.ts";
import { ENGLISH } from "./transforms/words/english.ts";
import { installEnglish } from "./transforms/words/english-dictionary.ts";
import { executorFor } from "./workers/program.ts";

/**
 * Decompresses, on workers where the host has them.
 *
 * @param file is read while this runs, so it must not change until then
 * @throws PithError if the file is damaged, truncated or no `.pith` file; the reason of `signal` when that aborts
 * @example
 * const content = await decompress(file, { memoryLimit: 256 * 2 ** 20 });
 */
export async function decompress(file: Uint8Array, options: DecompressOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = checkBytes("file", file);
  const settings = decompressSettings(options);
  const total = contentLengthOfArray(bytes, settings.formats);
  const executor = executorFor(settings.threads, total);
  const meter = new ProgressMeter(options.onProgress, total);
  return await withExecutor(executor, options.signal, async () => {
    const parts: Uint8Array[] = [];
    for await (const { content } of decompressBlocks([bytes], settings, { executor, meter })) parts.push(content);
    return concatenate(parts);
  });
}

/**
 * Decompresses on this thread and returns when it is done. Kernels come from this package's files; where there are no
 * files, as in browsers and bundles, `loadKernels` has to load them before.
 *
 * @throws PithError if the file is damaged, truncated or no `.pith` file; KernelError `not-loaded` if kernels are in no
 *   file, and were not loaded
 */
export function decompressSync(
  file: Uint8Array,
  options: Omit<DecompressOptions, "threads" | "signal"> = {},
): Uint8Array<ArrayBuffer> {
  const bytes = checkBytes("file", file);
  const settings = decompressSettings(options);
  installEnglish(ENGLISH);
  const meter = new ProgressMeter(options.onProgress, contentLengthOfArray(bytes, settings.formats));
  const parser = new FrameParser(settings.formats, admitBlocks(settings, settings.maxLength));
  parser.push(bytes);
  parser.end();
  const parts: Uint8Array[] = [];
  for (let block = parser.next(); block !== undefined; block = parser.next()) {
    const onDone = meter.block(block.header.contentLength);
    parts.push(finish(decodeBlock(block, settings), onDone));
    onDone(block.header.contentLength);
  }
  meter.end();
  return concatenate(parts);
}

import { checkBytes } from "@pith/core";
import { concatenate } from "@pith/core/bytes";
import { finish, ProgressMeter } from "@pith/core/steps";
import { withExecutor } from "@pith/core/workers";
import { encodeUnit } from "./block/encode-unit.ts";
import { FrameWriter } from "./format/frame-writer.ts";
import { type CompressOptions, compressSettings, settingsOfBlock } from "./plan/options.ts";
import { checkCodedSync } from "./run/check-coded.ts";
import { compressBlocks } from "./run/compress-blocks.ts";
import { baseOf, cuttingOf } from "./run/cutting.ts";
import { gather, gatherSync } from "./run/gather.ts";
import { shapedSync } from "./run/shaped.ts";
import { splitContent } from "./run/split.ts";
import { ENGLISH } from "./transforms/words/english.ts";
import { installEnglish } from "./transforms/words/english-dictionary.ts";
import { executorFor } from "./workers/program.ts";

/**
 * Compresses, on workers where the host has them.
 *
 * @param content is read while this runs, so it must not change until then
 * @throws TypeError, RangeError for wrong options; the reason of `signal` when that aborts
 * @example
 * const file = await compress(new TextEncoder().encode("ad ".repeat(1000)), { level: 5 });
 */
export async function compress(content: Uint8Array, options: CompressOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = checkBytes("content", content);
  const settings = compressSettings(options, bytes.length);
  const executor = executorFor(settings.threads, bytes.length);
  const meter = new ProgressMeter(options.onProgress, bytes.length);
  return await withExecutor(executor, options.signal, async () => {
    const parts: Uint8Array[] = [];
    const base = await baseOf(settings);
    const units = gather(
      shapedSync(splitContent(bytes, cuttingOf(settings, base)), settings),
      settings,
      options.signal,
    );
    for await (const part of compressBlocks(units, settings, { executor, meter })) parts.push(part);
    return concatenate(parts);
  });
}

/**
 * Compresses on this thread and returns when it is done. Gives the same bytes as {@link compress}. Kernels come from this
 * package's files; where there are no files, as in browsers and bundles, `loadKernels` has to load them before.
 *
 * @throws TypeError, RangeError for wrong options; KernelError `not-loaded` if kernels are in no file, and were not loaded
 */
export function compressSync(
  content: Uint8Array,
  options: Omit<CompressOptions, "threads" | "signal" | "reference" | "prior"> = {},
): Uint8Array<ArrayBuffer> {
  const bytes = checkBytes("content", content);
  const settings = compressSettings(options, bytes.length);
  installEnglish(ENGLISH);
  const meter = new ProgressMeter(options.onProgress, bytes.length);
  const writer = new FrameWriter();
  const parts: Uint8Array[] = [];
  for (const unit of gatherSync(shapedSync(splitContent(bytes, cuttingOf(settings)), settings), settings)) {
    const length = "content" in unit ? unit.content.length : unit.contentLength;
    const coded = finish(encodeUnit(unit, settingsOfBlock(settings, length)), meter.block(length));
    checkCodedSync(coded, unit.number, settings);
    parts.push(...writer.add(coded, length, unit.last));
  }
  meter.end();
  return concatenate(parts);
}

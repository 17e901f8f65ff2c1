import { checkBytes } from "@pith/core";
import { concatenate, isWhole, release } from "@pith/core/bytes";
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
    const whole = new Gathering(total, bytes.length);
    for await (const { content } of decompressBlocks([bytes], settings, { executor, meter })) whole.add(content);
    return whole.finish();
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
  options: Omit<DecompressOptions, "threads" | "signal" | "reference" | "prior"> = {},
): Uint8Array<ArrayBuffer> {
  const bytes = checkBytes("file", file);
  const settings = decompressSettings(options);
  installEnglish(ENGLISH);
  const total = contentLengthOfArray(bytes, settings.formats);
  const meter = new ProgressMeter(options.onProgress, total);
  const parser = new FrameParser(settings.formats, admitBlocks(settings, settings.maxLength));
  parser.push(bytes);
  parser.end();
  const whole = new Gathering(total, bytes.length);
  for (let block = parser.next(); block !== undefined; block = parser.next()) {
    const onDone = meter.block(block.header.contentLength);
    whole.add(finish(decodeBlock(block, settings), onDone));
    onDone(block.header.contentLength);
  }
  meter.end();
  return whole.finish();
}

/** How many times as long as a file its content may be for memory to be taken before it is decoded. */
const LIKELY = 64;

/** Puts the contents of blocks together. */
class Gathering {
  /** Of the length that the headers name, where that is likely: so each block's memory serves for the next. */
  readonly #whole: Uint8Array<ArrayBuffer> | undefined;
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  /** @param total bytes of content, by the headers; undefined if these are damaged */
  constructor(total: number | undefined, fileLength: number) {
    if (total !== undefined && total <= LIKELY * fileLength) this.#whole = new Uint8Array(total);
  }

  add(content: Uint8Array): void {
    if (
      this.#whole === undefined ||
      (this.#length === 0 && content.length === this.#whole.length && isWhole(content))
    ) {
      this.#parts.push(content);
      return;
    }
    this.#whole.set(content, this.#length);
    this.#length += content.length;
    release(content);
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#whole === undefined || this.#parts.length > 0 ? concatenate(this.#parts) : this.#whole;
  }
}

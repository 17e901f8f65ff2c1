import { checkInteger, PithError } from "@pith/core";
import { admitBlock, type DecodeMeans } from "../block/admit.ts";
import { readBlockHeader } from "../format/block-header.ts";
import { ByteReader } from "../bytes/bytes.ts";
import { MAX_HEADER } from "../format/constants.ts";
import { decompressSettings, type DecompressOptions } from "../plan/options.ts";
import { concatenate } from "../bytes/concatenate.ts";
import { decodeJob } from "../run/decode-job.ts";
import { executorFor } from "../run/executor-for.ts";
import type { DecodeTask } from "../run/executor.ts";
import { runInOrder } from "../steps/in-order.ts";
import { ProgressMeter } from "../steps/progress-meter.ts";
import { abortable } from "../steps/abort.ts";
import { withExecutor } from "../workers/session.ts";
import { locateBlocks, type BlockLocation } from "./locate.ts";
import { openSource, type FileSource, type RandomAccessSource } from "./source.ts";

/**
 * Content bytes from `start` up to, but without, `end`. Decodes only the blocks they lie in.
 *
 * @throws RangeError if the content does not have these bytes; PithError if the blocks are damaged
 * @example
 * const page = await decompressRange(blob, 1_000_000, 1_004_096);
 */
export async function decompressRange(
  source: FileSource,
  start: number,
  end: number,
  options: DecompressOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  checkInteger("start", start, 0, Number.MAX_SAFE_INTEGER);
  checkInteger("end", end, start, Number.MAX_SAFE_INTEGER);
  const settings = decompressSettings(options);
  const file = openSource(source);
  const located = within(await abortable(options.signal, () => locateBlocks(file)), start, end);
  const total = located.reduce((sum, { contentLength }) => sum + contentLength, 0);
  const executor = executorFor(settings.threads, total);
  const meter = new ProgressMeter(options.onProgress, total);
  return await withExecutor(executor, options.signal, async () => {
    async function* jobs(): AsyncGenerator<ReturnType<typeof decodeJob>> {
      for (const location of located) {
        yield decodeJob(await readBlock(file, location, settings), { executor, meter }, settings);
      }
    }
    const parts: Uint8Array[] = [];
    let from = located[0]?.contentOffset ?? 0;
    for await (const { content } of runInOrder(jobs(), settings)) {
      parts.push(content.subarray(Math.max(0, start - from), end - from));
      from += content.length;
    }
    meter.end();
    return concatenate(parts);
  });
}

/** The blocks that content bytes lie in. */
function within(
  blocks: readonly BlockLocation[],
  start: number,
  end: number,
): (BlockLocation & { readonly contentOffset: number })[] {
  const found = [];
  let contentOffset = 0;
  for (const block of blocks) {
    const contentEnd = contentOffset + block.contentLength;
    if (contentOffset < end && contentEnd > start && start < end) found.push({ ...block, contentOffset });
    contentOffset = contentEnd;
  }
  if (end > contentOffset) {
    throw new RangeError(`end: expected at most ${contentOffset}, the length of the content, got ${end}`);
  }
  return found;
}

async function readBlock(
  source: RandomAccessSource,
  { number, last, offset, length, contentLength }: BlockLocation,
  means: DecodeMeans,
): Promise<DecodeTask["block"]> {
  const head = await source.read(offset, Math.min(length, MAX_HEADER));
  const reader = new ByteReader(head, offset);
  const header = readBlockHeader(reader, number);
  const headerBytes = head.slice(0, reader.position);
  const placed = { header, headerBytes, offset, payloadOffset: offset + headerBytes.length };
  if (
    header.last !== last ||
    header.contentLength !== contentLength ||
    headerBytes.length + header.payloadLength !== length
  ) {
    throw new PithError("invalid-field", "the index differs from a block's header", { offset });
  }
  return { ...admitBlock(placed, means), payload: await source.read(placed.payloadOffset, header.payloadLength) };
}

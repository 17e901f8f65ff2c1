import { checkInteger, PithError } from "@pith/core";
import { ByteReader, concatenate, release } from "@pith/core/bytes";
import { abortable, type Job, ProgressMeter, runInOrder } from "@pith/core/steps";
import { withExecutor } from "@pith/core/workers";
import { admitBlock, checkContentLength } from "../block/admit.ts";
import type { DecodeMeans } from "../format/decode-means.ts";
import { readBlockHeader } from "../format/block-header.ts";
import { MAX_HEADER } from "../format/constants.ts";
import { type DecompressOptions, type DecompressSettings, decompressSettings } from "../plan/options.ts";
import { decodeJob, type Running } from "../run/decode-job.ts";
import { decodeSomeParts, isDeduplicated } from "../run/some-parts.ts";
import { executorFor } from "../workers/program.ts";
import type { DecodeTask } from "../workers/tasks.ts";
import { type BlockLocation, locateBlocks } from "./locate.ts";
import { type FileSource, openSource, type RandomAccessSource } from "./source.ts";

/** A file that is open: where its blocks lie is known, so a range costs the reading of its blocks alone. */
export interface OpenFile {
  /** Bytes of content. */
  readonly contentLength: number;
  /** Bytes of the file. */
  readonly fileLength: number;
  /** Ends of the blocks, in the content: a range from one to another decodes nothing twice. */
  readonly blockEnds: readonly number[];
  /**
   * Bytes of the file that content from `start` up to, but without, `end` takes: of its blocks, headers included, as much
   * as it has of their content; a whole number.
   *
   * @throws RangeError if the content does not have these bytes
   */
  codedLength(start: number, end: number): number;
  /**
   * Content bytes from `start` up to, but without, `end`; as {@link decompressRange}.
   *
   * @throws RangeError if the content does not have these bytes; PithError if the blocks are damaged
   */
  range(start: number, end: number, options?: DecompressOptions): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Opens a file for ranges: reads its indexes, or its headers where it has no index, once.
 *
 * @throws PithError if the file is damaged, truncated or no `.pith` file; the reason of `signal` when that aborts
 * @example
 * const file = await openFile(blob);
 * const last = await file.range(file.contentLength - 1000, file.contentLength);
 */
export async function openFile(
  source: FileSource,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<OpenFile> {
  const file = openSource(source);
  const blocks = await abortable(signal, () => locateBlocks(file));
  const blockEnds: number[] = [];
  for (const { contentLength } of blocks) blockEnds.push((blockEnds.at(-1) ?? 0) + contentLength);
  return {
    contentLength: blockEnds.at(-1) ?? 0,
    fileLength: file.size,
    blockEnds,
    codedLength: (start, end) => {
      checkRange(start, end);
      const parts = within(blocks, blockEnds, start, end).map(({ contentOffset, contentLength, length }) => {
        const shared = Math.min(end, contentOffset + contentLength) - Math.max(start, contentOffset);
        return (length * shared) / contentLength;
      });
      return Math.round(parts.reduce((sum, part) => sum + part, 0));
    },
    range: async (start, end, options = {}) => {
      checkRange(start, end);
      return await decodeRange(file, within(blocks, blockEnds, start, end), start, end, options);
    },
  };
}

/**
 * Content bytes from `start` up to, but without, `end`. Decodes only the blocks they lie in. For several ranges of one file,
 * {@link openFile} finds the blocks once.
 *
 * @throws RangeError if the content does not have these bytes; PithError if the blocks are damaged, or if more bytes are
 *   asked for than `maxLength` allows
 * @example
 * const page = await decompressRange(blob, 1_000_000, 1_004_096);
 */
export async function decompressRange(
  source: FileSource,
  start: number,
  end: number,
  options: DecompressOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  checkRange(start, end);
  const file = await openFile(source, options);
  return await file.range(start, end, options);
}

function checkRange(start: number, end: number): void {
  checkInteger("start", start, 0);
  checkInteger("end", end, start);
}

async function decodeRange(
  file: RandomAccessSource,
  located: readonly PlacedLocation[],
  start: number,
  end: number,
  options: DecompressOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const settings = decompressSettings(options);
  checkContentLength(end - start, settings.maxLength, 0);
  const total = located.reduce((sum, { contentLength }) => sum + contentLength, 0);
  const executor = executorFor(settings.threads, total);
  const meter = new ProgressMeter(options.onProgress, total);
  return await withExecutor(executor, options.signal, async () => {
    async function* jobs(): AsyncGenerator<Job<Uint8Array>> {
      for (const location of located) {
        const { contentOffset, contentLength } = location;
        const from = Math.max(0, start - contentOffset);
        const to = Math.min(contentLength, end - contentOffset);
        const block = await readBlock(file, location, settings);
        yield rangeJob(block, from, to, { executor, meter }, settings);
      }
    }
    const parts: Uint8Array[] = [];
    for await (const part of runInOrder(jobs(), settings)) parts.push(part);
    meter.end();
    return concatenate(parts);
  });
}

/** Decodes what is wanted of a block: bytes from `from` up to, but without, `to`. */
function rangeJob(
  block: DecodeTask["block"],
  from: number,
  to: number,
  running: Running,
  settings: DecompressSettings,
): Job<Uint8Array> {
  const { contentLength } = block.header;
  if (to - from < contentLength && isDeduplicated(block)) {
    return {
      memory: settings.memoryLimit,
      start: async () =>
        (await decodeSomeParts(block, from, to, running, settings)) ??
        slice((await decodeJob(block, running, settings).start()).content, from, to),
    };
  }
  const job = decodeJob(block, running, settings);
  return { memory: job.memory, start: async () => slice((await job.start()).content, from, to) };
}

/** A block is not held for the few bytes of it that were asked for. */
function slice(content: Uint8Array, from: number, to: number): Uint8Array {
  if (to - from === content.length) return content;
  const wanted = content.slice(from, to);
  release(content);
  return wanted;
}

/** A block, and where its content lies in that of the file. */
type PlacedLocation = BlockLocation & { readonly contentOffset: number };

/** The blocks that content bytes lie in, found by bisection. */
function within(
  blocks: readonly BlockLocation[],
  ends: readonly number[],
  start: number,
  end: number,
): PlacedLocation[] {
  const contentLength = ends.at(-1) ?? 0;
  if (end > contentLength) {
    throw new RangeError(`end: expected at most ${contentLength}, the length of the content, got ${end}`);
  }
  const found: PlacedLocation[] = [];
  for (let i = firstAbove(ends, start); i < blocks.length && start < end; i++) {
    const contentOffset = ends[i] - blocks[i].contentLength;
    if (contentOffset >= end) break;
    if (blocks[i].contentLength > 0) found.push({ ...blocks[i], contentOffset });
  }
  return found;
}

/** The first of ascending numbers that is above `bound`: its index, or their number. */
function firstAbove(ascending: readonly number[], bound: number): number {
  let from = 0;
  let to = ascending.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (ascending[middle] > bound) to = middle;
    else from = middle + 1;
  }
  return from;
}

async function readBlock(
  source: RandomAccessSource,
  { number, last, offset, length, contentLength }: BlockLocation,
  means: DecodeMeans,
): Promise<DecodeTask["block"]> {
  const head = await source.read(offset, Math.min(length, MAX_HEADER));
  const reader = new ByteReader(head, offset);
  const header = readBlockHeader(reader, number, means.formats);
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

import { PithError } from "@pith/core";
import { ByteReader } from "@pith/core/bytes";
import { END_MAGIC, FOOTER_LENGTH, MAGIC, MAX_INDEX } from "../format/constants.ts";
import { readIndex } from "../format/frame-index.ts";
import type { RandomAccessSource } from "./source.ts";
import { walkSource } from "./walk.ts";

/** Where a block lies, as an index or its header says. */
export interface BlockLocation {
  /** In its frame. */
  readonly number: number;
  /** The last of its frame. */
  readonly last: boolean;
  /** Of its head, in the file. */
  readonly offset: number;
  /** Of header and payload. */
  readonly length: number;
  readonly contentLength: number;
}

/**
 * All blocks of a file: from the indexes where there are, from the headers elsewhere. What comes from an index has to
 * be compared with the block's header.
 *
 * @throws PithError
 */
export async function locateBlocks(source: RandomAccessSource): Promise<BlockLocation[]> {
  const frames: BlockLocation[][] = [];
  let start = source.size;
  while (start > 0) {
    const frame = await frameBefore(source, start);
    if (frame === undefined) break;
    frames.unshift(frame);
    start = frame[0].offset - MAGIC.length;
  }
  if (start === 0 && frames.length > 0) return frames.flat();
  try {
    // The frames at the front have one block each, so they have no index.
    return [...(await locateByHeaders(source, start)), ...frames.flat()];
  } catch (error) {
    if (!(error instanceof PithError) || start === source.size) throw error;
    // What looked like an index may have been the end of a payload.
    return await locateByHeaders(source, source.size);
  }
}

/** The blocks of the frame that ends at `end`; undefined if it ends in no index. */
async function frameBefore(source: RandomAccessSource, end: number): Promise<BlockLocation[] | undefined> {
  if (end < FOOTER_LENGTH) return undefined;
  const footer = new ByteReader(await source.read(end - FOOTER_LENGTH, FOOTER_LENGTH), end - FOOTER_LENGTH);
  const indexLength = footer.uint32();
  if (!equal(footer.bytes(END_MAGIC.length), END_MAGIC)) return undefined;
  const indexStart = end - FOOTER_LENGTH - indexLength;
  if (indexLength > MAX_INDEX || indexStart < 0) return undefined;
  const entries = await indexAt(source, indexStart, indexLength);
  if (entries === undefined) return undefined;
  const start = indexStart - entries.reduce((sum, { length }) => sum + length, 0);
  if (start < MAGIC.length || !equal(await source.read(start - MAGIC.length, MAGIC.length), MAGIC)) return undefined;
  let offset = start;
  return entries.map((entry, number) => {
    const location = { number, last: number + 1 === entries.length, offset, ...entry };
    offset += entry.length;
    return location;
  });
}

async function indexAt(
  source: RandomAccessSource,
  offset: number,
  length: number,
): Promise<ReturnType<typeof readIndex> | undefined> {
  const bytes = await source.read(offset, length);
  try {
    return readIndex(bytes, offset);
  } catch (error) {
    if (error instanceof PithError) return undefined;
    throw error;
  }
}

async function locateByHeaders(source: RandomAccessSource, end: number): Promise<BlockLocation[]> {
  const locations: BlockLocation[] = [];
  for await (const { header, offset, payloadOffset } of walkSource(source, end)) {
    const { number, last, contentLength, payloadLength } = header;
    locations.push({ number, last, offset, length: payloadOffset + payloadLength - offset, contentLength });
  }
  return locations;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

import { PithError } from "@pith/core";
import { readPartHeader, type BlockHeader } from "../format/block-header.ts";
import { ByteReader } from "@pith/core/bytes";
import { ALL_FORMATS } from "../format/all.ts";
import { MAX_HEADER } from "../format/constants.ts";
import { FrameWalker, takeStep, truncated, type PlacedBlock } from "../format/frame-walker.ts";
import type { RandomAccessSource } from "./source.ts";

/**
 * The blocks of a file, without their payloads: reads headers and indexes, and checks them.
 *
 * @param end where the file ends, for a part of a file
 * @throws PithError
 */
export async function* walkSource(source: RandomAccessSource, end = source.size): AsyncGenerator<PlacedBlock> {
  const walker = new FrameWalker(ALL_FORMATS);
  while (walker.offset < end || !walker.complete) {
    const length = Math.min(walker.wanted, end - walker.offset);
    const block = takeStep(walker, await source.read(walker.offset, length), end);
    if (block !== undefined) yield block;
  }
}

/** A part of a block, without its payload. */
export interface PlacedPart {
  readonly header: BlockHeader;
  readonly payloadOffset: number;
  readonly isPart: true;
}

/**
 * The headers of a block's parts, where its payload is parts.
 *
 * @throws PithError
 */
export async function* walkParts(
  source: RandomAccessSource,
  block: Pick<PlacedBlock, "header" | "payloadOffset"> | PlacedPart,
): AsyncGenerator<PlacedPart> {
  const { header, payloadOffset } = block;
  const end = payloadOffset + header.payloadLength;
  let offset = payloadOffset;
  for (let number = 0, last = false; !last; number++) {
    const reader = new ByteReader(await source.read(offset, Math.min(MAX_HEADER, end - offset)), offset);
    const part = readPartHeader(reader, number, ALL_FORMATS, "isPart" in block);
    yield { header: part, payloadOffset: reader.offset, isPart: true };
    offset = reader.offset + part.payloadLength;
    last = part.last;
    if (offset > end) throw truncated(end, offset - end);
  }
}

/** Bytes of content that the headers of a file name; undefined if they are damaged. */
export async function contentLengthOf(source: RandomAccessSource): Promise<number | undefined> {
  let length = 0;
  try {
    for await (const { header } of walkSource(source)) length += header.contentLength;
  } catch (error) {
    // Decoding will come to the same place, and say what is wrong there.
    if (error instanceof PithError) return undefined;
    throw error;
  }
  return length;
}

/** The last frame of an archive: where its index is. It is stored, and of one length, so that it is found from the end. */

import { compress, openFile, type RandomAccessSource } from "@pith/codec";
import { PithError } from "@pith/core";
import { ByteReader, ByteWriter } from "@pith/core/bytes";

/** What follows a tar's end in the content is read by no tar; this says that it is ours. */
const MAGIC = new TextEncoder().encode("\0pithidx");
/** Bytes of content, and of the frame around them. */
const LOCATOR_CONTENT = 32;
const FRAME = 12;
const LOCATOR_LENGTH = LOCATOR_CONTENT + FRAME;

/** How a file is divided; in bytes. */
export interface Layout {
  /** Of the frames with the tar: from the start of the file. */
  readonly tarFrames: number;
  /** Of the frames with the index, which follow. */
  readonly indexFrames: number;
  /** Of the tar itself: content of its frames. */
  readonly tarLength: number;
}

/** The frame that says so. */
export async function locatorFrame({ tarFrames, indexFrames, tarLength }: Layout): Promise<Uint8Array<ArrayBuffer>> {
  const content = new ByteWriter();
  content.bytes(MAGIC);
  for (const value of [tarFrames, indexFrames, tarLength]) putUint64(content, value);
  return await compress(content.finish(), { method: "stored", threads: 0 });
}

/**
 * How a file is divided.
 *
 * @returns undefined if it is an archive without an index, or none
 * @throws PithError `invalid-field` if it has been joined with others, or cut
 */
export async function findLayout(source: RandomAccessSource): Promise<Layout | undefined> {
  const start = source.size - LOCATOR_LENGTH;
  if (start < 0) return undefined;
  const content = await contentOf(await source.read(start, LOCATOR_LENGTH));
  if (content === undefined) return undefined;
  const reader = new ByteReader(content, start + FRAME);
  if (reader.bytes(MAGIC.length).some((byte, i) => byte !== MAGIC[i])) return undefined;
  const [tarFrames, indexFrames, tarLength] = [takeUint64(reader), takeUint64(reader), takeUint64(reader)];
  if (tarFrames + indexFrames !== start) {
    throw new PithError("invalid-field", "the archive is not as long as it says: it was cut, or joined with others", {
      offset: start + FRAME,
      expected: tarFrames + indexFrames + LOCATOR_LENGTH,
      got: source.size,
    });
  }
  return { tarFrames, indexFrames, tarLength };
}

/** The content of what may be a locator: what else a file ends with is none of ours to judge. */
async function contentOf(frame: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    const file = await openFile(frame);
    if (file.contentLength !== LOCATOR_CONTENT) return undefined;
    return await file.range(0, LOCATOR_CONTENT, { threads: 0 });
  } catch (error) {
    if (error instanceof PithError) return undefined;
    throw error;
  }
}

const HALF = 2 ** 32;

function putUint64(writer: ByteWriter, value: number): void {
  writer.uint32(value % HALF);
  writer.uint32(Math.floor(value / HALF));
}

function takeUint64(reader: ByteReader): number {
  const low = reader.uint32();
  return low + reader.uint32() * HALF;
}

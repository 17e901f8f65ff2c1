import { PithError } from "@pith/core";
import { ByteReader, ByteWriter } from "@pith/core/bytes";
import { checksum } from "../bytes/checksum.ts";
import { checksumFromBytes, checksumToBytes } from "../bytes/checksum-digits.ts";
import { CHECKSUM_LENGTH, END_MAGIC, INDEX_TAG, MAX_BLOCKS } from "./constants.ts";

/** What an index says of a block. */
export interface IndexEntry {
  /** Bytes in the file, from the block's head to the end of its payload. */
  readonly length: number;
  readonly contentLength: number;
}

/** The index of a frame, with its footer. */
export function writeIndex(entries: readonly IndexEntry[]): Uint8Array {
  const writer = new ByteWriter();
  writer.byte(INDEX_TAG);
  writer.varint(entries.length);
  for (const { length, contentLength } of entries) {
    writer.varint(length);
    writer.varint(contentLength);
  }
  writer.bytes(checksumToBytes(checksum(writer.finish(), 0)));
  writer.uint32(writer.length);
  writer.bytes(END_MAGIC);
  return writer.finish();
}

/**
 * Reads an index that was found from its footer.
 *
 * @param bytes from its tag to the end of its checksum
 * @param offset where it lies in the file
 * @throws PithError if it is none, or damaged
 */
export function readIndex(bytes: Uint8Array, offset: number): IndexEntry[] {
  const body = bytes.subarray(0, Math.max(0, bytes.length - CHECKSUM_LENGTH));
  const reader = new ByteReader(body, offset);
  const tag = reader.byte();
  if (tag !== INDEX_TAG) throw new PithError("invalid-field", "no index", { offset, expected: INDEX_TAG, got: tag });
  const [got, expected] = [checksum(body, 0), checksumFromBytes(bytes.subarray(body.length))];
  if (got !== expected) throw new PithError("checksum-mismatch", "the index is damaged", { offset, expected, got });
  const count = reader.varint("the number of blocks");
  if (count < 2 || count > MAX_BLOCKS) {
    throw new PithError("invalid-field", "the number of blocks is wrong", {
      offset,
      expected: `2 to ${MAX_BLOCKS}`,
      got: count,
    });
  }
  const entries: IndexEntry[] = [];
  for (let i = 0; i < count; i++) {
    entries.push({
      length: reader.varint("a block's length"),
      contentLength: reader.varint("a block's content length"),
    });
  }
  if (reader.position < body.length) {
    throw new PithError("invalid-field", "the index goes on after its last block", { offset: reader.offset });
  }
  return entries;
}

/**
 * Indexes of a store of records. Each stands behind records, says where they are and where the index before it ends, and is valid
 * by itself: what is written behind it later, whole or not, leaves it as it is. An index takes over what the ones before it say
 * as long as they hold no more records than it, so that there are few.
 */
import { fnv1a, PithError } from "@pith/core";
import { ByteReader, ByteWriter, type RandomAccessSource } from "@pith/core/bytes";
import { type Group, payloadOf, readGroup, writeGroup } from "./groups.ts";

export interface Index {
  /** Where it begins and ends. */
  readonly start: number;
  readonly end: number;
  /** Where the one before it ends, or the head of the store: there its records begin, but for gaps. */
  readonly previous: number;
  /** Records of the indexes before it, and of its own. */
  readonly first: number;
  readonly count: number;
  readonly groups: readonly Group[];
}

const TAG = 0xf2;
const END_MAGIC = [0x72, 0x8f];
/** Checksum, length, end magic. */
const FOOTER = 10;
const CHECKSUM = 4;
/** Bytes of the shortest index. */
const LEAST = 1 + 2 + 2 + FOOTER;
/** What is searched at once for an index that is whole. */
const PIECE = 65_536;
/** Bytes that are read in such a search for each byte of the file, at most, where each look counts for some. */
const MOST_READ = 8;
const LOOK = 256;
const HIGH = 2 ** 32;
/** Bytes of a store, at most. */
export const MOST_STORE = 2 ** 48;

/** @returns the bytes of an index that stands at `start` */
export function writeIndex({ start, previous, first, groups }: Omit<Index, "end" | "count">): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writer.byte(TAG);
  writeWide(writer, previous);
  writeWide(writer, first);
  for (const group of groups) writeGroup(writer, group);
  const length = writer.length + FOOTER;
  writer.uint32(checksumOf(writer.finish(), start));
  writer.uint32(length);
  for (const byte of END_MAGIC) writer.byte(byte);
  return writer.finish();
}

/** Its place goes into the checksum: a store that is a record of another has no index there. */
function checksumOf(bytes: Uint8Array, start: number): number {
  const place = new Uint8Array(8);
  new DataView(place.buffer).setBigUint64(0, BigInt(start), true);
  return fnv1a(bytes, fnv1a(place));
}

/** Where the records of an index end. */
export function endOfRecords({ previous, groups }: Index): number {
  return groups.reduce((at, group) => at + group.gap + payloadOf(group), previous);
}

/**
 * All indexes of a store, the first one first.
 *
 * @param head bytes of the store's head
 * @throws PithError if there is none, or one that contradicts another
 */
export async function readIndexes(source: RandomAccessSource, head: number): Promise<Index[]> {
  const indexes = [await lastIndex(source, head)];
  for (;;) {
    const [later] = indexes;
    if (later.previous === head) {
      if (later.first !== 0) throw contradiction(later, 0);
      return indexes;
    }
    const index = await indexAt(source, head, later.previous);
    if (index === undefined) {
      throw new PithError("damaged", "an index of records is not the one that was written", {
        offset: head,
        end: later.previous,
        expected: `an index that ends at byte ${later.previous}`,
      });
    }
    if (index.first + index.count !== later.first) throw contradiction(later, index.first + index.count);
    indexes.unshift(index);
  }
}

function contradiction({ start, first }: Index, expected: number): PithError {
  return new PithError("invalid-field", "an index of records counts other records before it than there are", {
    offset: start,
    expected,
    got: first,
  });
}

/** The last index that is whole: what stands behind it was never finished. */
async function lastIndex(source: RandomAccessSource, head: number): Promise<Index> {
  const last = await indexAt(source, head, source.size);
  if (last !== undefined) return last;
  const budget = { left: MOST_READ * source.size + PIECE };
  for (let end = source.size; end >= head + LEAST; end -= PIECE) {
    const from = Math.max(head, end - PIECE);
    // One byte more, as the magic may lie across the end.
    const piece = await source.read(from, Math.min(source.size, end + 1) - from);
    for (let at = piece.length - END_MAGIC.length; at >= 0; at--) {
      if (piece[at] !== END_MAGIC[0] || piece[at + 1] !== END_MAGIC[1]) continue;
      const index = await indexAt(source, head, from + at + END_MAGIC.length, budget);
      if (index !== undefined) return index;
    }
  }
  throw new PithError("truncated", "a store of records has no index that is whole", {
    offset: source.size,
    expected: "an index",
    got: "the end",
  });
}

/**
 * @param end where it ends, if there is one
 * @param budget bytes that may be read, of which what is read is taken
 * @returns undefined if what stands there is none
 * @throws PithError if it is one with fields that no index has
 */
async function indexAt(
  source: RandomAccessSource,
  head: number,
  end: number,
  budget = { left: Infinity },
): Promise<Index | undefined> {
  if (end < head + LEAST) return undefined;
  const footer = await source.read(end - FOOTER, FOOTER);
  const view = new DataView(footer.buffer, footer.byteOffset, footer.byteLength);
  if (footer.length < FOOTER || footer[8] !== END_MAGIC[0] || footer[9] !== END_MAGIC[1]) return undefined;
  budget.left -= LOOK;
  const length = view.getUint32(CHECKSUM, true);
  const start = end - length;
  if (length < LEAST || start < head || (await source.read(start, 1))[0] !== TAG) return undefined;
  budget.left -= length;
  if (budget.left < 0) {
    throw new PithError("damaged", "a store of records ends in what looks like indexes and is none", {
      offset: head,
      end: source.size,
    });
  }
  const bytes = await source.read(start, length - FOOTER);
  if (bytes.length < length - FOOTER || checksumOf(bytes, start) !== view.getUint32(0, true)) return undefined;
  return parse(bytes, start, end, head);
}

function parse(bytes: Uint8Array, start: number, end: number, head: number): Index {
  const reader = new ByteReader(bytes, start);
  reader.byte();
  const previous = readWide(reader, "the end of the index before");
  const first = readWide(reader, "the number of records before");
  if (previous < head || previous > start) {
    throw new PithError("invalid-field", "an index of records stands before the one that it follows", {
      offset: start + 1,
      expected: `${head} to ${start}`,
      got: previous,
    });
  }
  const groups: Group[] = [];
  let count = 0;
  let at = previous;
  while (reader.position < bytes.length) {
    const { offset } = reader;
    const group = readGroup(reader, bytes);
    groups.push(group);
    count += group.lengths.length;
    at += group.gap + payloadOf(group);
    if (at > start) {
      throw new PithError("invalid-field", "an index has records where it stands itself, or behind", {
        offset,
        expected: `at most byte ${start}`,
        got: at,
      });
    }
  }
  return { start, end, previous, first, count, groups };
}

/** As two varints: its lower 32 bits, and the rest. */
function writeWide(writer: ByteWriter, value: number): void {
  writer.varint(value % HIGH);
  writer.varint(Math.floor(value / HIGH));
}

function readWide(reader: ByteReader, name: string): number {
  const { offset } = reader;
  const low = reader.varint(name);
  const high = reader.varint(name);
  if (low < HIGH && high < MOST_STORE / HIGH) return high * HIGH + low;
  throw new PithError("invalid-field", `${name} is too large`, { offset, expected: "less than 2^48" });
}

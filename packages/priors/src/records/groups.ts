/** Groups of records: how long each is, in a few bits, and a checksum of them all. docs/format.md says what the bytes mean. */
import { fnv1a, PithError } from "@pith/core";
import type { ByteReader, ByteWriter } from "@pith/core/bytes";
import { BitReader, BitWriter } from "./bits.ts";

/** Records of a group, at most: to read one, the others are read too. */
const MOST_OF_GROUP = 128;
/** Bytes of a group from which on it takes no further record. */
const FULL = 16_384;
/** Bytes of a coded record, at most. */
const MOST_CODED = 65_536;
/** Bits that follow a length's quotient, at most. */
const MOST_SHIFT = 17;
/** Bit of the shift's byte: it is said of each record whether it is stored. */
const SOME_STORED = 0x80;

/** A record as it lies in a store. */
export interface Coded {
  readonly bytes: Uint8Array;
  /** The record as it is: the model made nothing shorter of it. */
  readonly stored: boolean;
}

/** What an index says of a group. */
export interface Group {
  /** Bytes of nothing in front of it: what was once an index. */
  readonly gap: number;
  readonly lengths: Uint32Array;
  /** By record; undefined: none is. */
  readonly stored: readonly boolean[] | undefined;
  /** FNV-1a of all its bytes. */
  readonly checksum: number;
}

/** Puts records into groups, in their order. */
export function groupsOf(records: readonly Coded[]): Group[] {
  const groups: Group[] = [];
  for (let start = 0; start < records.length;) {
    let end = start;
    for (let size = 0; end < records.length && end - start < MOST_OF_GROUP && size < FULL; end++) {
      size += records[end].bytes.length;
    }
    const members = records.slice(start, end);
    groups.push({
      gap: 0,
      lengths: Uint32Array.from(members, ({ bytes }) => bytes.length),
      stored: members.some(({ stored }) => stored) ? members.map(({ stored }) => stored) : undefined,
      checksum: members.reduce((hash, { bytes }) => fnv1a(bytes, hash), fnv1a([])),
    });
    start = end;
  }
  return groups;
}

/** Bytes of all records of a group. */
export function payloadOf({ lengths }: Group): number {
  return lengths.reduce((sum, length) => sum + length, 0);
}

/** Writes what an index says of a group: about log2 of the mean distance from the median, and two and a half bits, a record. */
export function writeGroup(writer: ByteWriter, { gap, lengths, stored, checksum }: Group): void {
  const median = lengths.toSorted()[lengths.length >> 1];
  const folded = Array.from(lengths, (length) => fold(length - median));
  const shift = bestShift(folded);
  writer.byte(lengths.length);
  writer.varint(gap);
  writer.varint(median);
  writer.byte(shift | (stored === undefined ? 0 : SOME_STORED));
  writer.uint32(checksum);
  const bits = new BitWriter();
  for (const [i, value] of folded.entries()) {
    if (stored !== undefined) bits.bits(stored[i] ? 1 : 0, 1);
    bits.ones(value >>> shift);
    bits.bits(value & ((1 << shift) - 1), shift);
  }
  writer.bytes(bits.finish());
}

/**
 * @param reader of the index, at the group
 * @param index from where the reader began
 * @throws PithError for what no writer writes
 */
export function readGroup(reader: ByteReader, index: Uint8Array): Group {
  const start = reader.offset;
  const count = reader.byte();
  if (count === 0 || count > MOST_OF_GROUP) {
    throw invalid("a group of records has no such number of records", start, `1 to ${MOST_OF_GROUP}`, count);
  }
  const gap = reader.varint("the gap before a group");
  const median = reader.varint("the length of records");
  const head = reader.byte();
  const shift = head & ~SOME_STORED;
  if (shift > MOST_SHIFT) throw invalid("lengths of records have no such shift", start, `0 to ${MOST_SHIFT}`, shift);
  const checksum = reader.uint32();
  const bits = new BitReader(index.subarray(reader.position), reader.offset);
  const lengths: number[] = [];
  const stored: boolean[] | undefined = head >= SOME_STORED ? [] : undefined;
  while (lengths.length < count) {
    stored?.push(bits.bits(1) === 1);
    const quotient = bits.ones((2 * MOST_CODED) >> shift);
    const length = median + unfold((quotient << shift) | bits.bits(shift));
    if (length < 0 || length > MOST_CODED) {
      throw invalid("a record has no such length", bits.offset, `0 to ${MOST_CODED}`, length);
    }
    lengths.push(length);
  }
  reader.bytes(bits.finish());
  return { gap, lengths: Uint32Array.from(lengths), stored, checksum };
}

function invalid(problem: string, offset: number, expected: string, got: number): PithError {
  return new PithError("invalid-field", problem, { offset, expected, got });
}

/** Of small numbers of either sign, small ones of none: 0, −1, 1, −2, … are 0, 1, 2, 3, …. */
function fold(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function unfold(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

function bestShift(values: readonly number[]): number {
  const cost = (shift: number): number => values.reduce((sum, value) => sum + (value >>> shift) + 1 + shift, 0);
  let best = 0;
  while (best < MOST_SHIFT && cost(best + 1) < cost(best)) best++;
  return best;
}

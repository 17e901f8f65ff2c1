/** What is written of a segment before its coded bytes. */
import { PithError } from "@pith/core";
import type { ByteReader, ByteWriter } from "@pith/core/bytes";
import type { ValueRun } from "../../bytes/value-run.ts";
import { SEGMENT } from "../../generated/weights-exports.ts";

/** A segment as it is written: its values as they are, or coded. */
export interface WrittenSegment extends Pick<ValueRun, "bytes" | "isFloat"> {
  /** Values. */
  readonly count: number;
  readonly isKept: boolean;
  /** Coded, the plane of exponents has some bits of the mantissa beside them. */
  readonly isJoined: boolean;
}

// Bits 1-0: log2 of the bytes of a value.
const BYTES = 3;
const FLOAT = 4;
const KEPT = 8;
const JOINED = 16;

/** Bytes of it at most. */
export const MOST_FORM = 6;

/** A byte of flags and the number of values. */
export function writeForm({ bytes, isFloat, count, isKept, isJoined }: WrittenSegment, writer: ByteWriter): void {
  writer.byte((31 - Math.clz32(bytes)) | (isFloat ? FLOAT : 0) | (isKept ? KEPT : 0) | (isJoined ? JOINED : 0));
  writer.varint(count);
}

/**
 * @param left bytes of the block that segments have not said yet
 * @throws PithError `invalid-field` for a segment that no encoder writes
 */
export function readForm(reader: ByteReader, left: number): WrittenSegment {
  const { offset } = reader;
  const flags = reader.byte();
  const bytes = (1 << (flags & BYTES)) as WrittenSegment["bytes"];
  const isFloat = (flags & FLOAT) !== 0;
  const isKept = (flags & KEPT) !== 0;
  const isJoined = (flags & JOINED) !== 0;
  const count = reader.varint("the number of values");
  const most = isKept ? left : Math.min(left, SEGMENT);
  const isForm = flags < 2 * JOINED && (bytes > 1 || !isFloat) && (!isJoined || (bytes === 2 && isFloat && !isKept));
  if (isForm && count > 0 && bytes * count <= most) return { bytes, isFloat, count, isKept, isJoined };
  throw new PithError("invalid-field", "a segment of values is none that can be", {
    offset,
    expected: `values of at most ${most} bytes`,
    got: `form ${flags}, ${count} values`,
  });
}

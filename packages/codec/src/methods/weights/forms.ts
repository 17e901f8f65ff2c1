/** What is written of a segment before its coded bytes. */
import { PithError } from "@pith/core";
import type { ByteReader, ByteWriter } from "@pith/core/bytes";
import { isSegment, type Segment } from "./segments.ts";

/** A segment as it is written: its values as they are, or coded. */
export interface WrittenSegment extends Segment {
  readonly isKept: boolean;
}

// Bits 1-0: log2 of the bytes of a value.
const BYTES = 3;
const FLOAT = 4;
const KEPT = 8;

/** A byte of flags and the number of values; where they are coded, also those of a run. */
export function writeForm({ bytes, isFloat, count, run, isKept }: WrittenSegment, writer: ByteWriter): void {
  writer.byte((31 - Math.clz32(bytes)) | (isFloat ? FLOAT : 0) | (isKept ? KEPT : 0));
  writer.varint(count);
  if (!isKept) writer.varint(run);
}

/**
 * @param left bytes of the block that segments have not said yet
 * @throws PithError `invalid-field` for a segment that no encoder writes
 */
export function readForm(reader: ByteReader, left: number): WrittenSegment {
  const { offset } = reader;
  const flags = reader.byte();
  const bytes = (1 << (flags & BYTES)) as Segment["bytes"];
  const isKept = (flags & KEPT) !== 0;
  const count = reader.varint("the number of values");
  const run = isKept ? undefined : reader.varint("the length of a run");
  const segment = { bytes, isFloat: (flags & FLOAT) !== 0, count, run: run ?? 0 };
  const isKnown = flags < 2 * KEPT && count > 0 && (isKept || isSegment(segment));
  if (isKnown && bytes * count <= left) return { ...segment, isKept };
  throw new PithError("invalid-field", "a segment of values is none that can be", {
    offset,
    expected: `values of at most ${left} bytes`,
    got: `form ${flags}, ${count} values${run === undefined ? "" : ` in runs of ${run}`}`,
  });
}

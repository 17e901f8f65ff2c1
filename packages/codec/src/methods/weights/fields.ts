/** Blocks of quantised values: their fields are put together, each with those of its like in all blocks, and apart again. */
import { PithError } from "@pith/core";
import type { ByteReader, ByteWriter } from "@pith/core/bytes";
import { bytesOfFields, type BlockField, type ValueRun } from "../../bytes/value-run.ts";

/** Fields of a block at most, and bytes of one. */
const MOST_FIELDS = 8;
const MOST_BYTES = 4096;

// Of what is written of a field: bits 1-0: log2 of the bytes of a value.
const BYTES = 3;
const FLOAT = 4;

/** The runs of what {@link gathered} gives. @param row blocks of a row */
export function runsOfFields(fields: readonly BlockField[], row: number, length: number): ValueRun[] {
  const blocks = Math.floor(length / bytesOfFields(fields));
  return fields.map(({ bytes, isFloat, count }) => ({
    bytes,
    isFloat,
    row: row * count,
    length: blocks * count * bytes,
  }));
}

/** The first field of each block, then the second, and so on; then what is left behind the last whole block. */
export function gathered(input: Uint8Array, fields: readonly BlockField[]): Uint8Array {
  const output = new Uint8Array(input.length);
  move(input.length, fields, (inBlocks, byField, bytes) => {
    for (let i = 0; i < bytes; i++) output[byField + i] = input[inBlocks + i];
  });
  return output;
}

/** Undoes {@link gathered}. */
export function scattered(input: Uint8Array, fields: readonly BlockField[]): Uint8Array {
  const output = new Uint8Array(input.length);
  move(input.length, fields, (inBlocks, byField, bytes) => {
    for (let i = 0; i < bytes; i++) output[inBlocks + i] = input[byField + i];
  });
  return output;
}

/** Calls for each field of each block with its place there, its place among its like, and its bytes. */
function move(
  length: number,
  fields: readonly BlockField[],
  copy: (inBlocks: number, byField: number, bytes: number) => void,
): void {
  const size = bytesOfFields(fields);
  const blocks = Math.floor(length / size);
  let [at, to] = [0, 0];
  for (const { bytes, count } of fields) {
    for (let block = 0; block < blocks; block++, to += bytes * count) copy(block * size + at, to, bytes * count);
    at += bytes * count;
  }
  copy(blocks * size, to, length - blocks * size);
}

export function writeFields(fields: readonly BlockField[], writer: ByteWriter): void {
  writer.byte(fields.length);
  for (const { bytes, isFloat, count } of fields) {
    writer.byte((31 - Math.clz32(bytes)) | (isFloat ? FLOAT : 0));
    writer.varint(count);
  }
}

/** @throws PithError `invalid-field` for fields that no encoder writes */
export function readFields(reader: ByteReader): BlockField[] {
  const { offset } = reader;
  const number = reader.byte();
  const fields: BlockField[] = [];
  for (let i = 0; i < Math.min(number, MOST_FIELDS); i++) {
    const form = reader.byte();
    const count = reader.varint("the values of a field");
    const bytes = (1 << (form & BYTES)) as BlockField["bytes"];
    const isFloat = (form & FLOAT) !== 0;
    const isForm = form < 2 * FLOAT && bytes <= 4 && (bytes > 1 || !isFloat);
    if (!isForm || count < 1 || bytes * count > MOST_BYTES) throw wrong(offset, `form ${form}, ${count} values`);
    fields.push({ bytes, isFloat, count });
  }
  if (number === fields.length && number > 0) return fields;
  throw wrong(offset, `${number} fields`);
}

function wrong(offset: number, got: string): PithError {
  return new PithError("invalid-field", "a block of quantised values is none that can be", {
    offset,
    expected: `1 to ${MOST_FIELDS} fields of at most ${MOST_BYTES} bytes`,
    got,
  });
}

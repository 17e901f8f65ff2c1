import { PithError } from "@pith/core";
import type { ByteReader, ByteWriter } from "@pith/core/bytes";
import { checksumFromBytes, checksumToBytes, type Checksum } from "../../bytes/checksum-digits.ts";
import type { BlockField, ValueRun } from "../../bytes/value-run.ts";
import { SEGMENT } from "../../generated/weights-exports.ts";
import { readFields, writeFields } from "./fields.ts";

export interface WeightsParameters {
  /**
   * What is coded how; `tables`: values, under static frequencies; `differences`: likewise their differences to a base; `blocks`:
   * likewise the fields of blocks of quantised values.
   */
  readonly model: "tables" | "differences" | "blocks";
  /** Of a block, for `blocks`. */
  readonly fields?: readonly BlockField[] | undefined;
  /** What they differ from, for `differences`. */
  readonly base?: Base | undefined;
  /** 1 looks at what is quick to decode, 2 at all; not written, since a decoder need not know. */
  readonly effort?: 1 | 2 | undefined;
  /** What stands where in the block; not written either: the payload says it. */
  readonly runs?: readonly ValueRun[] | undefined;
}

/** What values differ from: as many bytes of another file, the reference. */
export interface Base {
  /** In the reference, in bytes. */
  readonly offset: number;
  /** Of the bytes there, with the seed 0. */
  readonly checksum: Checksum;
  /** What these are, once they were read. */
  readonly bytes?: Uint8Array | undefined;
}

/** {@link Base}, read. */
export type BaseBytes = Pick<Required<Base>, "offset"> & { readonly bytes: Uint8Array };

/** Options of the method. */
export interface WeightsOptions {
  readonly values?: readonly ValueRun[] | undefined;
  readonly base?: BaseBytes | undefined;
}

/** Models by their number, which stands for the same in files for ever. */
const MODELS: readonly WeightsParameters["model"][] = ["tables", "differences", "blocks"];

/** Bytes of the kernel's tables, at most, and what WebAssembly's pages round up to. */
const STATIC = 1.75 * 2 ** 20;
/** How many times a segment is there: its values, its planes, these joined, and both coded; and a block outside of the kernel. */
const COPIES = 6.25;
const HOST = 3;

export function kernelMemory(length: number): number {
  return STATIC + COPIES * Math.min(length, SEGMENT);
}

/** Bytes of memory that coding a block takes, both ways. */
export function weightsMemory(length: number): number {
  return Math.ceil(kernelMemory(length) + HOST * length);
}

export function writeWeightsParameters({ model, base, fields }: WeightsParameters, writer: ByteWriter): void {
  writer.byte(MODELS.indexOf(model));
  if (fields !== undefined) writeFields(fields, writer);
  if (base === undefined) return;
  writer.varint(base.offset);
  writer.bytes(checksumToBytes(base.checksum));
}

/** @throws PithError `invalid-field` for a model that there is not */
export function readWeightsParameters(reader: ByteReader): WeightsParameters {
  const { offset } = reader;
  const number = reader.byte();
  if (number === 0) return { model: "tables" };
  if (number === 2) return { model: "blocks", fields: readFields(reader) };
  if (number < MODELS.length) {
    const place = reader.varint("the place in the reference");
    return { model: MODELS[number], base: { offset: place, checksum: checksumFromBytes(reader.bytes(8)) } };
  }
  throw new PithError("invalid-field", "weights have no such model", {
    offset,
    expected: `0 to ${MODELS.length - 1}`,
    got: number,
  });
}

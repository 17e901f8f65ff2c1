import { PithError } from "@pith/core";
import type { ByteReader, ByteWriter } from "@pith/core/bytes";
import type { ValueRun } from "../../bytes/value-run.ts";
import { SEGMENT } from "../../generated/weights-exports.ts";

export interface WeightsParameters {
  /** What is coded how; `tables`: static frequencies. */
  readonly model: "tables";
  /** 1 looks at what is quick to decode, 2 at all; not written, since a decoder need not know. */
  readonly effort?: 1 | 2 | undefined;
  /** What stands where in the block; not written either: the payload says it. */
  readonly runs?: readonly ValueRun[] | undefined;
}

/** Options of the method. */
export interface WeightsOptions {
  readonly values?: readonly ValueRun[] | undefined;
}

/** Models by their number, which stands for the same in files for ever. */
const MODELS: readonly WeightsParameters["model"][] = ["tables"];

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

export function writeWeightsParameters({ model }: WeightsParameters, writer: ByteWriter): void {
  writer.byte(MODELS.indexOf(model));
}

/** @throws PithError `invalid-field` for a model that there is not */
export function readWeightsParameters(reader: ByteReader): WeightsParameters {
  const { offset } = reader;
  const number = reader.byte();
  if (number < MODELS.length) return { model: MODELS[number] };
  throw new PithError("invalid-field", "weights have no such model", {
    offset,
    expected: `0 to ${MODELS.length - 1}`,
    got: number,
  });
}

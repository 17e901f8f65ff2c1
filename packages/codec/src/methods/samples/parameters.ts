/** What the header of a block says of its model: how it is chosen, written and read. */
import type { DeferredKernel } from "@pith/core";
import { PithError } from "@pith/core";
import type { ByteReader, ByteWriter } from "@pith/core/bytes";
import { KERNELS } from "../../generated/kernels.ts";
import type { SamplesKernel } from "../../generated/samples-exports.ts";
import type { TableOptions } from "../method.ts";
import { isShape, MOST_CHANNELS, MOST_ROW, type SampleShape } from "../../bytes/sample-shape.ts";

export interface SampleParameters {
  /** Of the model: 0 fast, 1 strong. */
  readonly strength: number;
  /** Log2 of the slots that a context has: 8 to 18. */
  readonly tableBits: number;
  readonly shape: SampleShape;
}

/** Options of the method. */
export interface SampleOptions extends TableOptions {
  /** How samples stand, where that is known. */
  readonly shape?: SampleShape | undefined;
}

/** A model of samples. */
interface Strength {
  readonly kernel: DeferredKernel<SamplesKernel>;
  /** Contexts with slots. */
  readonly contexts: number;
  /** Bytes of the kernel beside those and what is kept of the stream. */
  readonly fixed: number;
}

const MIB = 2 ** 20;

/** By number, which stands for the same in files for ever. */
export const STRENGTHS: readonly Strength[] = [
  { kernel: KERNELS.samples, contexts: 8, fixed: 4 * MIB },
  { kernel: KERNELS["samples-best"], contexts: 18, fixed: 4.25 * MIB },
];

const LEAST_TABLE_BITS = 8;
const MOST_TABLE_BITS = 18;
/** Bytes of a slot. */
const SLOT = 64;
/** Rows and moments that are kept, in samples: what the kernel calls its reach, and how it rounds it up. */
const LOOK_BACK = 4096;
/** Bytes that are kept of each of these, of each sample of the block, and of each byte of content. */
const KEPT = 8 + 6;
const HISTORY = 2;
const HOST = 3;

/** Of each level: the strength, and log2 of the slots. */
const LEVELS: readonly (readonly [strength: number, tableBits: number])[] = [
  [0, 11],
  [0, 12],
  [0, 12],
  [0, 13],
  [0, 14],
  [0, 15],
  [1, 14],
  [1, 15],
  [1, 16],
  [1, 16],
];

/** Parameters for an input of `length` bytes at a level. */
export function parametersFor(
  length: number,
  level: number,
  shape: SampleShape,
  { halvings = 0 }: TableOptions = {},
): SampleParameters {
  const [strength, tableBits] = LEVELS[level - 1];
  // A sample makes few new slots in most contexts.
  const useful = 33 - Math.clz32(Math.max(length, 1));
  return { strength, tableBits: Math.max(LEAST_TABLE_BITS, Math.min(tableBits - halvings, useful)), shape };
}

/** Bytes of the kernel's memory. */
export function kernelMemory({ strength, tableBits, shape }: SampleParameters, length: number): number {
  const { contexts, fixed } = STRENGTHS[strength];
  const reach = Math.max(LOOK_BACK, 2 * (shape.row + 2 * shape.channels) + 2);
  const kept = KEPT * 2 ** (32 - Math.clz32(reach));
  return fixed + SLOT * contexts * 2 ** tableBits + kept + HISTORY * Math.ceil(length / shape.bytes);
}

/** Bytes of memory that coding a block takes, both ways. */
export function samplesMemory(parameters: SampleParameters, length: number): number {
  return kernelMemory(parameters, length) + HOST * length;
}

/** Bytes of memory that coding a block takes at a level, whatever its samples are. */
export function mostMemory(length: number, level: number, options?: TableOptions): number {
  const row = Math.min(MOST_ROW, Math.max(MOST_CHANNELS, length));
  const widest = { bytes: 1, big: false, signed: false, channels: MOST_CHANNELS, row };
  return samplesMemory(parametersFor(length, level, widest, options), length);
}

// A byte of the table's bits and the strength, one of the shape, one of the channels; then the row, a varint.
const STRONG = 0x80;
const BIG = 4;
const SIGNED = 8;

export function writeSampleParameters({ strength, tableBits, shape }: SampleParameters, writer: ByteWriter): void {
  const { bytes, big, signed, channels, row } = shape;
  writer.byte((strength === 1 ? STRONG : 0) | tableBits);
  writer.byte((bytes - 1) | (big ? BIG : 0) | (signed ? SIGNED : 0));
  writer.byte(channels);
  writer.varint(row);
}

/** @throws PithError `invalid-field` on values that no encoder writes */
export function readSampleParameters(reader: ByteReader): SampleParameters {
  const { offset } = reader;
  const first = reader.byte();
  const tableBits = first & ~STRONG;
  if (tableBits < LEAST_TABLE_BITS || tableBits > MOST_TABLE_BITS) {
    throw new PithError("invalid-field", "the tables of a block's model have no such size", {
      offset,
      expected: `${LEAST_TABLE_BITS} to ${MOST_TABLE_BITS}`,
      got: tableBits,
    });
  }
  const flags = reader.byte();
  const channels = reader.byte();
  const row = reader.varint("the length of a row");
  const shape = { bytes: (flags & 3) + 1, big: (flags & BIG) !== 0, signed: (flags & SIGNED) !== 0, channels, row };
  if (flags >= 2 * SIGNED || !isShape(shape) || (shape.bytes === 1 && shape.big)) {
    throw new PithError("invalid-field", "samples do not stand in this way", { offset: offset + 1, got: flags });
  }
  return { strength: first >= STRONG ? 1 : 0, tableBits, shape };
}

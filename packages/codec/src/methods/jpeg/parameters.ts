/** What the header of a block says of its models: how it is chosen, written and read. */
import type { DeferredKernel } from "@pith/core";
import { PithError } from "@pith/core";
import type { ByteReader, ByteWriter } from "@pith/core/bytes";
import { KERNELS } from "../../generated/kernels.ts";
import type { JpegKernel } from "../../generated/jpeg-exports.ts";
import type { TableOptions } from "../method.ts";
import { mix, type MixParameters } from "../mix/index.ts";
import { MOST_BLOCKS } from "./header.ts";
import { recogniseJpeg } from "./recognise.ts";

/** What a block of this method says of its models. */
export interface JpegParameters {
  /** Of the models: 0 fast, 1 strong. */
  readonly strength: number;
  /** Log2 of the slots that a context has: 10 to 18. */
  readonly tableBits: number;
  /** Blocks of 64 coefficients; 0: the input is no JPEG that is understood. */
  readonly blocks: number;
}

/** A model of coefficients, and the number of that of `mix` for what else there is. */
interface Strength {
  readonly kernel: DeferredKernel<JpegKernel>;
  /** Contexts with slots. */
  readonly contexts: number;
  /** Bytes of the kernel beside those and the coefficients. */
  readonly fixed: number;
  readonly mixModel: number;
}

const MIB = 2 ** 20;

/** By number, which stands for the same in files for ever. */
export const STRENGTHS: readonly Strength[] = [
  { kernel: KERNELS.jpeg, contexts: 6, fixed: 2.25 * MIB, mixModel: 5 },
  { kernel: KERNELS["jpeg-best"], contexts: 24, fixed: 2.75 * MIB, mixModel: 7 },
];

const LEAST_TABLE_BITS = 10;
const MOST_TABLE_BITS = 18;

const STRONG = 0x80;
/** Most blocks for each byte of a file: 256 bytes of coefficients. A picture with less in it is left to `mix`. */
const BLOCKS_PER_BYTE = 2;

/** Of each level: the strength, log2 of the slots, and most MiB that the coefficients take. */
const LEVELS: readonly (readonly [strength: number, tableBits: number, coefficients: number])[] = [
  [0, 12, 9],
  [0, 12, 32],
  [0, 13, 30],
  [0, 13, 44],
  [0, 14, 72],
  [0, 14, 112],
  [1, 15, 136],
  [1, 15, 160],
  [1, 16, 448],
  [1, 16, 448],
];

/** Parameters of the largest picture that an input of `length` bytes is taken apart for. */
function mostParameters(length: number, level: number, { halvings = 0 }: TableOptions = {}): JpegParameters {
  const [strength, tableBits, coefficients] = LEVELS[level - 1];
  return {
    strength,
    tableBits: Math.max(LEAST_TABLE_BITS, Math.min(tableBits, usefulTableBits(length)) - halvings),
    blocks: Math.min(BLOCKS_PER_BYTE * length, (coefficients * MIB) / 128 / 2 ** halvings),
  };
}

/** Parameters for an input at a level; a picture that would take too much memory is left to `mix`. */
export function jpegParameters(input: Uint8Array, level: number, options?: TableOptions): JpegParameters {
  const most = mostParameters(input.length, level, options);
  const blocks = recogniseJpeg(input)?.blocks ?? 0;
  return { ...most, blocks: blocks <= most.blocks ? blocks : 0 };
}

/** Bytes of memory that coding a block of `length` bytes takes at a level, whatever it is. */
export function mostMemory(length: number, level: number, options?: TableOptions): number {
  return jpegMemory(mostParameters(length, level, options), length);
}

/** A byte of a JPEG makes less than one new slot in most contexts. */
function usefulTableBits(length: number): number {
  return Math.max(LEAST_TABLE_BITS, Math.min(MOST_TABLE_BITS, 30 - Math.clz32(Math.max(length, 4))));
}

/** Bytes of the kernel's memory. */
export function kernelMemory({ strength, tableBits, blocks }: JpegParameters): number {
  const { contexts, fixed } = STRENGTHS[strength];
  // Of a block: its coefficients, and how many of them are not zero.
  return fixed + 64 * contexts * 2 ** tableBits + (128 + 1) * blocks;
}

/**
 * Bytes of memory for each byte of input: itself, its coded bits without their stuffing or its segments, the kernel's copy
 * of those, and the output.
 */
const MEMORY_PER_BYTE = 4;

/** Bytes of memory that coding a block takes, both ways. */
export function jpegMemory(parameters: JpegParameters, length: number): number {
  const { blocks } = parameters;
  const mixed = mixParametersFor(parameters, length);
  if (blocks === 0) return mix.memory(mixed, length);
  return mix.memory(mixed, 0) + kernelMemory(parameters) + blocks + MEMORY_PER_BYTE * length;
}

/** Of the model for segments, and for what is not understood. It and its tables are part of the format. */
export function mixParametersFor({ strength }: JpegParameters, length: number): MixParameters {
  const filled = 32 - Math.clz32(length) + 2;
  return {
    model: STRENGTHS[strength].mixModel,
    tableBits: Math.max(10, Math.min(16, filled)),
    words: false,
    x64: false,
  };
}

/** A byte, and a varint: the blocks. */
export function writeJpegParameters({ strength, tableBits, blocks }: JpegParameters, writer: ByteWriter): void {
  writer.byte((strength === 1 ? STRONG : 0) | tableBits);
  writer.varint(blocks);
}

/** @throws PithError `invalid-field` on values that no encoder writes */
export function readJpegParameters(reader: ByteReader): JpegParameters {
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
  const blocksOffset = reader.offset;
  const blocks = reader.varint("the number of a picture's blocks");
  if (blocks > MOST_BLOCKS) {
    throw new PithError("invalid-field", "a picture has too many blocks", {
      offset: blocksOffset,
      expected: `at most ${MOST_BLOCKS}`,
      got: blocks,
    });
  }
  return { strength: first >= STRONG ? 1 : 0, tableBits, blocks };
}

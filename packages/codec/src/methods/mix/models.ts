import { type EmbeddedKernel } from "@pith/core";
import { kernel as binaryKernel } from "../../generated/mix-binary.ts";
import { kernel as binaryBestKernel } from "../../generated/mix-binary-best.ts";
import { kernel as binaryFastKernel } from "../../generated/mix-binary-fast.ts";
import { kernel as binaryStrongKernel } from "../../generated/mix-binary-strong.ts";
import { kernel as textKernel } from "../../generated/mix-text.ts";
import { kernel as textBestKernel } from "../../generated/mix-text-best.ts";
import { kernel as textFastKernel } from "../../generated/mix-text-fast.ts";
import { kernel as textStrongKernel } from "../../generated/mix-text-strong.ts";

/** A model of `@pith/predictors`, as this method uses it. */
export interface Model {
  readonly name: string;
  readonly kernel: EmbeddedKernel;
  /** Hashed contexts, each with a table of its own. */
  readonly contexts: number;
  /** Log2 of the bytes that one position of the content can fill in a table. */
  readonly positionBits: number;
  /** Bytes of everything that does not grow with the tables or the content: weights, maps. */
  readonly fixedMemory: number;
}

const MIB = 2 ** 20;

/** By the number that stands in the block's parameters. A number, once released, keeps its model. */
export const MODELS: readonly Model[] = [
  { name: "text-fast", kernel: textFastKernel, contexts: 6, positionBits: 5, fixedMemory: 12 * MIB },
  { name: "text", kernel: textKernel, contexts: 12, positionBits: 5, fixedMemory: 12 * MIB },
  { name: "text-strong", kernel: textStrongKernel, contexts: 19, positionBits: 5, fixedMemory: 16 * MIB },
  { name: "text-best", kernel: textBestKernel, contexts: 32, positionBits: 6, fixedMemory: 48 * MIB },
  { name: "binary-fast", kernel: binaryFastKernel, contexts: 4, positionBits: 5, fixedMemory: 12 * MIB },
  { name: "binary", kernel: binaryKernel, contexts: 11, positionBits: 5, fixedMemory: 12 * MIB },
  { name: "binary-strong", kernel: binaryStrongKernel, contexts: 16, positionBits: 5, fixedMemory: 16 * MIB },
  { name: "binary-best", kernel: binaryBestKernel, contexts: 24, positionBits: 6, fixedMemory: 48 * MIB },
];

/** Models of a kind, by strength. */
const STRENGTHS = 4;

export const LEAST_TABLE_BITS = 10;
export const MOST_TABLE_BITS = 24;

const LEVELS: readonly { readonly strength: number; readonly tableBits: number }[] = [
  { strength: 0, tableBits: 20 },
  { strength: 0, tableBits: 22 },
  { strength: 1, tableBits: 20 },
  { strength: 1, tableBits: 21 },
  { strength: 1, tableBits: 22 },
  { strength: 2, tableBits: 22 },
  { strength: 2, tableBits: 23 },
  { strength: 3, tableBits: 22 },
  { strength: 3, tableBits: 24 },
];

/** Number of the model for a kind of content at a level, and the size of its tables for `length` bytes. */
export function modelFor(kind: "text" | "binary", level: number, length: number): { model: number; tableBits: number } {
  const { strength, tableBits } = LEVELS[level - 1];
  const model = strength + (kind === "text" ? 0 : STRENGTHS);
  // Tables that the content cannot fill would only cost time to touch.
  const filled = Math.ceil(Math.log2(Math.max(length, 1))) + MODELS[model].positionBits;
  return { model, tableBits: Math.min(tableBits, Math.max(LEAST_TABLE_BITS, filled)) };
}

import type { DeferredKernel } from "@pith/core";
import { KERNELS } from "../../generated/kernels.ts";

/** A model of `@pith/predictors`, as this method uses it. */
export interface Model {
  readonly name: string;
  readonly kernel: DeferredKernel;
  /** Hashed contexts, each with a table of its own. */
  readonly contexts: number;
  /** Bytes of everything that does not grow with the tables or the content: weights, maps. */
  readonly fixedMemory: number;
}

const MIB = 2 ** 20;

/**
 * By number; what a number stands for, once released, never changes. The first eight are named by three bits of a
 * block's parameters, those behind them by a byte more.
 */
export const MODELS: readonly Model[] = [
  { name: "text-fast", kernel: KERNELS["mix-text-fast"], contexts: 5, fixedMemory: 10 * MIB },
  { name: "text", kernel: KERNELS["mix-text"], contexts: 11, fixedMemory: 10 * MIB },
  { name: "text-strong", kernel: KERNELS["mix-text-strong"], contexts: 20, fixedMemory: 12 * MIB },
  { name: "text-best", kernel: KERNELS["mix-text-best"], contexts: 32, fixedMemory: 36 * MIB },
  { name: "binary-fast", kernel: KERNELS["mix-binary-fast"], contexts: 4, fixedMemory: 10 * MIB },
  { name: "binary", kernel: KERNELS["mix-binary"], contexts: 10, fixedMemory: 10 * MIB },
  { name: "binary-strong", kernel: KERNELS["mix-binary-strong"], contexts: 20, fixedMemory: 12 * MIB },
  { name: "binary-best", kernel: KERNELS["mix-binary-best"], contexts: 28, fixedMemory: 36 * MIB },
  { name: "text-max", kernel: KERNELS["mix-text-max"], contexts: 32, fixedMemory: 38 * MIB },
  { name: "binary-max", kernel: KERNELS["mix-binary-max"], contexts: 28, fixedMemory: 37 * MIB },
];

/** Models that the three bits of a block's parameters name. */
export const USUAL_MODELS = 8;

/** The strongest model for text, whose network may start from trained weights. */
export const TEXT_MAX = 8;

/** Whether a model is for text; the others are for binaries. */
export function isForText(model: number): boolean {
  return MODELS[model].name.startsWith("text");
}

export const LEAST_TABLE_BITS = 10;
export const MOST_TABLE_BITS = 24;

const LEVELS: readonly { readonly strength: number; readonly tableBits: number }[] = [
  { strength: 0, tableBits: 18 },
  { strength: 0, tableBits: 22 },
  { strength: 1, tableBits: 20 },
  { strength: 1, tableBits: 21 },
  { strength: 1, tableBits: 22 },
  { strength: 2, tableBits: 22 },
  { strength: 2, tableBits: 23 },
  { strength: 3, tableBits: 22 },
  { strength: 3, tableBits: 24 },
  { strength: 4, tableBits: 24 },
];

/** Numbers of the models of each kind, by strength. */
const STRENGTHS = { text: [0, 1, 2, 3, TEXT_MAX], binary: [4, 5, 6, 7, 9] } as const;

/** Number of the model for a kind of content at a level, and the size of its tables for `length` bytes. */
export function modelFor(kind: "text" | "binary", level: number, length: number): { model: number; tableBits: number } {
  const { strength, tableBits } = LEVELS[level - 1];
  return {
    model: STRENGTHS[kind][strength],
    tableBits: Math.min(tableBits, Math.max(LEAST_TABLE_BITS, usefulTableBits(length))),
  };
}

/**
 * Tables that the content cannot fill would only cost time to touch. The longer the content, the more of its contexts
 * are ones that it has had: 32 bytes of table for each of 1 KiB, 4 for each of 1 MiB, measured.
 */
function usefulTableBits(length: number): number {
  const lengthBits = 31 - Math.clz32(Math.max(length, 1));
  return 7 + Math.floor((lengthBits * 4) / 5);
}

import type { DeferredKernel } from "@pith/core";
import { KERNELS } from "../../generated/kernels.ts";
import { LEAST_TABLE_BITS, MOST_TABLE_BITS, type MixKernel } from "../../generated/mix-exports.ts";
import { MODELS as FACTS, type ModelFacts, type ModelName } from "../../generated/mix-models.ts";

export { LEAST_TABLE_BITS, MOST_TABLE_BITS };

/** A model of `@pith/predictors`, as this method uses it. */
export interface Model extends ModelFacts {
  readonly name: ModelName;
  readonly kernel: DeferredKernel<MixKernel>;
}

/**
 * By number; what a number stands for, once released, never changes. The first eight are named by three bits of a
 * block's parameters, the eight behind them by the same bits and a byte more.
 */
const NUMBERED: readonly ModelName[] = [
  "text-fast",
  "text",
  "text-strong",
  "text-best",
  "binary-fast",
  "binary",
  "binary-strong",
  "binary-best",
  "text-max",
  "binary-max",
  "text-plus",
  "text-strong-plus",
  "binary-plus",
  "binary-strong-plus",
];

/** The models by number. */
export const MODELS: readonly Model[] = NUMBERED.map((name) => ({
  name,
  kernel: KERNELS[`mix-${name}`],
  ...FACTS[name],
}));

/** Models that the three bits of a block's parameters name. */
export const USUAL_MODELS = 8;

/** The strongest model for text, whose network may start from trained weights. */
export const TEXT_MAX = 8;

/** Whether a model is for text; the others are for binaries. */
export function isForText(model: number): boolean {
  return MODELS[model].content === "text";
}

const LEVELS: readonly { readonly strength: number; readonly tableBits: number }[] = [
  { strength: 0, tableBits: 18 },
  { strength: 0, tableBits: 22 },
  { strength: 1, tableBits: 20 },
  { strength: 1, tableBits: 21 },
  { strength: 1, tableBits: 22 },
  { strength: 2, tableBits: 22 },
  { strength: 3, tableBits: 23 },
  { strength: 4, tableBits: 23 },
  { strength: 5, tableBits: 24 },
  { strength: 6, tableBits: 24 },
];

/** The models of each kind, by strength. */
const STRENGTHS = {
  text: ["text-fast", "text", "text-plus", "text-strong", "text-strong-plus", "text-best", "text-max"],
  binary: ["binary-fast", "binary", "binary-plus", "binary-strong", "binary-strong-plus", "binary-best", "binary-max"],
} as const satisfies Record<"text" | "binary", readonly ModelName[]>;

/** Bytes of WebAssembly's memory that are taken at a time. */
const PAGE = 65_536;

/** Bytes of memory that a block of a length takes: its model's, the kernel's copy of the content, input and output. */
export function blockMemory(model: number, tableBits: number, length: number): number {
  return MODELS[model].memory[tableBits - LEAST_TABLE_BITS] + 3 * length + PAGE;
}

/**
 * Number of the model for a kind of content at a level, and the size of its tables for `length` bytes.
 *
 * @param halvings of the tables, where memory is short
 */
export function modelFor(
  kind: "text" | "binary",
  level: number,
  length: number,
  halvings = 0,
): { model: number; tableBits: number } {
  const { strength, tableBits } = LEVELS[level - 1];
  return {
    model: NUMBERED.indexOf(STRENGTHS[kind][strength]),
    tableBits: Math.max(LEAST_TABLE_BITS, Math.min(tableBits, usefulTableBits(length)) - halvings),
  };
}

/** The weakest model that is tried beside stronger ones. The one below it is hardly ever better, and by 3 bytes at most. */
const LEAST_TRIED = 1;

/** As {@link modelFor}, of the lower levels that have other models, each with its largest tables; the strongest first. */
export function lesserModels(
  kind: "text" | "binary",
  level: number,
  length: number,
  halvings = 0,
): { model: number; tableBits: number }[] {
  const lesser: { model: number; tableBits: number }[] = [];
  for (let lower = level - 1; lower >= 1 && LEVELS[lower - 1].strength >= LEAST_TRIED; lower--) {
    if (LEVELS[lower - 1].strength === LEVELS[lower].strength) continue;
    lesser.push(modelFor(kind, lower, length, halvings));
  }
  return lesser;
}

/**
 * Tables that the content cannot fill would only cost time to touch. The longer the content, the more of its contexts
 * are ones that it has had: 32 bytes of table for each of 1 KiB, 4 for each of 1 MiB, measured.
 */
function usefulTableBits(length: number): number {
  const lengthBits = 31 - Math.clz32(Math.max(length, 1));
  return 7 + Math.floor((lengthBits * 4) / 5);
}

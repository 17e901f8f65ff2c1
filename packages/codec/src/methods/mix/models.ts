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
 * block's parameters, those behind them by the same bits and a byte more. What ends in -1, -2 or -3 (`earlier-models.json`) is no
 * longer written, only read.
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
  "lines-1",
  "lines-plus-1",
  "lines-best-1",
  "lines-max-1",
  "data-1",
  "data-plus-1",
  "data-best-1",
  "data-max-1",
  "code-1",
  "code-plus-1",
  "code-best-1",
  "code-max-1",
  "lines",
  "lines-plus",
  "lines-best",
  "lines-max",
  "data-2",
  "data-plus-2",
  "data-best-2",
  "data-max-2",
  "code-2",
  "code-plus-2",
  "code-best-2",
  "code-max-2",
  "data",
  "data-plus",
  "data-best",
  "data-max",
  "code-3",
  "code-plus",
  "code-best",
  "code-max",
  "code",
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

/** Kinds of content that have models of their own: text, lines of fields (logs, tables, source, markup), x86 machine code, everything else. */
export type MixKind = "text" | "lines" | "code" | "binary";

export const MIX_KINDS: readonly MixKind[] = ["text", "lines", "code", "binary"];

/** A level's model of a kind, and log2 of the bytes of one context's table, at most. */
type Rung = readonly [name: ModelName, tableBits: number];

/** By level, from 1 on. Models with more contexts have smaller tables, so that a block takes no more than its level says. */
const LADDERS: Readonly<Record<MixKind, readonly Rung[]>> = {
  text: [
    ["text-fast", 18],
    ["text-fast", 22],
    ["text", 20],
    ["text", 21],
    ["text", 22],
    ["text-plus", 22],
    ["text-strong", 23],
    ["text-strong-plus", 23],
    ["text-best", 24],
    ["text-max", 24],
  ],
  lines: [
    ["text-fast", 18],
    ["text-fast", 22],
    ["text", 20],
    ["text", 21],
    ["lines", 22],
    ["lines-plus", 22],
    ["lines-plus", 23],
    ["lines-plus", 23],
    ["lines-best", 23],
    ["lines-max", 23],
  ],
  code: [
    ["binary-fast", 18],
    ["binary-fast", 22],
    ["binary", 20],
    ["binary", 21],
    ["code", 22],
    ["code-plus", 22],
    ["code-plus", 23],
    ["code-plus", 23],
    ["code-best", 23],
    ["code-max", 23],
  ],
  binary: [
    ["binary-fast", 18],
    ["binary-fast", 22],
    ["binary", 20],
    ["binary", 21],
    ["data", 22],
    ["data-plus", 22],
    ["data-plus", 23],
    ["data-plus", 23],
    ["data-best", 23],
    ["data-max", 23],
  ],
};

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
  kind: MixKind,
  level: number,
  length: number,
  halvings = 0,
): { model: number; tableBits: number } {
  const [name, tableBits] = LADDERS[kind][level - 1];
  return {
    model: NUMBERED.indexOf(name),
    tableBits: Math.max(LEAST_TABLE_BITS, Math.min(tableBits, usefulTableBits(length)) - halvings),
  };
}

/** The lowest level whose model is tried beside stronger ones. Those below are hardly ever better, and by 3 bytes at most. */
const LEAST_TRIED = 3;

/** As {@link modelFor}, of the lower levels that have other models, each with its largest tables; the strongest first. */
export function lesserModels(
  kind: MixKind,
  level: number,
  length: number,
  halvings = 0,
): { model: number; tableBits: number }[] {
  const lesser: { model: number; tableBits: number }[] = [];
  for (let lower = level - 1; lower >= LEAST_TRIED; lower--) {
    if (LADDERS[kind][lower - 1][0] === LADDERS[kind][lower][0]) continue;
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

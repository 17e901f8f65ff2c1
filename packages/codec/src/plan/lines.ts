/** Which text is lines of fields rather than prose: logs, tables, source, markup. By trial, where a look does not tell. */
import type { DeferredKernel } from "@pith/core";
import { sampled } from "../bytes/sample.ts";
import { mix, mixParameters } from "../methods/mix/index.ts";
import { MODELS, modelFor, type MixKind } from "../methods/mix/models.ts";
import { words } from "../transforms/words/index.ts";

/** Bytes that are looked at, and coded on trial. */
const TRIED = 32_768;
/** Level of the trial: the lowest that has models for lines. */
const TRIAL_LEVEL = 5;
/** From this level on the models for text have a network, which pays most for prose. */
const NETWORK_LEVEL = 9;
/** Share of letters and spaces from which on text is prose, and is so where a network predicts it. */
const PROSE = 0.87;
const PROSE_FOR_NETWORK = 0.83;
/** How much less the models for lines have to make of a sample, and where text has a network. */
const LESS = 0.005;
const LESS_THAN_NETWORK = 0.02;

function isLetterOrSpace(byte: number): boolean {
  const folded = byte | 0x20;
  return byte >= 0x80 || byte === 0x20 || (folded >= 0x61 && folded <= 0x7a);
}

function shareOfLetters(content: Uint8Array): number {
  const sample = sampled(content, TRIED);
  const letters = sample.reduce((count, byte) => count + (isLetterOrSpace(byte) ? 1 : 0), 0);
  return letters / Math.max(sample.length, 1);
}

/** Whether the models for lines are another choice than those for text, by level and content. */
export function mayBeLines(level: number, content: Uint8Array): boolean {
  return modelFor("text", level, 0).model !== modelFor("lines", level, 0).model && shareOfLetters(content) < PROSE;
}

/** Kernels that {@link areLines} takes. */
export function linesTrialKernels(): readonly DeferredKernel[] {
  return (["text", "lines"] as const).map((kind) => MODELS[modelFor(kind, TRIAL_LEVEL, TRIED).model].kernel);
}

/**
 * Whether models for lines code text better than those for text do, of a sample of it.
 *
 * @param coded whether the text goes through the word dictionary, which is loaded
 * @yields something, every few milliseconds
 */
export function* areLines(content: Uint8Array, level: number, coded: boolean): Generator<number, boolean> {
  if (!mayBeLines(level, content)) return false;
  if (level >= NETWORK_LEVEL && shareOfLetters(content) >= PROSE_FOR_NETWORK) return false;
  const sample = sampled(content, TRIED);
  const input = coded ? words.forward(sample) : sample;
  const length = function* (kind: MixKind): Generator<number, number> {
    const parameters = mixParameters(kind, TRIAL_LEVEL, input.length, { words: coded });
    return (yield* mix.encodeBlock(input, parameters)).length;
  };
  const asText = yield* length("text");
  const less = level >= NETWORK_LEVEL ? LESS_THAN_NETWORK : LESS;
  return (yield* length("lines")) < asText * (1 - less);
}

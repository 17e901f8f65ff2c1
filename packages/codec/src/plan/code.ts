/** Whether x86 machine code is more of a file than its tables: by trial, from where models for code leave out those for tables. */
import type { DeferredKernel } from "@pith/core";
import { sampled } from "../bytes/sample.ts";
import { mix, mixParameters } from "../methods/mix/index.ts";
import { MODELS, modelFor, type MixKind } from "../methods/mix/models.ts";
import { call } from "../transforms/call.ts";

/** Bytes that are coded on trial. */
const TRIED = 32_768;
/** Level of the trial; below it, the models for code know enough of tables. */
const TRIAL_LEVEL = 6;

/** What {@link kindOfCode} may say at a level. */
export function kindsOfCode(level: number): readonly ("code" | "binary")[] {
  return level < TRIAL_LEVEL ? ["code"] : ["code", "binary"];
}

/** Kernels that {@link kindOfCode} takes. */
export function codeTrialKernels(level: number): readonly DeferredKernel[] {
  if (level < TRIAL_LEVEL) return [];
  return (["code", "binary"] as const).map((kind) => MODELS[modelFor(kind, TRIAL_LEVEL, TRIED).model].kernel);
}

/**
 * Which models code a binary with x86 machine code better: a sample of it tells.
 *
 * @param x64 the code is for 64-bit mode
 * @yields something, every few milliseconds
 */
export function* kindOfCode(content: Uint8Array, level: number, x64: boolean): Generator<number, "code" | "binary"> {
  if (level < TRIAL_LEVEL) return "code";
  const sample = call.forward(sampled(content, TRIED));
  const length = function* (kind: MixKind): Generator<number, number> {
    return (yield* mix.encodeBlock(sample, mixParameters(kind, TRIAL_LEVEL, sample.length, { x64 }))).length;
  };
  const asCode = yield* length("code");
  return asCode <= (yield* length("binary")) ? "code" : "binary";
}

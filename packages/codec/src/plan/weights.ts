/** Whether tensors are coded as values, or as bytes, in which some repeat or go on evenly: by trial. */
import type { DeferredKernel } from "@pith/core";
import type { ValueRun } from "../bytes/value-run.ts";
import { KERNELS } from "../generated/kernels.ts";
import { mix, mixParameters } from "../methods/mix/index.ts";
import { MODELS } from "../methods/mix/models.ts";
import { weights } from "../methods/weights/index.ts";
import { MAX_LEVEL } from "./levels.ts";
import type { BlockSettings } from "./settings.ts";

/** Levels from which on it is tried: below, bytes are seldom smaller, and it would take longer than all else. */
const LEAST_LEVEL = 4;
/** Bytes that are coded on trial. */
const TRIED = 65_536;

/** Whether the values of a block become smaller as such than as bytes. */
export function* areValues(
  content: Uint8Array,
  values: readonly ValueRun[],
  settings: BlockSettings,
): Generator<number, boolean> {
  if (!isTried(settings)) return true;
  const { sample, runs } = middle(content, values);
  const asValues = yield* weights.encodeBlock(sample, weights.choose(sample, settings.level, { values: runs }));
  return asValues.length <= (yield* mix.encodeBlock(sample, bytesAt(settings, sample.length))).length;
}

/** Whether it takes more than a look at the settings to tell. */
export function isTried({ level }: BlockSettings): boolean {
  return level >= LEAST_LEVEL;
}

/** Kernels that values take, the trial too. */
export function kernelsOfValues(settings: BlockSettings): readonly DeferredKernel[] {
  return isTried(settings) ? [KERNELS.weights, MODELS[bytesAt(settings, TRIED).model].kernel] : [KERNELS.weights];
}

/** The highest level is the one below it, with a network for English. */
function bytesAt({ level }: BlockSettings, length: number): ReturnType<typeof mixParameters> {
  return mixParameters("binary", Math.min(level, MAX_LEVEL - 1), length);
}

/** All of a short block; of others what lies in the middle of the longest run, with its form. */
function middle(content: Uint8Array, values: readonly ValueRun[]): { sample: Uint8Array; runs: readonly ValueRun[] } {
  if (content.length <= TRIED) return { sample: content, runs: values };
  let start = 0;
  let [longest, at] = [values[0], 0];
  for (const run of values) {
    if (run.length > longest.length) [longest, at] = [run, start];
    start += run.length;
  }
  const length = Math.min(longest.length, TRIED);
  const from = at + Math.floor((longest.length - length) / 2 / longest.bytes) * longest.bytes;
  return { sample: content.subarray(from, from + length), runs: [{ ...longest, length }] };
}

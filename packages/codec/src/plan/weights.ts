/** Whether tensors are coded as values, or as bytes, in which some repeat or go on evenly: by trial. */
import type { DeferredKernel } from "@pith/core";
import { bytesOfFields, type ValueRun } from "../bytes/value-run.ts";
import { KERNELS } from "../generated/kernels.ts";
import { lz } from "../methods/lz/index.ts";
import { mix, mixParameters } from "../methods/mix/index.ts";
import { MODELS } from "../methods/mix/models.ts";
import { weights } from "../methods/weights/index.ts";
import { MAX_LEVEL } from "./levels.ts";
import { copyingSettings } from "./general/copying.ts";
import type { BlockSettings } from "./settings.ts";

/** Levels from which on it is always tried: below it would take longer than all else, and is tried where values come again. */
const LEAST_LEVEL = 4;
/** Bytes that are coded on trial. */
const TRIED = 65_536;
/** Share by which quantised values may be longer on trial: it makes no more difference, and they take a hundredth of the time. */
const NEAR = 1 / 128;
/** Bytes that are compared with those before them, to see whether values come again: shorter ones do by chance, so several at a time. */
const GROUP = 8;
const LEAST_GROUP = 4;
/** Share of them that does, from which on bytes may be smaller than values. */
const AGAIN = 1 / 8;
/** Log2 of the places of a table of what was seen: as many as the groups, or twice as many. */
const PLACE_BITS = 14;

/** Whether the values of a block become smaller as such than as bytes. */
export function* areValues(
  content: Uint8Array,
  values: readonly ValueRun[],
  settings: BlockSettings,
): Generator<number, boolean> {
  if (!isTried(content, values, settings)) return true;
  const { sample, runs } = middle(content, values);
  const asValues = yield* weights.encodeBlock(sample, weights.choose(sample, settings.level, { values: runs }));
  const asBytes =
    settings.level >= LEAST_LEVEL
      ? yield* mix.encodeBlock(sample, bytesAt(settings, sample.length))
      : yield* lz.encodeBlock(sample, lz.choose(sample, settings.level));
  const most = values.some(({ fields }) => fields !== undefined) ? asBytes.length * (1 + NEAR) : asBytes.length;
  return asValues.length <= most;
}

/** Whether it takes more than a look to tell. */
export function isTried(content: Uint8Array, values: readonly ValueRun[], { level }: BlockSettings): boolean {
  return level >= LEAST_LEVEL || doComeAgain(content, values);
}

function doComeAgain(content: Uint8Array, values: readonly ValueRun[]): boolean {
  const { sample, runs } = middle(content, values);
  return comeAgain(sample, runs[0].bytes === LEAST_GROUP ? LEAST_GROUP : GROUP);
}

/** Kernels that values take, the trial too. */
export function kernelsOfValues(settings: BlockSettings): readonly DeferredKernel[] {
  const ofBytes = settings.level >= LEAST_LEVEL ? [MODELS[bytesAt(settings, TRIED).model].kernel] : [];
  return [KERNELS.weights, KERNELS.lz, ...ofBytes];
}

/**
 * Settings to copy values by, where many were there before: what each copy costs is then less than what it costs to guess its
 * first bytes one by one, and only the whole block tells. Below the levels that mix, that is what else is tried.
 *
 * @returns undefined where hardly any were
 */
export function copyingOf(
  content: Uint8Array,
  values: readonly ValueRun[],
  settings: BlockSettings,
): BlockSettings | undefined {
  if (settings.level < LEAST_LEVEL || !doComeAgain(content, values)) return undefined;
  return { ...copyingSettings(settings, content.length), method: lz.name };
}

/** Whether many of the values, some at a time where they are short, were there before. @param group bytes, 4 or 8 */
function comeAgain(sample: Uint8Array, group: number): boolean {
  const seen = new Uint32Array(2 ** PLACE_BITS);
  const view = new DataView(sample.buffer, sample.byteOffset, sample.length);
  const groups = Math.floor(sample.length / group);
  let again = 0;
  for (let at = 0; at < groups * group; at += group) {
    const last = Math.imul(view.getUint32(at + group - 4, true), 0x85ebca6b);
    const mixed = Math.imul(view.getUint32(at, true), 0x9e3779b1) ^ last;
    const hash = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) | 1;
    const place = hash >>> (32 - PLACE_BITS);
    if (seen[place] === hash >>> 0) again++;
    seen[place] = hash;
  }
  return again > groups * AGAIN;
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
  const unit = longest.fields === undefined ? longest.bytes : bytesOfFields(longest.fields);
  const from = at + Math.floor((longest.length - length) / 2 / unit) * unit;
  return { sample: content.subarray(from, from + length), runs: [{ ...longest, length }] };
}

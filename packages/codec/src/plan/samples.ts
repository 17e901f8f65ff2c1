/** Whether samples of pictures and sound are coded as such, or as bytes: by trial. */
import { mix, mixParameters } from "../methods/mix/index.ts";
import { samples } from "../methods/samples/index.ts";
import { parametersFor } from "../methods/samples/parameters.ts";
import { recogniseSamples, type FoundSamples } from "../methods/samples/recognise.ts";
import { isShape, type SampleShape } from "../bytes/sample-shape.ts";
import type { Own, PictureForm } from "../transforms/open/look.ts";
import { MAX_LEVEL } from "./levels.ts";
import type { BlockSettings } from "./settings.ts";

/** Levels from which on samples have their method: below, it would take too long. */
const LEAST_LEVEL = 4;
/** Bytes that are coded on trial. */
const TRIED = 65_536;

/** Samples that content begins with, if it is worth while to look at them. */
export function mayBeSamples(content: Uint8Array, { level }: BlockSettings): FoundSamples | undefined {
  return level < LEAST_LEVEL ? undefined : recogniseSamples(content);
}

/** Samples that content begins with, if their method makes them smaller than that of bytes. */
export function* samplesOf(
  content: Uint8Array,
  settings: BlockSettings,
  memory: number,
): Generator<number, Own | undefined> {
  const found = mayBeSamples(content, settings);
  if (found === undefined) return undefined;
  const { start, length, shape } = found;
  if (!fits(length, shape, settings, memory)) return undefined;
  const region = middle(content.subarray(start, start + length), rowBytes(shape));
  const asSamples = yield* lengthAsSamples(region, shape, settings);
  if (asSamples >= (yield* lengthAsBytes(region, settings))) return undefined;
  return { start, length, method: samples.name, shape };
}

/** Whether samples that began before content, and go on in it, become smaller by their method. */
export function* goOn(
  content: Uint8Array,
  shape: SampleShape,
  settings: BlockSettings,
  memory: number,
): Generator<number, boolean> {
  if (!fits(content.length, shape, settings, memory)) return false;
  const region = middle(content, rowBytes(shape));
  const asSamples = yield* lengthAsSamples(region, shape, settings);
  return asSamples < (yield* lengthAsBytes(region, settings));
}

/** How the rows of a picture become smallest: with or without the filters of PNG, as bytes or as samples. */
export function* formOf(
  filtered: Uint8Array,
  pixels: Uint8Array,
  shape: SampleShape,
  settings: BlockSettings,
  memory: number,
): Generator<number, PictureForm> {
  const region = middle(pixels, rowBytes(shape));
  const asFiltered = yield* lengthAsBytes(middle(filtered, rowBytes(shape) + 1), settings);
  const asBytes = yield* lengthAsBytes(region, settings);
  const least = Math.min(asFiltered, asBytes);
  const isTried = settings.level >= LEAST_LEVEL && isShape(shape) && fits(pixels.length, shape, settings, memory);
  if (isTried && (yield* lengthAsSamples(region, shape, settings)) < least) return "samples";
  return asBytes < asFiltered ? "bytes" : "filtered";
}

const rowBytes = ({ row, channels, bytes }: SampleShape): number => bytes * (row > 0 ? row : channels);

function fits(length: number, shape: SampleShape, settings: BlockSettings, memory: number): boolean {
  return samples.memory(parametersFor(length, settings.level, shape, settings), length) <= memory;
}

/** Whole rows or moments from the middle. */
function middle(bytes: Uint8Array, unit: number): Uint8Array {
  const length = Math.min(bytes.length, Math.max(1, Math.round(TRIED / unit)) * unit);
  const start = Math.floor((bytes.length - length) / 2 / unit) * unit;
  return bytes.subarray(start, start + length);
}

function* lengthAsBytes(bytes: Uint8Array, { level }: BlockSettings): Generator<number, number> {
  // The highest level is the one below it, with a network for English.
  const parameters = mixParameters("binary", Math.min(level, MAX_LEVEL - 1), bytes.length);
  return (yield* mix.encodeBlock(bytes, parameters)).length;
}

function* lengthAsSamples(bytes: Uint8Array, shape: SampleShape, { level }: BlockSettings): Generator<number, number> {
  return (yield* samples.encodeBlock(bytes, parametersFor(bytes.length, level, shape))).length;
}

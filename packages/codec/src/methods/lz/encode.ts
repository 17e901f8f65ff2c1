import { view, withKernel } from "@pith/core/coding";
import { concatenate } from "@pith/core/bytes";
import { KERNELS } from "../../generated/kernels.ts";
import type { LzKernel } from "../../generated/lz-exports.ts";
import { kernelModel, type LzParameters } from "./parameters.ts";
import { strengthOf, tableBits } from "./strengths.ts";

/** Bytes of the kernel's static data, model and buffers of a run, at most, and what WebAssembly's pages round up to. */
const ENCODING = 4 * 2 ** 20;
/** Bytes that a trial takes, with all its tables, a second model and the tokens of a run. */
const TRIAL = 8 * 2 ** 20;
/** Bytes of a place in the tables of the encoder. */
const PLACE = 8;

/** Bytes of memory that encoding takes, without content and payload outside of the kernel. */
export function encodingMemory(
  length: number,
  { strength = strengthOf(1, length) }: Pick<LzParameters, "strength">,
): number {
  const tables = strength.places8 === 0 ? 1 : 2;
  return Math.max(TRIAL, ENCODING + length + (tables * PLACE + 1) * 2 ** tableBits(length, strength));
}

/** @yields bytes done so far */
export function encodeLz(input: Uint8Array, parameters: LzParameters): Generator<number, Uint8Array> {
  return withKernel(KERNELS.lz, encodingMemory(input.length, parameters), function* (kernel) {
    start(kernel, input, parameters);
    yield 0;
    const runs: Uint8Array[] = [];
    for (;;) {
      const count = kernel.encodeRun();
      if (count === 0) return concatenate(runs);
      runs.push(view(kernel, kernel.codedAddress(), count).slice());
      yield kernel.encodedLength();
    }
  });
}

function start(kernel: LzKernel, input: Uint8Array, parameters: LzParameters): void {
  const { strength = strengthOf(1, input.length), shortest = 3 } = parameters;
  const { places4, places8, nice } = strength;
  const bits = tableBits(input.length, strength);
  kernel.startEncoding(input.length, ...kernelModel(parameters), bits, places4, places8, nice, shortest);
  view(kernel, kernel.contentAddress(), input.length).set(input);
}

/** A record's fields are of this many bytes, where its length is a multiple of it. */
const FIELD = 4;

/** Models, and of those that code literals under a byte some way before them, the same with the byte that is `distance` before. */
function withRecords(models: readonly LzParameters[], distance: number): readonly LzParameters[] {
  if (distance === 0 || models.some((model) => model.literalsBy === distance)) return models;
  const own = models.filter(
    ({ literalsBy, aligned = false }) => literalsBy === FIELD || (literalsBy === 2 && !aligned),
  );
  return [...models, ...own.map((model) => ({ ...model, literalsBy: distance }))];
}

/** A model, and how many bytes of tokens it makes. */
interface Trial {
  readonly parameters: LzParameters;
  readonly length: number;
}

/**
 * How long tokens come out under each of several models: they are chosen once, which takes longer than to code them. The
 * short distance from which most copies come may be the length of a record: models are tried with the byte that lies there, too.
 *
 * @param input a run at most, 65,536 bytes
 * @param parameters by which the tokens are chosen
 * @yields 0, every few milliseconds
 */
export function codedLengths(
  input: Uint8Array,
  parameters: LzParameters,
  models: readonly LzParameters[],
): Generator<number, readonly Trial[]> {
  return withKernel(KERNELS.lz, encodingMemory(input.length, parameters), function* (kernel) {
    start(kernel, input, parameters);
    kernel.keepTokens();
    kernel.encodeRun();
    yield 0;
    const trials: Trial[] = [];
    for (const model of withRecords(models, kernel.commonestShortDistance())) {
      trials.push({ parameters: model, length: kernel.codedUnder(...kernelModel(model)) });
      yield 0;
    }
    return trials;
  });
}

/**
 * The method `samples`: pixels of pictures and moments of sound, as numbers with neighbours. What a sample is expected to be
 * comes from those around it; only how far it is from that is coded, under contexts.
 *
 * Payload: the bytes behind the last whole sample, then the coded samples. Any bytes come back exactly.
 */
import { decodeSlices, encodeSlices, view, withKernel } from "@pith/core/coding";
import { scaled } from "@pith/core/steps";
import { PithError } from "@pith/core";
import { concatenate } from "@pith/core/bytes";
import type { SamplesKernel } from "../../generated/samples-exports.ts";
import type { Method } from "../method.ts";
import { guessShape } from "./guess.ts";
import {
  kernelMemory,
  mostMemory,
  parametersFor,
  readSampleParameters,
  samplesMemory,
  STRENGTHS,
  writeSampleParameters,
  type SampleOptions,
  type SampleParameters,
} from "./parameters.ts";

/** Samples, about a millisecond. */
const FIRST_SLICE = 256;

/** Pictures and sound. */
export const samples: Method<SampleParameters, "samples"> = {
  id: 9,
  name: "samples",
  kind: ({ shape: { row } }) => (row > 0 ? "picture" : "sound"),
  // Before there are parameters, of any.
  kernels: (parameters?: SampleParameters) =>
    STRENGTHS.filter((_, n) => n === (parameters?.strength ?? n)).map(({ kernel }) => kernel),
  choose: (input, level, options: SampleOptions = {}) =>
    parametersFor(input.length, level, options.shape ?? guessShape(input), options),
  memoryAt: mostMemory,
  writeParameters: writeSampleParameters,
  readParameters: readSampleParameters,
  memory: samplesMemory,
  *encodeBlock(input, parameters) {
    const { bytes } = parameters.shape;
    const rest = input.subarray(input.length - (input.length % bytes));
    const work = (kernel: SamplesKernel): Generator<number, Uint8Array> => {
      start(kernel, parameters, input.length);
      return encodeSlices(kernel, extentOf(input.length, bytes), (done, count) => {
        const slice = input.subarray(done * bytes, (done + count) * bytes);
        view(kernel, kernel.contentAddress(), slice.length).set(slice);
        return kernel.encode(count);
      });
    };
    const { kernel } = STRENGTHS[parameters.strength];
    const coded = yield* scaled(withKernel(kernel, kernelMemory(parameters, input.length), work), bytes);
    return concatenate([rest, coded]);
  },
  *decodeBlock(payload, length, parameters, offset) {
    const { bytes } = parameters.shape;
    const left = length % bytes;
    if (payload.length < left) {
      throw new PithError("truncated", "the payload is shorter than what is behind the last sample", {
        offset,
        expected: left,
        got: payload.length,
      });
    }
    const output = new Uint8Array(length);
    output.set(payload.subarray(0, left), length - left);
    const coded = { bytes: payload.subarray(left), offset: offset + left, name: "coded samples" };
    const work = (kernel: SamplesKernel): Generator<number, void> => {
      start(kernel, parameters, length);
      return decodeSlices(kernel, extentOf(length, bytes), coded, (done, count) => {
        const read = kernel.decode(count);
        output.set(view(kernel, kernel.contentAddress(), count * bytes), done * bytes);
        return read;
      });
    };
    const { kernel } = STRENGTHS[parameters.strength];
    yield* scaled(withKernel(kernel, kernelMemory(parameters, length), work), bytes);
    return output;
  },
};

function start(kernel: SamplesKernel, { tableBits, shape }: SampleParameters, length: number): void {
  const { bytes, big, signed, channels, row } = shape;
  kernel.start(bytes, big, signed, channels, row, tableBits, Math.floor(length / bytes));
}

function extentOf(length: number, bytes: number): { count: number; first: number } {
  return { count: Math.floor(length / bytes), first: FIRST_SLICE };
}

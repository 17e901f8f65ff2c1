import { ByteWriter, takeSpare } from "@pith/core/bytes";
import { view, withKernel } from "@pith/core/coding";
import { standing } from "@pith/core/steps";
import type { ValueRun } from "../../bytes/value-run.ts";
import { KERNELS } from "../../generated/kernels.ts";
import { SEGMENT, type WeightsKernel } from "../../generated/weights-exports.ts";
import { differences } from "./difference.ts";
import { gathered, runsOfFields } from "./fields.ts";
import { MOST_FORM, writeForm } from "./forms.ts";
import { kernelMemory, type WeightsParameters } from "./parameters.ts";
import { segmentsOf, type Segment } from "./segments.ts";

/** @yields bytes done so far */
export function* encodeWeights(input: Uint8Array, parameters: WeightsParameters): Generator<number, Uint8Array> {
  const { effort = 1, fields } = parameters;
  if (fields !== undefined) {
    const row = parameters.runs?.at(0)?.row ?? 1;
    const runs = runsOfFields(fields, row, input.length);
    return yield* encodeWeights(gathered(input, fields), { model: "tables", effort, runs });
  }
  const { runs = yield* standing(guessRuns(input)) } = parameters;
  return yield* withKernel(KERNELS.weights, kernelMemory(input.length), function* (kernel) {
    kernel.start(Math.min(SEGMENT, input.length), true);
    const segments = segmentsOf(runs, input.length);
    const bytes = parameters.base?.bytes;
    const content = bytes === undefined ? input : differences(input, bytes, segments);
    // Values that are kept take no more than they had, and so all fits: one array, since to copy takes as long as to code.
    const payload = takeSpare(input.length + MOST_FORM * segments.length);
    let written = 0;
    let done = 0;
    for (const segment of segments) {
      const length = segment.count * segment.bytes;
      const values = content.subarray(done, done + length);
      const isCodedFloat = segment.isFloat && bytes === undefined;
      written += encodeSegment(kernel, values, { ...segment, isCodedFloat }, effort, payload.subarray(written));
      done += length;
      yield done;
    }
    return payload.subarray(0, written);
  });
}

/** A segment, and whether what is coded of it are floats: differences are none. */
interface CodedSegment extends Segment {
  readonly isCodedFloat: boolean;
}

/** Writes what is said of a segment, and its coded bytes, or those that it had where these are no fewer; returns how many. */
function encodeSegment(
  kernel: WeightsKernel,
  values: Uint8Array,
  { bytes, isFloat, isCodedFloat, count, run }: CodedSegment,
  effort: number,
  to: Uint8Array,
): number {
  view(kernel, kernel.contentAddress(), values.length).set(values);
  const coded = kernel.encode(bytes, isCodedFloat, count, run, effort);
  const writer = new ByteWriter();
  const isKept = coded === 0;
  writeForm({ bytes, isFloat, count, isKept, isJoined: !isKept && kernel.joinedBits() > 0 }, writer);
  const content = coded === 0 ? values : view(kernel, kernel.codedAddress(), coded);
  to.set(writer.finish());
  to.set(content, writer.length);
  return writer.length + content.length;
}

/** Forms that are tried where nothing is said of values: BF16 and F16, F32, F64, bytes. */
const FORMS: readonly Pick<ValueRun, "bytes" | "isFloat">[] = [
  { bytes: 2, isFloat: true },
  { bytes: 4, isFloat: true },
  { bytes: 8, isFloat: true },
  { bytes: 1, isFloat: false },
];

/** Bytes that are coded on trial, and values of a row of which nothing is known. */
const TRIED = 65_536;
const ROW = 1024;

/** Takes all content for values of the form under which some of it, from the middle, becomes shortest. */
function* guessRuns(input: Uint8Array): Generator<number, ValueRun[]> {
  const start = Math.max(0, (input.length - TRIED) >> 1) & ~7;
  const sample = input.subarray(start, start + TRIED);
  let best = FORMS[0];
  let least = Infinity;
  for (const form of FORMS) {
    const runs = [{ ...form, row: ROW, length: sample.length }];
    const { length } = yield* standing(encodeWeights(sample, { model: "tables", runs }));
    if (length < least) [best, least] = [form, length];
  }
  return [{ ...best, row: ROW, length: input.length }];
}

import { PithError, type Kernel } from "@pith/core";
import { ByteReader } from "@pith/core/bytes";
import { view, withKernel } from "@pith/core/coding";
import type { WeightsDecodeKernel } from "../../generated/weights-decode-exports.ts";
import { NO_FAULT, SEGMENT, STATES, TRUNCATED } from "../../generated/weights-exports.ts";
import type { MethodDecoder } from "../method.ts";
import { addBase } from "./difference.ts";
import { scattered } from "./fields.ts";
import { readForm, type WrittenSegment } from "./forms.ts";
import {
  type Base,
  kernelMemory,
  readWeightsParameters,
  weightsMemory,
  writeWeightsParameters,
  type WeightsParameters,
} from "./parameters.ts";

/** The half of the method that decodes, with a kernel that does. */
export function weightsDecoder(kernel: Kernel<WeightsDecodeKernel>): MethodDecoder<WeightsParameters, "weights"> {
  return {
    id: 10,
    name: "weights",
    writeParameters: writeWeightsParameters,
    readParameters: readWeightsParameters,
    memory: ({ base }, length) => weightsMemory(length) + (base === undefined ? 0 : length),
    base: ({ base }) => base,
    withBase: (parameters, bytes) => ({ ...parameters, base: parameters.base && { ...parameters.base, bytes } }),
    decodeBlock: function* (payload, length, { base, fields }, offset) {
      const content = yield* withKernel(kernel, kernelMemory(length), (instance) =>
        decodeSegments(instance, payload, length, offset, base),
      );
      return fields === undefined ? content : scattered(content, fields);
    },
  };
}

/** @yields bytes done so far */
function* decodeSegments(
  kernel: WeightsDecodeKernel,
  payload: Uint8Array,
  length: number,
  offset: number,
  base: Base | undefined,
): Generator<number, Uint8Array> {
  if (base !== undefined && base.bytes?.length !== length) throw missingBase(base, offset);
  const output = new Uint8Array(length);
  const reader = new ByteReader(payload, offset);
  kernel.start(Math.min(SEGMENT, length), false);
  for (let done = 0; done < length;) {
    const form = readForm(reader, length - done);
    const size = form.bytes * form.count;
    // What is coded of differences are no floats, whatever the values are.
    const coded = base === undefined ? form : { ...form, isFloat: false };
    output.set(form.isKept ? reader.bytes(size) : decodeSegment(kernel, reader, payload, coded), done);
    if (base?.bytes !== undefined) addBase(output, base.bytes, form, done);
    done += size;
    yield done;
  }
  if (reader.position < payload.length) {
    throw new PithError("trailing-data", "the coded values go on after their end", { offset: reader.offset });
  }
  return output;
}

/** The error for a block whose base is not there. @param offset of the block */
function missingBase({ offset: place, checksum }: Base, offset: number): PithError {
  return new PithError(
    "unknown-method",
    "a block is the difference to another file, its reference, which was not given",
    {
      offset,
      expected: `a reference whose bytes from ${place} on have the checksum ${checksum}`,
      got: "none",
    },
  );
}

/** The values of a segment: a view of the kernel's memory. */
function decodeSegment(
  kernel: WeightsDecodeKernel,
  reader: ByteReader,
  payload: Uint8Array,
  { bytes, isFloat, count, isJoined }: WrittenSegment,
): Uint8Array {
  const size = bytes * count;
  const { offset } = reader;
  // An encoder keeps values whose coded bytes would be no fewer.
  const coded = payload.subarray(reader.position, reader.position + size);
  view(kernel, kernel.codedAddress(), coded.length).set(coded);
  const read = kernel.decode(bytes, isFloat, count, coded.length, isJoined);
  const fault = kernel.fault();
  if (fault !== NO_FAULT) {
    if (fault === TRUNCATED) {
      throw new PithError("truncated", "the coded values end too early", { offset: offset + coded.length });
    }
    const problem =
      fault === STATES ? "the coded values do not end as they began" : "what is said of values is damaged";
    throw new PithError("invalid-field", problem, { offset });
  }
  reader.bytes(read);
  return view(kernel, kernel.contentAddress(), size);
}

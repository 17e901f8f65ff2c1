import { PithError, type Kernel } from "@pith/core";
import { view, withKernel } from "@pith/core/coding";
import type { LzDecodeKernel } from "../../generated/lz-decode-exports.ts";
import { DISTANCE, LENGTH, STATES, TRUNCATED } from "../../generated/lz-exports.ts";
import type { MethodDecoder } from "../method.ts";
import { kernelModel, readLzParameters, writeLzParameters, type LzParameters } from "./parameters.ts";

/** Bytes of the kernel's static data, model and buffers, at most, and what WebAssembly's pages round up to. */
const STATIC = 2 ** 20;
/** Bytes of the model under which literals are coded for a second time, at most. */
const SECOND = 9 * 2 ** 18;

/** Bytes of memory that decoding takes: content and payload, in the kernel and outside. */
export function decodingMemory(length: number, { literalsBy }: Pick<LzParameters, "literalsBy">): number {
  return STATIC + (literalsBy === undefined ? 0 : SECOND) + 4 * length;
}

/** The half of the method that decodes, with a kernel that does. */
export function lzDecoder(kernel: Kernel<LzDecodeKernel>): MethodDecoder<LzParameters, "lz"> {
  return {
    id: 7,
    name: "lz",
    writeParameters: writeLzParameters,
    readParameters: readLzParameters,
    memory: (parameters, length) => decodingMemory(length, parameters),
    decodeBlock: (payload, length, parameters, offset) =>
      withKernel(kernel, decodingMemory(length, parameters), (instance) =>
        decodeTokens(instance, { payload, length, parameters, offset }),
      ),
  };
}

interface Coded {
  readonly payload: Uint8Array;
  /** Bytes to give back. */
  readonly length: number;
  readonly parameters: LzParameters;
  /** Where the payload lies in the file, for errors. */
  readonly offset: number;
}

/**
 * @yields bytes done so far
 * @throws PithError `truncated`, `trailing-data` or `invalid-field` if the payload is none of that length
 */
function* decodeTokens(
  kernel: LzDecodeKernel,
  { payload, length, parameters, offset }: Coded,
): Generator<number, Uint8Array> {
  kernel.startDecoding(length, ...kernelModel(parameters), payload.length);
  view(kernel, kernel.codedAddress(), payload.length).set(payload);
  yield 0;
  for (let done = 0; done < length;) {
    done = kernel.decodeNext();
    checkFault(kernel, payload.length, offset, done);
    yield done;
  }
  const end = kernel.codedLength();
  if (end < payload.length) {
    throw new PithError("trailing-data", "the coded tokens go on after their end", { offset: offset + end });
  }
  return view(kernel, kernel.contentAddress(), length).slice();
}

/** What the decoder finds wrong, and what would be right. */
const FAULTS: Readonly<Record<number, readonly [string, string]>> = {
  [DISTANCE]: ["a copy from before the start of the block", "a distance to bytes that are there"],
  [LENGTH]: ["a copy that goes beyond the end of the block", "a length that the block has room for"],
  [STATES]: ["the coded tokens do not end as they began", "another end of a run of tokens"],
};

/** @throws PithError for what the kernel found wrong with the coded bytes, if anything */
function checkFault(kernel: LzDecodeKernel, payloadLength: number, offset: number, done: number): void {
  const fault = kernel.fault();
  const at = kernel.codedLength();
  if (fault === TRUNCATED || at > payloadLength) {
    throw new PithError("truncated", "the coded tokens end too early", { offset: offset + payloadLength });
  }
  if (!(fault in FAULTS)) return;
  const [message, expected] = FAULTS[fault];
  throw new PithError("invalid-field", message, { offset: offset + at, expected, got: `at byte ${done} of the block` });
}

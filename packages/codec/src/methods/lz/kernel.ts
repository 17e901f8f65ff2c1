import { PithError } from "@pith/core";
import { view, withKernel } from "@pith/core/coding";
import { concatenate } from "@pith/core/bytes";
import { KERNELS } from "../../generated/kernels.ts";
import { DISTANCE, LENGTH, STATES, TRUNCATED, type LzKernel } from "../../generated/lz-exports.ts";
import type { LzParameters } from "./parameters.ts";
import { strengthOf, tableBits } from "./strengths.ts";

/** Bytes of the kernel's static data, model and buffers of a run, at most, and what WebAssembly's pages round up to. */
const ENCODING = 3 * 2 ** 20;
const DECODING = 2 ** 20;
/** Bytes of a place in the tables of the encoder. */
const PLACE = 8;

/** Bytes of memory that decoding takes: content and payload, in the kernel and outside. */
export function decodingMemory(length: number): number {
  return DECODING + 4 * length;
}

/** Bytes of memory that encoding takes, without content and payload outside of the kernel. */
export function encodingMemory(
  length: number,
  { strength = strengthOf(1, length) }: Pick<LzParameters, "strength">,
): number {
  const tables = strength.places8 === 0 ? 1 : 2;
  return ENCODING + length + (tables * PLACE + 1) * 2 ** tableBits(length, strength);
}

const SIDES = { place: 0, byte: 1 } as const;

function model({ tokensBy, literalBits, fastRate }: LzParameters): [number, number, number] {
  return [SIDES[tokensBy], literalBits, fastRate];
}

/** @yields bytes done so far */
export function encodeLz(input: Uint8Array, parameters: LzParameters): Generator<number, Uint8Array> {
  return withKernel(KERNELS.lz, encodingMemory(input.length, parameters), function* (kernel) {
    const { strength = strengthOf(1, input.length) } = parameters;
    const { places4, places8, nice } = strength;
    const bits = tableBits(input.length, strength);
    kernel.startEncoding(input.length, ...model(parameters), bits, places4, places8, nice);
    view(kernel, kernel.contentAddress(), input.length).set(input);
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

/**
 * @param length bytes to give back
 * @param offset where the payload lies in the file, for errors
 * @yields bytes done so far
 * @throws PithError `truncated`, `trailing-data` or `invalid-field` if the payload is none of that length
 */
export function decodeLz(
  payload: Uint8Array,
  length: number,
  parameters: LzParameters,
  offset: number,
): Generator<number, Uint8Array> {
  return withKernel(KERNELS.lz, decodingMemory(length), function* (kernel) {
    kernel.startDecoding(length, ...model(parameters), payload.length);
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
  });
}

/** What the decoder finds wrong, and what would be right. */
const FAULTS: Readonly<Record<number, readonly [string, string]>> = {
  [DISTANCE]: ["a copy from before the start of the block", "a distance to bytes that are there"],
  [LENGTH]: ["a copy that goes beyond the end of the block", "a length that the block has room for"],
  [STATES]: ["the coded tokens do not end as they began", "another end of a run of tokens"],
};

/** @throws PithError for what the kernel found wrong with the coded bytes, if anything */
function checkFault(kernel: LzKernel, payloadLength: number, offset: number, done: number): void {
  const fault = kernel.fault();
  const at = kernel.codedLength();
  if (fault === TRUNCATED || at > payloadLength) {
    throw new PithError("truncated", "the coded tokens end too early", { offset: offset + payloadLength });
  }
  if (!(fault in FAULTS)) return;
  const [message, expected] = FAULTS[fault];
  throw new PithError("invalid-field", message, { offset: offset + at, expected, got: `at byte ${done} of the block` });
}

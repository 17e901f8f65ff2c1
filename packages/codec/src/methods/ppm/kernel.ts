import { decodeSlices, encodeSlices, view, withKernel } from "@pith/core/coding";
import { KERNELS } from "../../generated/kernels.ts";
import { ESTIMATION_BYTES, LEAST_ROOM, MATCH_BYTES, ROOM_OF_BYTE, SLICE } from "../../generated/ppm-exports.ts";
import { arenaBytes, type PpmParameters } from "./parameters.ts";

/** Bytes, some milliseconds: tables are in memory that nobody has touched. */
const FIRST_SLICE = 64;

/** Bytes of the kernel's fixed tables, and what WebAssembly's memory is rounded up by. */
const STATIC = 2 * 65_536;

/** Bytes of memory that the kernel takes for a block of `length` bytes. */
export function kernelMemory(length: number, arena: number): number {
  const room = ROOM_OF_BYTE * Math.min(length, SLICE) + LEAST_ROOM;
  return STATIC + ESTIMATION_BYTES + MATCH_BYTES + room + length + arena;
}

/** @yields bytes done so far */
export function encodePpm(input: Uint8Array, parameters: PpmParameters): Generator<number, Uint8Array> {
  const { length } = input;
  const arena = arenaBytes(parameters.arena);
  return withKernel(KERNELS.ppm, kernelMemory(length, arena), function* (kernel) {
    kernel.start(length, parameters.order, arena);
    yield 0;
    return yield* encodeSlices(kernel, { count: length, first: FIRST_SLICE }, (done, count) => {
      view(kernel, kernel.contentAddress() + done, count).set(input.subarray(done, done + count));
      return kernel.encode(count);
    });
  });
}

/**
 * Undoes {@link encodePpm}.
 *
 * @param length bytes to give back
 * @param offset where the payload lies in the file, for errors
 * @yields bytes done so far
 * @throws PithError `truncated`, `trailing-data` or `invalid-field` for bytes that no encoder wrote
 */
export function decodePpm(
  payload: Uint8Array,
  length: number,
  parameters: PpmParameters,
  offset: number,
): Generator<number, Uint8Array> {
  const arena = arenaBytes(parameters.arena);
  return withKernel(KERNELS.ppm, kernelMemory(length, arena), function* (kernel) {
    kernel.start(length, parameters.order, arena);
    yield 0;
    const content = new Uint8Array(length);
    const coded = { bytes: payload, offset, name: "coded bytes" };
    yield* decodeSlices(kernel, { count: length, first: FIRST_SLICE }, coded, (done, count) => {
      const used = kernel.decode(count);
      content.set(view(kernel, kernel.contentAddress() + done, count), done);
      return used;
    });
    return content;
  });
}

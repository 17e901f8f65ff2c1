/** The letters of a chunk, in slices: what a resolver gets wrong of them, and what they are with and without knowing it. */
import { decodeSlices, encodeSlices, inSlices, type Extent } from "@pith/core/coding";
import type { PairsKernel } from "../generated/pairs-exports.ts";

/** Cells, about a millisecond. */
const FIRST_SLICE = 1024;

function extentOf(count: number): Extent {
  return { count, first: FIRST_SLICE };
}

/**
 * Codes what the resolver gets wrong of the `count` cells that the kernel has begun on; their text is there.
 *
 * @yields cells done so far
 * @returns the corrections
 */
export function encodeLetters(kernel: PairsKernel, count: number): Generator<number, Uint8Array> {
  return encodeSlices(kernel, extentOf(count), (_done, length) => kernel.encode(length));
}

/**
 * Undoes {@link encodeLetters}; the text then is in the kernel.
 *
 * @param offset where the corrections lie in the file, for errors
 * @yields cells done so far
 * @throws PithError `truncated` or `trailing-data` if the corrections do not end where the letters do
 */
export function decodeLetters(
  kernel: PairsKernel,
  count: number,
  corrections: Uint8Array,
  offset: number,
): Generator<number, void> {
  const coded = { bytes: corrections, offset, name: "corrections" };
  return decodeSlices(kernel, extentOf(count), coded, (_done, length) => kernel.decode(length));
}

/** Resolves the `count` cells that the kernel has begun on, right or wrong. @yields cells done so far */
export function guessLetters(kernel: PairsKernel, count: number): Generator<number, void> {
  return inSlices(extentOf(count), kernel.sliceLength(), (_done, length) => kernel.guess(length));
}

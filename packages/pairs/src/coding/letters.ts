/** The letters of a chunk, in slices: what a resolver gets wrong of them, and what they are with and without knowing it. */
import { PithError } from "@pith/core";
import { checkFinalByte, concatenate } from "@pith/core/bytes";
import type { PairsKernel } from "../generated/pairs-exports.ts";
import { view } from "./kernel.ts";

/**
 * Codes what the resolver gets wrong of the `count` cells that the kernel has begun on; their text is there.
 *
 * @yields cells done so far
 * @returns the corrections
 */
export function* encodeLetters(kernel: PairsKernel, count: number): Generator<number, Uint8Array> {
  const slices: Uint8Array[] = [];
  const take = (length: number): void => {
    slices.push(view(kernel, kernel.codedAddress(), length).slice());
  };
  kernel.startEncoding();
  for (const { size, done } of slicesOf(kernel, count)) {
    take(kernel.encode(size));
    yield done;
  }
  take(kernel.finishEncoding());
  return concatenate(slices);
}

/**
 * Undoes {@link encodeLetters}; the text then is in the kernel.
 *
 * @param offset where the corrections lie in the file, for errors
 * @yields cells done so far
 * @throws PithError `truncated` or `trailing-data` if the corrections do not end where the letters do
 */
export function* decodeLetters(
  kernel: PairsKernel,
  count: number,
  corrections: Uint8Array,
  offset: number,
): Generator<number, void> {
  const room = kernel.codedRoom();
  /** Bytes of the corrections that the kernel has read. */
  let read = 0;
  const give = (): number => {
    const bytes = corrections.subarray(Math.min(read, corrections.length), read + room);
    view(kernel, kernel.codedAddress(), bytes.length).set(bytes);
    return bytes.length;
  };
  kernel.startDecoding(give());
  let end = kernel.codedLength();
  for (const { size, done } of slicesOf(kernel, count)) {
    const used = kernel.decode(size);
    end = read + kernel.codedLength();
    read += used;
    if (end > corrections.length) {
      throw new PithError("truncated", "the corrections end too early", { offset: offset + corrections.length });
    }
    kernel.refill(give());
    yield done;
  }
  if (end < corrections.length) {
    throw new PithError("trailing-data", "the corrections go on after their end", { offset: offset + end });
  }
  checkFinalByte(corrections, kernel.codedFinalByte(), offset);
}

/** Resolves the `count` cells that the kernel has begun on, right or wrong. @yields cells done so far */
export function* guessLetters(kernel: PairsKernel, count: number): Generator<number, void> {
  for (const { size, done } of slicesOf(kernel, count)) {
    kernel.guess(size);
    yield done;
  }
}

function* slicesOf(kernel: PairsKernel, count: number): Generator<{ size: number; done: number }> {
  const slice = kernel.sliceLength();
  for (let at = 0; at < count; at += slice) {
    const size = Math.min(slice, count - at);
    yield { size, done: at + size };
  }
}

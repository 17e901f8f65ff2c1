import { PithError } from "@pith/core";
import { decodeSlices, encodeSlices, view, withKernel } from "@pith/core/coding";
import { KERNELS } from "../../generated/kernels.ts";

/** Bases, some milliseconds: tables are in memory that nobody has touched. */
const FIRST_SLICE = 32;

/**
 * Codes bases, one a byte, 0 to 3. No bases make no bytes.
 *
 * @param tableBits log2 of the contexts of a table
 * @param memory bytes that this is expected to take
 * @yields bases done so far
 */
export function* encodeBases(bases: Uint8Array, tableBits: number, memory: number): Generator<number, Uint8Array> {
  if (bases.length === 0) return new Uint8Array(0);
  return yield* withKernel(KERNELS.dna, memory, function* (kernel) {
    kernel.start(bases.length, tableBits);
    return yield* encodeSlices(kernel, { count: bases.length, first: FIRST_SLICE }, (done, length) => {
      view(kernel, kernel.basesAddress(), length).set(bases.subarray(done, done + length));
      return kernel.encode(length);
    });
  });
}

/**
 * Undoes {@link encodeBases}.
 *
 * @param count bases to give back
 * @param offset where the coded bytes lie in the file, for errors
 * @yields bases done so far
 * @throws PithError `truncated` or `trailing-data` if the coded bytes do not end where the bases do
 */
export function* decodeBases(
  bytes: Uint8Array,
  count: number,
  tableBits: number,
  memory: number,
  offset: number,
): Generator<number, Uint8Array> {
  const bases = new Uint8Array(count);
  const name = "coded bases";
  if (count === 0) {
    if (bytes.length === 0) return bases;
    throw new PithError("trailing-data", `the ${name} go on after their end`, { offset });
  }
  yield* withKernel(KERNELS.dna, memory, function* (kernel) {
    kernel.start(count, tableBits);
    yield* decodeSlices(kernel, { count, first: FIRST_SLICE }, { bytes, offset, name }, (done, length) => {
      const used = kernel.decode(length);
      bases.set(view(kernel, kernel.basesAddress(), length), done);
      return used;
    });
  });
  return bases;
}

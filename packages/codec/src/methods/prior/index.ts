import { PithError } from "@pith/core";
import type { MethodDecoder } from "../method.ts";

/** What a block of this method says. */
export interface PriorParameters {
  /** Names the prior: 8 hexadecimal digits. */
  readonly hash: string;
}

/** Bytes of memory that a model with what it knows, copies of that, and what a block changes in it take. */
export const PRIOR_MEMORY = 2 ** 26;

/**
 * Short content by a model that knows a prior. What codes it is no part of this package: whoever has it gives it, to
 * `run/decode-job.ts`. Where a block comes to be decoded without, here, it is missing.
 */
export const prior: MethodDecoder<PriorParameters, "prior"> = {
  id: 11,
  name: "prior",
  writeParameters: ({ hash }, writer) => writer.uint32(Number.parseInt(hash, 16)),
  readParameters: (reader) => ({ hash: reader.uint32().toString(16).padStart(8, "0") }),
  memory: () => PRIOR_MEMORY,
  // eslint-disable-next-line require-yield -- a method's way to say so
  *decodeBlock(_payload, _length, { hash }, offset) {
    throw missingPrior(hash, undefined, offset);
  },
};

/**
 * @param hash of the prior that a block was made with
 * @param got of the one that was given
 */
export function missingPrior(hash: string, got: string | undefined, offset: number): PithError {
  const problem = got === undefined ? "was not given" : "is another than the one that was given";
  return new PithError("unknown-method", `a block was made with a prior, which ${problem}`, {
    offset,
    expected: `the prior ${hash}`,
    got: got ?? "none",
  });
}

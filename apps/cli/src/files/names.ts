/** The rules of the suffix. */

import { basename } from "node:path";

import { Failure, Skipped } from "../errors.ts";

const SUFFIX = ".pith";

/**
 * Where a compressed file goes.
 *
 * @throws Skipped if the source has the suffix already
 */
export function compressedName(source: string, force: boolean): string {
  if (!force && source.endsWith(SUFFIX)) {
    throw new Skipped(`ends in ${SUFFIX} already; compress it once more with -f`);
  }
  return source + SUFFIX;
}

/**
 * Where the content goes.
 *
 * @throws Failure if the source lacks the suffix, or has no other name
 */
export function decompressedName(source: string): string {
  if (!source.endsWith(SUFFIX) || basename(source) === SUFFIX) {
    throw new Failure(`does not end in ${SUFFIX}, so that the output has no name; give it one with -o, or use -c`);
  }
  return source.slice(0, -SUFFIX.length);
}

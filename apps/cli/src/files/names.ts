/** The rules of the suffix. */

import { basename } from "node:path";

import { either } from "../either.ts";
import { Failure, Skipped } from "../errors.ts";

/** How the names of compressed files end where nothing else is asked for. */
export const SUFFIX = ".pith";

/** What ends in one of these is compressed; what was asked for goes first. */
function suffixes(suffix: string): readonly string[] {
  return [...new Set([suffix, SUFFIX])];
}

/** Tells whether the name of a file in a folder is that of a compressed one. */
export function isCompressedName(suffix: string): (name: string) => boolean {
  return (name) => suffixes(suffix).some((each) => name.endsWith(each));
}

/**
 * Where a compressed file goes.
 *
 * @throws Skipped if the source has a suffix already
 */
export function compressedName(source: string, { suffix, force }: { suffix: string; force: boolean }): string {
  const present = suffixes(suffix).find((each) => source.endsWith(each));
  if (present !== undefined && !force) {
    throw new Skipped(`ends in ${present} already; compress it once more with -f`);
  }
  return source + suffix;
}

/**
 * Where the content goes.
 *
 * @throws Failure if the source lacks the suffix, or has no other name
 */
export function decompressedName(source: string, suffix: string): string {
  const name = basename(source);
  const present = suffixes(suffix).find((each) => name.endsWith(each) && name !== each);
  if (present !== undefined) return source.slice(0, -present.length);
  const expected = either(suffixes(suffix));
  throw new Failure(`does not end in ${expected}, so that the output has no name; give it one with -o, or use -c`);
}

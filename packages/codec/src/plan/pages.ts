import { detectDna } from "../methods/dna/detect.ts";
import type { Sorter } from "../transforms/dedupe/sorter.ts";
import { isIncompressible } from "./incompressible.ts";
import { nonTextShare } from "./kind.ts";

/** Bytes of a page that are looked at first. */
const GLANCE = 256;

/** Share of a page's bytes that are no text where it counts as binary. A header of an archive beside text is less. */
const BINARY = 0.3;

/** The stream for literals of a page of content: 0 for text, 1 for binary, 2 for nucleotides. */
function streamOf(page: Uint8Array): number {
  // What begins with nothing like nucleotides is not worth another look.
  if (detectDna(page.subarray(0, GLANCE)) && detectDna(page)) return 2;
  return nonTextShare(page) < BINARY ? 0 : 1;
}

/** Sorts literals by kind. */
export const byKind: Sorter = { streamOf, isIncompressible };

/** Keeps literals as they come: what they are is found out later, member by member. */
export const inOrder: Sorter = { streamOf: () => 0, isIncompressible: () => false };

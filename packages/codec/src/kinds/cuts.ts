/** Where content is cut into blocks, so that little is cut that can be opened: what lies in two blocks stays closed in one. */

import { isGzip } from "./deflate/index.ts";
import { behindTarMember } from "./tar/index.ts";
import { behindZipMember } from "./zip/index.ts";

/** Where the member of an archive ends that begins at a place; Infinity if that is behind what is seen, undefined if none begins. */
type Step = (content: Uint8Array, at: number) => number | undefined;

const ARCHIVES: readonly Step[] = [behindTarMember, behindZipMember];

/**
 * Where a block ends.
 *
 * @param start the content of the block, if it ends where blocks usually do; more follows
 * @param most bytes that it may have
 * @returns from half of the usual bytes up to the most
 */
export function endOfBlock(start: Uint8Array, most: number): number {
  // Nothing says how long it is.
  if (isGzip(start, 0)) return most;
  for (const behind of ARCHIVES) {
    const cut = cutOf(start, behind, most);
    if (cut !== undefined) return cut;
  }
  return start.length;
}

/** Between members of an archive: before the one that would be cut or, where that is long, behind it. */
function cutOf(start: Uint8Array, behind: Step, most: number): number | undefined {
  let at = 0;
  let next = behind(start, 0);
  while (next !== undefined && next <= start.length) {
    at = next;
    next = behind(start, at);
  }
  // Behind the last member anything may stand.
  if (next === undefined) return undefined;
  if (2 * at >= start.length) return at;
  return next <= most ? next : undefined;
}

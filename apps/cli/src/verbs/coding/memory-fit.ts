/** What --memory leaves of a level, in words. */

import type { CompressOptions } from "@pith/codec";

import { formatMemory } from "../../format.ts";
import { writeSize } from "../../interface/values.ts";

const TABLES = ["", "tables of half the size", "tables of a quarter of the size"];

/**
 * What content was coded with instead of what was asked for; undefined where memory sufficed.
 *
 * @param length bytes of content
 * @param ownBlockSize whether the user said how long blocks are to be
 */
export async function lessThanAsked(
  options: CompressOptions & { readonly level: number; readonly memoryLimit: number },
  length: number,
  ownBlockSize: boolean,
): Promise<string | undefined> {
  const { fitToMemory, defaultBlockSize } = await import("@pith/codec");
  const { level, memoryLimit } = options;
  const fit = fitToMemory(options, length);
  const less: string[] = [];
  if (fit.level < level) less.push(`level ${fit.level}`);
  if (fit.halvings > 0) less.push(TABLES[fit.halvings]);
  const shorter = !ownBlockSize && fit.blockSize < Math.min(length, defaultBlockSize(fit.level));
  if (shorter) less.push(`blocks of ${writeSize(fit.blockSize)}`);
  if (less.length === 0) return undefined;
  return (
    `level ${level} takes more than ${formatMemory(memoryLimit)} of memory: coded with ${less.join(", ")}, ` +
    `which take ${formatMemory(fit.memory)}; allow more with --memory`
  );
}

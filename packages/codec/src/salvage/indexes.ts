/** Indexes of frames, wherever they lie in a file: each has a checksum, so they are anchors in what is damaged around them. */

import { PithError } from "@pith/core";
import { ByteReader } from "@pith/core/bytes";
import { END_MAGIC, FOOTER_LENGTH, INDEX_TAG, MAGIC, MAX_INDEX } from "../format/constants.ts";
import { type IndexEntry, readIndex } from "../format/frame-index.ts";
import type { RandomAccessSource } from "../random-access/source.ts";
import type { Budget } from "./budget.ts";

/** A frame as its index says that it was. */
export interface IndexedFrame {
  /** Of its magic, in the file; before the file where bytes of the frame were lost. */
  readonly start: number;
  /** Of the frame, with its index. */
  readonly end: number;
  readonly entries: readonly IndexEntry[];
}

const WINDOW = 2 ** 20;

/** All frames that have an index, but for those inside of others: content that is stored may be a `.pith` file itself. */
export async function findIndexes(source: RandomAccessSource, budget: Budget): Promise<IndexedFrame[]> {
  const found: IndexedFrame[] = [];
  for (let offset = 0; offset < source.size; offset += WINDOW) {
    const start = Math.max(0, offset - FOOTER_LENGTH + 1);
    const window = await source.read(start, Math.min(WINDOW + offset - start, source.size - start));
    const first = FOOTER_LENGTH - END_MAGIC.length;
    for (let at = window.indexOf(END_MAGIC[0], first); at >= 0; at = window.indexOf(END_MAGIC[0], at + 1)) {
      if (window[at + 1] !== END_MAGIC[1]) continue;
      const length = new ByteReader(window.subarray(at - first, at), start + at - first).uint32();
      const frame = await frameWithIndex(source, start + at - first - length, length, budget);
      if (frame !== undefined) found.push(frame);
    }
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const outer: IndexedFrame[] = [];
  for (const frame of found) if (frame.end > (outer.at(-1)?.end ?? 0)) outer.push(frame);
  return outer;
}

/** @param length bytes of the index, as its footer has it */
async function frameWithIndex(
  source: RandomAccessSource,
  indexStart: number,
  length: number,
  budget: Budget,
): Promise<IndexedFrame | undefined> {
  if (length === 0 || length > MAX_INDEX || indexStart < MAGIC.length) return undefined;
  if ((await source.read(indexStart, 1))[0] !== INDEX_TAG || !budget.spend(length)) return undefined;
  const end = indexStart + length + FOOTER_LENGTH;
  try {
    const entries = readIndex(await source.read(indexStart, length), indexStart);
    const start = indexStart - entries.reduce((sum, entry) => sum + entry.length, 0) - MAGIC.length;
    return { start, end, entries };
  } catch (error) {
    if (error instanceof PithError) return undefined;
    throw error;
  }
}

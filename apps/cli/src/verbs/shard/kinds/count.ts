/** Units of which neighbours are counted, as `pith stats count` does: joined they are the counts of the whole. */

import { isDeepStrictEqual } from "node:util";

import type { CountOptions } from "@pith/statistics";
import { PithError } from "@pith/core";
import { turn } from "@pith/core/steps";

import { advising } from "../../shared/advising.ts";
import type { Plan } from "../plan-file.ts";
import { bytesOf, type UnitKind } from "./kind.ts";

/** Bytes before a unit that are read for the neighbours of its first characters: many more than these can have. */
const CONTEXT = 4096;

export const count: UnitKind = {
  async run(settings, { file, start, chunks, signal, onProgress }, write) {
    const { Counter, writeStatistics } = await import("@pith/statistics");
    const counter = new Counter(optionsOf(settings));
    const before = Math.min(start, CONTEXT);
    if (before > 0) counter.skip(await file.read(start - before, before));
    let done = 0;
    for await (const chunk of chunks) {
      signal?.throwIfAborted();
      counter.add(chunk);
      done += chunk.length;
      onProgress(done);
      await turn();
    }
    await write(await writeStatistics({ counts: counter.counts() }));
  },
  async merge({ settings }, units, _output, write) {
    const { emptyCounts, mergeCounts, readStatistics, writeStatistics } = await import("@pith/statistics");
    let sum = emptyCounts(optionsOf(settings));
    for await (const unit of units) {
      const bytes = await bytesOf(unit);
      const { counts } = await advising("do the unit again", () => readStatistics(bytes));
      sum = mergeCounts(sum, counts);
    }
    await write(await writeStatistics({ counts: sum }));
  },
  /** HDF5 has the time in it at which it was written. */
  async isSame(a, b) {
    const { readStatistics } = await import("@pith/statistics");
    try {
      return isDeepStrictEqual(await readStatistics(a), await readStatistics(b));
    } catch (error) {
      if (error instanceof PithError) return false;
      throw error;
    }
  },
};

function optionsOf({ alphabet, window }: Plan["settings"]): CountOptions {
  return { ...(alphabet !== null && { alphabet }), ...(window !== null && { window }) };
}

import type { RepeatRuns } from "../analysis.ts";
import type { PatternCounter } from "../patterns/pattern-counter.ts";

/** Stretches of repeated blocks; null where the counter does not know them all. */
export function repeatRuns(counter: PatternCounter): RepeatRuns | null {
  const marks = counter.repeatedBlocks();
  if (marks === null) return null;
  const classes: { runs: number; blocks: number }[] = [];
  let longest = { start: 0, length: 0 };
  let length = 0;
  // One beyond the last, to end the last run.
  for (let block = 0; block <= counter.blocks; block++) {
    if (block < counter.blocks && ((marks[block >> 3] >> (block & 7)) & 1) === 1) {
      length++;
      continue;
    }
    if (length === 0) continue;
    const index = Math.ceil(Math.log2(length));
    while (classes.length <= index) classes.push({ runs: 0, blocks: 0 });
    classes[index].runs++;
    classes[index].blocks += length;
    if (length > longest.length) longest = { start: block - length, length };
    length = 0;
  }
  const { blockSize } = counter;
  return {
    lengths: classes.map(({ runs, blocks }, i) => ({
      from: i === 0 ? 1 : 2 ** (i - 1) + 1,
      to: 2 ** i,
      runs,
      blocks,
    })),
    longest: longest.length === 0 ? null : { offset: longest.start * blockSize, size: longest.length * blockSize },
  };
}

import { LEVEL_NAMES, type Achievable, type Estimate, type PatternLevel, type RepeatRemoval } from "../analysis.ts";
import { PIECES } from "../patterns/pattern-counter.ts";
import type { ByteStatistics } from "../statistics/byte-statistics.ts";
import { shifted } from "./estimate.ts";

type Levels = readonly [PatternLevel, PatternLevel, PatternLevel];

/** What can be achieved and undone. */
export function achievable(size: number, remainder: number, levels: Levels, statistics: ByteStatistics): Achievable {
  return {
    entropy: statistics.entropy.map(({ order, bitsPerByte }, i) => ({
      order,
      size: Math.ceil((bitsPerByte * size) / 8),
      adaptiveSize: Math.ceil((statistics.adaptiveBits[i] * size) / 8),
    })),
    repeats: [
      ...levels.map((level) =>
        removal(level.name, level, [{ pieces: level.total, distinct: level.distinct.value }], remainder),
      ),
      // All pieces of a level that are new lie in pieces that are new on the level above: see PatternNode.
      removal("all", levels[LEVEL_NAMES.indexOf("micro")], ofAllLevels(levels), remainder),
    ],
    pith: null,
  };
}

/** Pieces of a level, and how many different ones they are. */
interface Pieces {
  readonly pieces: number;
  readonly distinct: number;
}

function ofAllLevels(levels: Levels): Pieces[] {
  return levels.map(({ total, distinct }, i) => ({
    pieces: i === 0 ? total : Math.max(distinct.value, PIECES * levels[i - 1].distinct.value),
    distinct: distinct.value,
  }));
}

/** @param finest the level whose new pieces stay as content */
function removal(
  level: RepeatRemoval["level"],
  finest: PatternLevel,
  steps: readonly Pieces[],
  remainder: number,
): RepeatRemoval {
  const content: Estimate = shifted(0, finest.patternSize, finest.distinct);
  const bits = steps.reduce((sum, { pieces, distinct }) => {
    return sum + pieces + (pieces - distinct) * Math.ceil(Math.log2(Math.max(1, distinct)));
  }, 0);
  const references = Math.ceil(bits / 8);
  return { level, content, references, size: shifted(references + remainder, 1, content) };
}

import type { LevelName, RepeatMap } from "../analysis.ts";
import { type PatternCounter, TABLES } from "../patterns/pattern-counter.ts";
import { piecesInBlock } from "./pattern-levels.ts";

/** Shares of pieces that occurred before, along the file. */
export function repeatMap(counter: PatternCounter): RepeatMap {
  const { blocks, cellBlocks } = counter;
  const shares = (name: LevelName): number[] => {
    const scale = 2 ** counter.sampleLevel(TABLES[name]);
    return counter.repeatsByCell(TABLES[name]).map((repeats, cell) => {
      const pieces = Math.min(cellBlocks, blocks - cell * cellBlocks) * piecesInBlock(name);
      return Math.min(1, (repeats * scale) / pieces);
    });
  };
  return {
    cellSize: cellBlocks * counter.blockSize,
    coarse: shares("coarse"),
    fine: shares("fine"),
    micro: shares("micro"),
  };
}

/** Which tint each character has. */
import { tintOf } from "./cost-scale.ts";
import type { Measurement } from "./measurement.ts";
import { wordsOf } from "./statistics.ts";

/** What tints may mean. */
export const SHADINGS = {
  cost: "cost of characters",
  word: "cost of words",
  rank: "ranks",
} as const;
export type Shading = keyof typeof SHADINGS;

export const DEFAULT_SHADING: Shading = "cost";

/** A word's bits for one of a character: the scale of words is so much longer. */
export const WORD_SCALE = 2;

/** Ranks are told by whether they are among the first so many, and the tint that says so. */
export const RANK_CLASSES = [
  { within: 1, tint: 1 },
  { within: 10, tint: 3 },
  { within: 100, tint: 5 },
  { within: 1000, tint: 8 },
  { within: Infinity, tint: 10 },
] as const;

/** The tint of each character that is measured; 0 for the others. */
export function shadesOf(measurement: Measurement, shading: Shading): Uint8Array {
  const { costs, characterRanks, done } = measurement;
  const shades = new Uint8Array(costs.length);
  switch (shading) {
    case "cost":
      for (let i = 0; i < done; i++) shades[i] = tintOf(costs[i]);
      break;
    case "word":
      // What is in no word stands for itself.
      for (let i = 0; i < done; i++) shades[i] = tintOf(costs[i] / WORD_SCALE);
      for (const { start, end, bits } of wordsOf(measurement)) shades.fill(tintOf(bits / WORD_SCALE), start, end);
      break;
    case "rank":
      for (let i = 0; i < done; i++) {
        shades[i] = RANK_CLASSES.find(({ within }) => characterRanks[i] < within)?.tint ?? 0;
      }
  }
  return shades;
}

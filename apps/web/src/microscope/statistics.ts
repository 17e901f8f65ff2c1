/** Figures of a measurement, for charts and tables. */
import type { Measurement } from "./measurement.ts";

/** Bits a character along the text. */
export interface CurvePoint {
  /** Characters from the start of the text to here. */
  readonly position: number;
  /** Mean of all characters up to here. */
  readonly mean: number;
  /** Mean of the characters just before here. */
  readonly local: number;
}

/** The part of the text over which the local mean goes. */
const WINDOW = 1 / 40;

/**
 * Bits a character in function of the length of the text ("Neural Data Compression", Figure 5), and near each place.
 *
 * @param points about as many as there will be
 */
export function bitsAlong({ costs, done }: Measurement, points: number): CurvePoint[] {
  const sums = new Float64Array(done + 1);
  for (let i = 0; i < done; i++) sums[i + 1] = sums[i] + costs[i];
  const step = Math.max(1, Math.floor(done / points));
  const window = Math.max(step, Math.floor(done * WINDOW));
  const curve: CurvePoint[] = [];
  for (let position = step; position <= done; position += step) {
    const from = Math.max(0, position - window);
    curve.push({
      position,
      mean: sums[position] / position,
      local: (sums[position] - sums[from]) / (position - from),
    });
  }
  return curve;
}

/** Ranks that have a bar of their own; the last bar is of all higher ones. */
export const RANK_BARS = 16;

/** How often each rank came, as shares of all symbols ("Neural Data Compression", Figure 3). */
export function rankShares({ ranks, symbolsDone }: Measurement): Float64Array {
  const shares = new Float64Array(RANK_BARS + 1);
  for (let i = 0; i < symbolsDone; i++) shares[Math.min(ranks[i], RANK_BARS)] += 1 / symbolsDone;
  return shares;
}

/** Share of the characters that were among the likeliest `count`, by themselves or as part of a word. */
export function shareWithin({ characterRanks, done }: Measurement, count: number): number {
  let within = 0;
  for (let i = 0; i < done; i++) if (characterRanks[i] < count) within++;
  return done === 0 ? 0 : within / done;
}

/** A word and what it cost. */
export interface Word {
  /** First character of the text. */
  readonly start: number;
  readonly text: string;
  /** In characters. */
  readonly length: number;
  readonly bits: number;
}

/**
 * The words that cost most, dearest first, no word twice. The start of the text does not count: there, everything is
 * a surprise.
 *
 * @param skip characters at the start
 */
export function dearestWords(measurement: Measurement, count: number, skip: number): Word[] {
  const { text, textStarts } = measurement.characters;
  const found = new Map<string, Word>();
  for (const { start, end, bits } of wordsOf(measurement)) {
    if (start < skip) continue;
    const word = text.slice(textStarts[start], textStarts[end]);
    if (bits > (found.get(word)?.bits ?? 0)) found.set(word, { start, text: word, length: end - start, bits });
  }
  return [...found.values()].sort((a, b) => b.bits - a.bits).slice(0, count);
}

/** Words of a text that are measured whole, from the first character to the one behind the last, and what they cost. */
export function* wordsOf({
  characters: { text, textStarts, count },
  costs,
  done,
}: Measurement): Generator<{ readonly start: number; readonly end: number; readonly bits: number }> {
  let start = -1;
  let bits = 0;
  for (let i = 0; i <= done; i++) {
    if (i < done && IN_WORD.test(text.slice(textStarts[i], textStarts[i + 1]))) {
      if (start < 0) start = i;
      bits += costs[i];
      continue;
    }
    // The last one may go on.
    if (start >= 0 && (i < done || done === count)) yield { start, end: i, bits };
    start = -1;
    bits = 0;
  }
}

const IN_WORD = /[\p{L}\p{N}\p{M}_]/u;

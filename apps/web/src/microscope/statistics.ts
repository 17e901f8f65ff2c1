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

/** How often each rank came, as shares of all bytes ("Neural Data Compression", Figure 3). */
export function rankShares({ ranks, bytesDone }: Measurement): Float64Array {
  const shares = new Float64Array(RANK_BARS + 1);
  for (let i = 0; i < bytesDone; i++) shares[Math.min(ranks[i], RANK_BARS)] += 1 / bytesDone;
  return shares;
}

/** Share of the bytes that were among the likeliest `count`. */
export function shareWithin({ ranks, bytesDone }: Measurement, count: number): number {
  let within = 0;
  for (let i = 0; i < bytesDone; i++) if (ranks[i] < count) within++;
  return bytesDone === 0 ? 0 : within / bytesDone;
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
export function dearestWords({ characters, costs, done }: Measurement, count: number, skip: number): Word[] {
  const { text, textStarts } = characters;
  const found = new Map<string, Word>();
  let start = -1;
  for (let i = 0; i <= done; i++) {
    const inWord = i < done && /[\p{L}\p{N}\p{M}_]/u.test(text.slice(textStarts[i], textStarts[i + 1]));
    if (inWord) {
      if (start < 0) start = i;
      continue;
    }
    if (start >= skip) {
      let bits = 0;
      for (let k = start; k < i; k++) bits += costs[k];
      const word = text.slice(textStarts[start], textStarts[i]);
      if (bits > (found.get(word)?.bits ?? 0)) found.set(word, { start, text: word, length: i - start, bits });
    }
    start = -1;
  }
  return [...found.values()].sort((a, b) => b.bits - a.bits).slice(0, count);
}

/** How often each rank came, as `neural-figure3.json` holds it; page and picture are made from this alone. */
import type { Where } from "../../measure/where.ts";

export interface Figure3Results extends Where {
  readonly format: 1;
  readonly file: string;
  readonly characters: number;
  /** Name of the method, and its network in words. */
  readonly method: string;
  readonly network: string;
  /** Symbols of each rank. */
  readonly ranks: readonly number[];
  /** Occurrences of each symbol, the most frequent first: the ranks that order 0 would give. */
  readonly symbols: readonly number[];
}

/** The share of the first five, 0 to 1. */
export function firstFive(counts: readonly number[]): number {
  const sum = (some: readonly number[]): number => some.reduce((total, count) => total + count, 0);
  return sum(counts.slice(0, 5)) / sum(counts);
}

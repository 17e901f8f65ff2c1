/** What counts say about a text (thesis, sections 3.2 and 4.4). */

import { shapeOf, type Counts } from "../counting/counts.ts";
import { distancesOf } from "../counting/window.ts";
import { probabilities } from "./table-of.ts";

/** Share of all characters that are in the alphabet, 0 to 1. */
export function encodableShare(counts: Counts): number {
  const sum = counts.characters.reduce((before, count) => before + count, 0n);
  return counts.total === 0n ? 0 : Number(sum) / Number(counts.total);
}

/** Share of all characters that are in runs of 12 or more of the alphabet, 0 to 1 ("compressible", thesis, Figure 12). */
export function compressibleShare(counts: Counts): number {
  return counts.total === 0n ? 0 : Number(counts.inRuns) / Number(counts.total);
}

/** How often each character comes among those of the alphabet: they sum to 1. */
export function frequencies(counts: Counts): number[] {
  const sum = Number(counts.characters.reduce((before, count) => before + count, 0n));
  return Array.from(counts.characters, (count) => (sum === 0 ? 0 : Number(count) / sum));
}

/** A number for a distance. */
export interface ByDistance {
  readonly distance: number;
  readonly value: number;
}

/**
 * How far the neighbours at each distance are from what one would meet anywhere: the mean over all characters a and b of
 * (p(b | a, distance) − p(b))² (thesis, Figure 3). Where it is 0, a neighbour says nothing.
 */
export function differenceByDistance(counts: Counts): ByDistance[] {
  const [characters, neighbours, distances] = shapeOf(counts);
  const p = probabilities(counts);
  const average = frequencies(counts);
  return distancesOf(counts.window).map((distance, place) => {
    let sum = 0;
    for (let character = 0; character < characters; character++) {
      for (let neighbour = 0; neighbour < neighbours; neighbour++) {
        const difference = p[(character * neighbours + neighbour) * distances + place] - average[neighbour];
        sum += difference * difference;
      }
    }
    return { distance, value: sum / (characters * neighbours) };
  });
}

/** The neighbours of a character at one distance. */
export interface Neighbours {
  readonly distance: number;
  /** The likeliest first; probabilities sum to 1. */
  readonly neighbours: readonly { readonly character: string; readonly probability: number }[];
}

/**
 * What stands around a character (thesis, Figures 4 to 7), for each distance of the window.
 *
 * @throws RangeError if it is not in the alphabet
 */
export function neighboursOf(counts: Counts, character: string): Neighbours[] {
  const [, neighbours, distances] = shapeOf(counts);
  const place = character.length === 1 ? counts.alphabet.indexOf(character) : -1;
  if (place < 0) {
    const got = JSON.stringify(character);
    throw new RangeError(`character: expected one of ${JSON.stringify(counts.alphabet)}, got ${got}`);
  }
  const p = probabilities(counts);
  return distancesOf(counts.window).map((distance, at) => ({
    distance,
    neighbours: Array.from(counts.alphabet)
      .map((each, i) => ({ character: each, probability: p[(place * neighbours + i) * distances + at] }))
      .sort((a, b) => b.probability - a.probability),
  }));
}

/** Counts: how often each character stands at each distance from each other one. */

import { THESIS_ALPHABET } from "@pith/predictors";

import { checkAlphabet } from "./alphabet.ts";
import { checkWindow, distancesOf, THESIS_WINDOW, type Window } from "./window.ts";

/**
 * What was counted in some texts. Counts are exact up to 2^64 − 1.
 *
 * `pairs` has three axes, the last one running fastest: character, neighbour, distance. Characters and neighbours are
 * places in the alphabet, distances those of `distancesOf(window)`. So `pairs[pairIndex(counts, a, b, d)]` is how often
 * `alphabet[b]` stood at that distance from `alphabet[a]`.
 */
export interface Counts {
  readonly alphabet: string;
  readonly window: Window;
  readonly pairs: BigUint64Array;
  /** How often each character of the alphabet came. */
  readonly characters: BigUint64Array;
  /** Characters in runs of 12 or more of the alphabet, which is where the thesis's framing codes. */
  readonly inRuns: bigint;
  /** Characters of the texts, those that are not in the alphabet too. */
  readonly total: bigint;
}

const LARGEST = 2n ** 64n - 1n;

/** What to count. */
export interface CountOptions {
  /** 2 to 64 ASCII characters; the letters, the space and the period by default. */
  readonly alphabet?: string | undefined;
  /** 4 before and 3 after by default. */
  readonly window?: Window | undefined;
}

/** The shape of what lies on the axes character, neighbour, distance. */
export function shapeOf({ alphabet, window }: Pick<Counts, "alphabet" | "window">): [number, number, number] {
  return [alphabet.length, alphabet.length, window.before + window.after];
}

/**
 * Nothing counted: what merging starts from.
 *
 * @throws RangeError if the alphabet or the window is none
 */
export function emptyCounts({ alphabet = THESIS_ALPHABET, window = THESIS_WINDOW }: CountOptions = {}): Counts {
  checkAlphabet(alphabet);
  checkWindow(window);
  const [characters, neighbours, distances] = shapeOf({ alphabet, window });
  return {
    alphabet,
    window,
    pairs: new BigUint64Array(characters * neighbours * distances),
    characters: new BigUint64Array(characters),
    inRuns: 0n,
    total: 0n,
  };
}

/**
 * The counts of all texts together. In whatever order and grouping counts are merged, the result is the same.
 *
 * @throws RangeError if alphabets or windows differ, or a sum goes beyond 2^64 − 1
 */
export function mergeCounts(a: Counts, b: Counts): Counts {
  if (a.alphabet !== b.alphabet) {
    throw new RangeError(`alphabet: expected ${JSON.stringify(a.alphabet)} in all, got ${JSON.stringify(b.alphabet)}`);
  }
  const [first, second] = [a, b].map(({ window }) => distancesOf(window).join(" "));
  if (first !== second) throw new RangeError(`distances: expected ${first} in all, got ${second}`);
  return {
    alphabet: a.alphabet,
    window: a.window,
    pairs: addAll(a.pairs, b.pairs),
    characters: addAll(a.characters, b.characters),
    inRuns: add(a.inRuns, b.inRuns),
    total: add(a.total, b.total),
  };
}

function addAll(a: BigUint64Array, b: BigUint64Array): BigUint64Array {
  return a.map((count, i) => add(count, b[i]));
}

function add(a: bigint, b: bigint): bigint {
  const sum = a + b;
  if (sum > LARGEST) throw new RangeError(`counts: expected sums up to 2^64 − 1, got ${sum}`);
  return sum;
}

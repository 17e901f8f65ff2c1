/** Code tables made of pairs. */

import { checkCodeTable, type CodeTable } from "@pith/framing";

import type { Counts } from "../counting/counts.ts";
import type { Table } from "../statistics.ts";
import { differenceMatrix } from "./difference.ts";
import { assign, pairsOfAssignment } from "./hungarian.ts";
import { matchExactly } from "./matching.ts";

/** The space and the period stand alone (thesis, section 3.1.1). */
export const THESIS_SINGLES = " .";

/**
 * How pairs are chosen. `alphabetical`: as they come in the alphabet. `hungarian`: by the primary difference and the
 * Hungarian algorithm, as in the thesis (section 4.3.1). `exact`: by the primary difference and an exact matching.
 */
export const PAIRINGS = ["alphabetical", "hungarian", "exact"] as const;

export type Pairing = (typeof PAIRINGS)[number];

/** Codes of four bits, but for the break. */
const CODES = 15;

/** A table of four-bit codes, and how far apart its pairs are. */
export interface PairedTable {
  readonly table: CodeTable;
  /** The sum of the primary differences of its pairs. */
  readonly difference: number;
}

/**
 * Pairs the characters of an alphabet, all but the singles, which come last and get codes of their own.
 *
 * @param singles characters of the alphabet
 * @throws RangeError if the pairs and singles are not 15 together, or a single is not in the alphabet
 */
export function pairCharacters(
  counts: Counts,
  table: Table,
  pairing: Pairing,
  singles: string = THESIS_SINGLES,
): PairedTable {
  const characters = Array.from(counts.alphabet)
    .filter((character) => !singles.includes(character))
    .join("");
  if (characters.length + Array.from(singles).length !== counts.alphabet.length) {
    throw new RangeError(
      `singles: expected characters of ${JSON.stringify(counts.alphabet)}, got ${JSON.stringify(singles)}`,
    );
  }
  if (characters.length % 2 !== 0) {
    throw new RangeError(`characters to pair: expected an even number, got ${characters.length}`);
  }
  const codeCount = characters.length / 2 + singles.length;
  if (codeCount !== CODES) throw new RangeError(`pairs and singles: expected ${CODES}, got ${codeCount}`);
  const weights = differenceMatrix(counts, table, characters);
  const pairs = choosePairs(weights, pairing);
  const groups = [...pairs.map(([a, b]) => characters[a] + characters[b]), ...Array.from(singles)];
  const codes: CodeTable = { bits: 4, groups };
  checkCodeTable(codes);
  return { table: codes, difference: pairs.reduce((sum, [a, b]) => sum + weights[a][b], 0) };
}

function choosePairs(weights: readonly (readonly number[])[], pairing: Pairing): [number, number][] {
  switch (pairing) {
    case "alphabetical":
      return Array.from({ length: weights.length / 2 }, (_, i) => [2 * i, 2 * i + 1]);
    case "hungarian":
      return pairsOfAssignment(assign(forbidDiagonal(weights)), weights);
    case "exact":
      return matchExactly(weights);
  }
}

/** Nothing is its own partner. */
function forbidDiagonal(weights: readonly (readonly number[])[]): number[][] {
  const sum = weights.flat().reduce((before, weight) => before + weight, 0);
  return weights.map((row, i) => row.map((weight, j) => (i === j ? -sum - 1 : weight)));
}

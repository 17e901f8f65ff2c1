/**
 * Letter tables: how much each neighbour, at each distance, speaks for a letter. What the decoder of the thesis (section
 * 5) looks letters up in, whether counted from text or trained.
 */
import { REACH } from "./generated/letter-table-exports.ts";
import { checkCharacters, checkGroups } from "./letter-groups.ts";

/** The distances of the thesis: four characters to the left, three to the right. */
export const THESIS_DISTANCES: readonly number[] = [-4, -3, -2, -1, 1, 2, 3];

/** The characters of the thesis. */
export const THESIS_ALPHABET = "abcdefghijklmnopqrstuvwxyz .";

/** The thesis's multipliers for {@link THESIS_DISTANCES} (section 5.2.2), both columns. */
export const THESIS_MULTIPLIERS: { readonly base: readonly number[]; readonly plato: readonly number[] } = {
  base: [1.05, 1.09, 1.3, 2, 1.8, 1.4, 1.16],
  plato: [1.05, 1.09, 1.3, 2, 2, 1.4, 1.16],
};

/** What is applied to each number of a table before numbers are added (thesis, section 5.2.1). */
export type Activation = "identity" | "sigmoid" | "selu" | "tanh";

/** A table, and how it is read. */
export interface LetterTable {
  /**
   * groups[c] holds the characters that code c stands for: 1 to 15 groups of 1 to 8 ASCII characters, none of them
   * twice. Those of a group of several have to be in the alphabet.
   */
  readonly groups: readonly string[];
  /** The characters that the table knows: 1 to 128, ASCII, none of them twice. */
  readonly alphabet: string;
  /** Where the neighbours stand, left of the letter below 0: 1 to 16 whole numbers within ±16, without 0, ascending. */
  readonly distances: readonly number[];
  /**
   * [letter][distance][neighbour], letters and neighbours in the alphabet's order: alphabet.length × distances.length ×
   * alphabet.length finite numbers. The letter whose numbers have the largest sum is taken.
   */
  readonly table: Float32Array;
  /** Default: identity. */
  readonly activation?: Activation | undefined;
  /** What the numbers of each distance are multiplied with after the activation. Default: 1 for each. */
  readonly multipliers?: readonly number[] | undefined;
}

/** All of ASCII. */
const MOST_CHARACTERS = 128;
/** How far a neighbour may be. */
export const MOST_REACH = REACH;

/**
 * Checks that a table is of the shape it says.
 *
 * @throws RangeError that says what is not
 */
export function checkLetterTable({ groups, alphabet, distances, table, multipliers }: LetterTable): void {
  checkCharacters("alphabet", alphabet, MOST_CHARACTERS);
  checkGroups(groups);
  for (const [code, group] of groups.entries()) {
    const stranger = group.length > 1 && Array.from(group).find((character) => !alphabet.includes(character));
    if (stranger) {
      throw new RangeError(`groups[${code}]: expected characters of the alphabet, got ${JSON.stringify(stranger)}`);
    }
  }
  checkDistances(distances);
  const expected = alphabet.length * distances.length * alphabet.length;
  if (table.length !== expected) throw new RangeError(`table: expected ${expected} numbers, got ${table.length}`);
  const bad = table.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`table[${bad}]: expected a finite number, got ${table[bad]}`);
  if (multipliers !== undefined) {
    if (multipliers.length !== distances.length) {
      throw new RangeError(
        `multipliers: expected ${distances.length}, as many as distances, got ${multipliers.length}`,
      );
    }
    for (const [i, multiplier] of multipliers.entries()) {
      if (!Number.isFinite(multiplier)) {
        throw new RangeError(`multipliers[${i}]: expected a finite number, got ${multiplier}`);
      }
    }
  }
}

function checkDistances(distances: readonly number[]): void {
  if (distances.length < 1 || distances.length > MOST_REACH) {
    throw new RangeError(`distances: expected 1 to ${MOST_REACH}, got ${distances.length}`);
  }
  for (const [i, distance] of distances.entries()) {
    if (!Number.isInteger(distance) || distance === 0 || Math.abs(distance) > MOST_REACH) {
      throw new RangeError(`distances[${i}]: expected a whole number within ±${MOST_REACH} but 0, got ${distance}`);
    }
    if (i > 0 && distance <= distances[i - 1]) {
      throw new RangeError(`distances[${i}]: expected more than ${distances[i - 1]}, the one before, got ${distance}`);
    }
  }
}

/** A letter table made ready for decoding: activated, multiplied, averaged for codes, in the order in which it is read. */
import { ACTIVATIONS } from "./letter-table-activation.ts";
import { FIRST_CODE } from "./letter-groups.ts";
import { checkLetterTable, type LetterTable } from "./letter-table.ts";

/** What a neighbour can be: a character of the alphabet, then a code, then something else. */
export interface Neighbours {
  /** The neighbour that a cell is: cells 0 to 255 are bytes, 256 + c the code c. */
  readonly ofCell: Uint16Array;
  /** The letters, as places in the alphabet, that each neighbour may be; none for the last. */
  readonly letters: readonly (readonly number[])[];
}

/** Lists what a neighbour can be. */
export function listNeighbours({ groups, alphabet }: Pick<LetterTable, "groups" | "alphabet">): Neighbours {
  const places = groups.map((group) => Array.from(group, (character) => alphabet.indexOf(character)));
  const letters = [
    ...Array.from(alphabet, (_, letter) => [letter]),
    // A code of one character that the alphabet lacks is as unknown as that character.
    ...places.map((group) => group.filter((letter) => letter >= 0)),
    [],
  ];
  const ofCell = new Uint16Array(FIRST_CODE + groups.length).fill(letters.length - 1);
  for (let letter = 0; letter < alphabet.length; letter++) ofCell[alphabet.charCodeAt(letter)] = letter;
  for (let code = 0; code < groups.length; code++) ofCell[FIRST_CODE + code] = alphabet.length + code;
  return { ofCell, letters };
}

/** A table as the kernel reads it. */
export interface LetterScores {
  /** Distances in the order in which scores are added: right of the letter, then left of it, each inwards. */
  readonly distances: readonly number[];
  readonly neighbours: Neighbours;
  /** Scores for each neighbour: as many as the largest group has members, rounded up to 2, 4 or 8. */
  readonly members: number;
  /** [code][distance][neighbour][member]; 0 for members beyond the group's. */
  readonly scores: Float32Array;
}

/**
 * Makes a table ready: score = activation(number) × multiplier. The number of a neighbour of which only the code is known
 * is the mean of its group's (the thesis's "gather possibilities", section 5.1, comes before the activation); what is
 * not in the alphabet scores 0.
 *
 * @throws RangeError for a table that is not of the shape it says
 */
export function letterScores(options: LetterTable): LetterScores {
  checkLetterTable(options);
  const { groups, alphabet, distances, table, activation = "identity", multipliers } = options;
  const { value } = ACTIVATIONS[activation];
  const order = summationOrder(distances);
  const largest = groups.reduce((most, group) => Math.max(most, group.length), 0);
  const members = largest <= 2 ? 2 : largest <= 4 ? 4 : 8;
  const neighbours = listNeighbours(options);
  const scores = new Float32Array(groups.length * order.length * neighbours.letters.length * members);
  let at = 0;
  for (const group of groups) {
    for (const place of order) {
      const multiplier = multipliers?.[place] ?? 1;
      for (const letters of neighbours.letters) {
        for (let member = 0; member < members; member++, at++) {
          if (group.length === 1 || member >= group.length || letters.length === 0) continue;
          const row = (alphabet.indexOf(group[member]) * distances.length + place) * alphabet.length;
          scores[at] = value(meanOf(table, row, letters)) * multiplier;
        }
      }
    }
  }
  return { distances: order.map((place) => distances[place]), neighbours, members, scores };
}

/** The mean of a row's numbers for some letters. */
export function meanOf(table: Float32Array | Float64Array, row: number, letters: readonly number[]): number {
  let sum = 0;
  for (const letter of letters) sum += table[row + letter];
  return sum / letters.length;
}

/** Places of the distances, in the order of summation. */
function summationOrder(distances: readonly number[]): number[] {
  const places = [...distances.keys()];
  return [
    ...places.filter((place) => distances[place] > 0).reverse(),
    ...places.filter((place) => distances[place] < 0),
  ];
}

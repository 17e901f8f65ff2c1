/** How differently two characters are used. */

import { shapeOf, type Counts } from "../counting/counts.ts";
import type { Table } from "../statistics.ts";

/**
 * For each two characters the sum, over neighbours and distances, of the squared differences of their numbers in a table
 * (thesis, section 4.3.1, "primary difference"): the larger, the easier context tells them apart.
 *
 * @param characters of the alphabet
 * @returns a symmetric matrix in the order of `characters`, 0 on its diagonal
 * @throws RangeError for a character that is not in the alphabet
 */
export function differenceMatrix(counts: Counts, { values }: Table, characters: string): number[][] {
  const [, neighbours, distances] = shapeOf(counts);
  const row = neighbours * distances;
  const starts = Array.from(characters).map((character) => {
    const place = counts.alphabet.indexOf(character);
    if (place < 0) throw new RangeError(`characters: expected those of the alphabet, got ${JSON.stringify(character)}`);
    return place * row;
  });
  return starts.map((a) =>
    starts.map((b) => {
      let sum = 0;
      for (let i = 0; i < row; i++) {
        const difference = values[a + i] - values[b + i];
        sum += difference * difference;
      }
      return sum;
    }),
  );
}

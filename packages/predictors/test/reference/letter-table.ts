/** Decodes letters by a table as section 5 of the thesis tells it: gather, activate, multiply, compare. Plain, and slow. */
import { ACTIVATIONS } from "../../src/letter-table-activation.ts";
import type { LetterTable } from "../../src/letter-table.ts";

export function decodeByReference(options: LetterTable, cells: Uint16Array): Uint8Array {
  const { groups, alphabet, distances, table, activation = "identity", multipliers } = options;
  const decoded = new Uint8Array(cells.length);

  /** What the cell at a distance may be, as places in the alphabet. */
  const lettersAt = (place: number, distance: number): number[] => {
    const at = place + distance;
    if (at < 0 || at >= cells.length) return [];
    const cell = distance < 0 ? decoded[at] : cells[at];
    const characters = cell < 256 ? String.fromCharCode(cell) : groups[cell - 256];
    return Array.from(characters, (character) => alphabet.indexOf(character)).filter((letter) => letter >= 0);
  };

  const sumFor = (character: string, place: number): number => {
    const rightThenLeft = [...distances.keys()].sort((a, b) => {
      const [x, y] = [distances[a], distances[b]];
      return x > 0 && y > 0 ? y - x : x * y < 0 ? y - x : x - y;
    });
    let sum = 0;
    for (const d of rightThenLeft) {
      const letters = lettersAt(place, distances[d]);
      if (letters.length === 0) continue;
      const row = (alphabet.indexOf(character) * distances.length + d) * alphabet.length;
      const gathered = letters.reduce((total, letter) => total + table[row + letter], 0) / letters.length;
      const score = Math.fround(ACTIVATIONS[activation].value(gathered) * (multipliers?.[d] ?? 1));
      sum = Math.fround(sum + score);
    }
    return sum;
  };

  cells.forEach((cell, place) => {
    if (cell < 256) {
      decoded[place] = cell;
      return;
    }
    const group = groups[cell - 256];
    let best = group[0];
    for (const character of group.length === 1 ? "" : group) {
      if (sumFor(character, place) > sumFor(best, place)) best = character;
    }
    decoded[place] = best.charCodeAt(0);
  });
  return decoded;
}

/** Made-up letter tables and texts. */
import type { Activation, LetterTable } from "../../src/index.ts";
import type { Random } from "./random.ts";

export const ACTIVATION_NAMES: readonly Activation[] = ["identity", "sigmoid", "selu", "tanh"];

/** Numbers like those of a normalised table: about −2 to 2. */
export function randomTable(random: Random, length: number): Float32Array {
  return Float32Array.from({ length }, () => (random.below(4001) - 2000) / 1000);
}

/** A table of random letters, codes and distances. `most`: members of a group. */
export function randomLetterTable(random: Random, most: number): LetterTable {
  const letters = Array.from("etaoinshrdlucmfwypvbgkjqxz .");
  const shuffled = letters.map((letter) => ({ letter, at: random.below(1 << 30) })).sort((a, b) => a.at - b.at);
  const alphabet = shuffled.map(({ letter }) => letter).join("");
  const groups: string[] = [];
  for (let at = 0; at < 26 && groups.length < 14;) {
    const size = 1 + random.below(most);
    groups.push(alphabet.slice(at, at + size));
    at += size;
  }
  // One that the table does not know.
  groups.push("!");
  const distances = [-16, -5, -4, -3, -2, -1, 1, 2, 3, 9].filter(() => random.chance(70));
  if (distances.length === 0) distances.push(1);
  return {
    groups,
    alphabet,
    distances,
    table: randomTable(random, alphabet.length * distances.length * alphabet.length),
    activation: random.pick(ACTIVATION_NAMES),
    multipliers: random.chance(50) ? distances.map(() => random.below(300) / 100) : undefined,
  };
}

/** Cells of which about three quarters are codes. */
export function randomCells(random: Random, table: LetterTable, length: number): Uint16Array {
  return Uint16Array.from({ length }, () =>
    random.chance(75) ? 256 + random.below(table.groups.length) : 32 + random.below(96),
  );
}

/** Counting as it is defined, character by character. */

import { distancesOf, type Window } from "../../src/index.ts";

export interface ReferenceCounts {
  readonly pairs: bigint[];
  readonly characters: bigint[];
  readonly inRuns: bigint;
  readonly total: bigint;
}

export function referenceCount(text: Uint8Array, alphabet: string, window: Window): ReferenceCounts {
  const characters = Array.from(text)
    .filter((byte) => (byte & 0xc0) !== 0x80)
    .map((byte) => alphabet.indexOf(String.fromCharCode(byte)));
  const distances = distancesOf(window);
  const pairs = new Array<bigint>(alphabet.length ** 2 * distances.length).fill(0n);
  for (const [at, character] of characters.entries()) {
    for (const [place, distance] of distances.entries()) {
      const neighbour = characters[at + distance] ?? -1;
      if (character >= 0 && neighbour >= 0) {
        pairs[(character * alphabet.length + neighbour) * distances.length + place]++;
      }
    }
  }
  return {
    pairs,
    characters: Array.from(alphabet, (_, place) => BigInt(characters.filter((each) => each === place).length)),
    inRuns: BigInt(lengthsOfRuns(characters).reduce((sum, length) => sum + (length < 12 ? 0 : length), 0)),
    total: BigInt(characters.length),
  };
}

function lengthsOfRuns(characters: readonly number[]): number[] {
  const flags = characters.map((character) => (character < 0 ? " " : "x")).join("");
  return flags.split(" ").map(({ length }) => length);
}

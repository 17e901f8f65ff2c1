/** Tables as the decoder takes them. */

import type { LetterTable } from "@pith/predictors";

import { shapeOf, type Counts } from "../counting/counts.ts";
import { distancesOf } from "../counting/window.ts";

/** What a decoder needs of a table, in the order in which it reads it: character, distance, neighbour. */
export function decoderTable(
  counts: Pick<Counts, "alphabet" | "window">,
  values: Float64Array,
): Pick<LetterTable, "alphabet" | "distances" | "table"> {
  const [characters, neighbours, distances] = shapeOf(counts);
  const table = new Float32Array(values.length);
  let at = 0;
  for (let character = 0; character < characters; character++) {
    for (let distance = 0; distance < distances; distance++) {
      for (let neighbour = 0; neighbour < neighbours; neighbour++) {
        table[at++] = values[(character * neighbours + neighbour) * distances + distance];
      }
    }
  }
  return { alphabet: counts.alphabet, distances: distancesOf(counts.window), table };
}

/** The way back, for tables that were trained. */
export function valuesOf(counts: Pick<Counts, "alphabet" | "window">, table: Float32Array): Float64Array {
  const [characters, neighbours, distances] = shapeOf(counts);
  const values = new Float64Array(table.length);
  for (let i = 0; i < values.length; i++) {
    const neighbour = i % neighbours;
    const distance = Math.floor(i / neighbours) % distances;
    const character = Math.floor(i / (neighbours * distances)) % characters;
    values[(character * neighbours + neighbour) * distances + distance] = table[i];
  }
  return values;
}

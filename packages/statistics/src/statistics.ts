/** Statistics: what was counted, and what was made of it. */

import type { Counts } from "./counting/counts.ts";

/** What a table holds a number of for each character, neighbour and distance. */
export const QUANTITIES = ["probability", "log-probability", "score"] as const;

/**
 * `probability`: of the neighbour, given the character and the distance. `log-probability`: its natural logarithm.
 * `score`: whatever a training made of either.
 */
export type Quantity = (typeof QUANTITIES)[number];

/** What was made to have mean 0 and standard deviation 1: all numbers that differ in this place alone. */
export const NORMALISATIONS = ["none", "character", "neighbour", "distance", "all"] as const;

/**
 * `neighbour`: over all neighbours of a character at a distance (thesis, section 3.3.1). `character`: over all characters
 * that have this neighbour there. `distance`: over the distances of a pair. `all`: over the whole table at once.
 */
export type Normalisation = (typeof NORMALISATIONS)[number];

/** Numbers by which characters are told apart, in the order of `Counts.pairs`: character, neighbour, distance. */
export interface Table {
  readonly values: Float64Array;
  readonly quantity: Quantity;
  readonly normalised: Normalisation;
}

/** The content of a statistics file. */
export interface Statistics {
  readonly counts: Counts;
  /** Absent in what was only counted. */
  readonly table?: Table;
}

/** Tables of numbers by which characters are told apart, made of counts. */

import { shapeOf, type Counts } from "../counting/counts.ts";
import { NORMALISATIONS, QUANTITIES, type Normalisation, type Quantity, type Table } from "../statistics.ts";
import { logarithm } from "./logarithm.ts";

/** What to make of counts. */
export interface TableOptions {
  /** `probability` by default. */
  readonly quantity?: Exclude<Quantity, "score"> | undefined;
  /** `neighbour` by default, as in the thesis (section 3.3.1). */
  readonly normalised?: Normalisation | undefined;
}

/** Added to each count of a pair before a logarithm is taken, so that what was never seen is unlikely and not impossible. */
const UNSEEN = 0.5;

/**
 * A table of p(neighbour | character, distance) or its logarithm, normalised to z-scores (x − μ) / σ along an axis.
 *
 * What was never seen: a pair has probability 0, and in logarithms that of half an occurrence; of a character that never
 * had a neighbour at a distance, all neighbours there are equally likely; where all numbers are the same, their z-score
 * is 0.
 *
 * @throws RangeError for an option out of range
 */
export function tableOf(
  counts: Counts,
  { quantity = "probability", normalised = "neighbour" }: TableOptions = {},
): Table {
  if (!QUANTITIES.includes(quantity) || (quantity as Quantity) === "score") {
    throw new RangeError(`quantity: expected probability or log-probability, got ${quantity as string}`);
  }
  if (!NORMALISATIONS.includes(normalised)) {
    throw new RangeError(`normalised: expected ${NORMALISATIONS.join(", ")}, got ${normalised as string}`);
  }
  const values = probabilities(counts, quantity === "log-probability" ? UNSEEN : 0);
  if (quantity === "log-probability") {
    for (let i = 0; i < values.length; i++) values[i] = logarithm(values[i]);
  }
  if (normalised !== "none") normalise(values, shapeOf(counts), normalised);
  return { values, quantity, normalised };
}

/**
 * p(neighbour | character, distance), in the order of `Counts.pairs`. Over all neighbours it sums to 1.
 *
 * @param unseen occurrences to add to each
 */
export function probabilities(counts: Counts, unseen = 0): Float64Array {
  const [characters, neighbours, distances] = shapeOf(counts);
  const values = new Float64Array(counts.pairs.length);
  for (let character = 0; character < characters; character++) {
    for (let distance = 0; distance < distances; distance++) {
      const first = character * neighbours * distances + distance;
      let sum = 0n;
      for (let neighbour = 0; neighbour < neighbours; neighbour++) sum += counts.pairs[first + neighbour * distances];
      const total = Number(sum) + neighbours * unseen;
      for (let neighbour = 0; neighbour < neighbours; neighbour++) {
        const index = first + neighbour * distances;
        values[index] = total === 0 ? 1 / neighbours : (Number(counts.pairs[index]) + unseen) / total;
      }
    }
  }
  return values;
}

/** Makes all values that differ in one place alone have mean 0 and standard deviation 1. */
function normalise(
  values: Float64Array,
  [characters, neighbours, distances]: readonly [number, number, number],
  axis: Exclude<Normalisation, "none">,
): void {
  const steps = { character: neighbours * distances, neighbour: distances, distance: 1, all: 1 };
  const lengths = { character: characters, neighbour: neighbours, distance: distances, all: values.length };
  const step = steps[axis];
  const length = lengths[axis];
  for (let start = 0; start < values.length; start++) {
    // The first of its line: the others come later.
    if (Math.floor(start / step) % length === 0) normaliseLine(values, start, step, length);
  }
}

function normaliseLine(values: Float64Array, start: number, step: number, length: number): void {
  let sum = 0;
  let isConstant = true;
  for (let i = 0; i < length; i++) {
    sum += values[start + i * step];
    isConstant &&= values[start + i * step] === values[start];
  }
  const mean = sum / length;
  let squares = 0;
  for (let i = 0; i < length; i++) {
    const difference = values[start + i * step] - mean;
    squares += difference * difference;
  }
  const deviation = Math.sqrt(squares / length);
  for (let i = 0; i < length; i++) {
    const index = start + i * step;
    // Not by a deviation of 0: rounding leaves a little.
    values[index] = isConstant ? 0 : (values[index] - mean) / deviation;
  }
}

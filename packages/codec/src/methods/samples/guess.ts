/** Guesses how samples stand in bytes of which nothing is said. */
import { recogniseSamples } from "./recognise.ts";
import { isShape, PLAIN, type SampleShape } from "../../bytes/sample-shape.ts";

/** Bytes that are compared with those before them. */
const COMPARED = 8192;
/** Longest row that is looked for, in bytes. */
const LONGEST = 8192;
/** Share of the mean difference at all distances below which one is a row's. */
const MUCH_LESS = 0.7;

/** As a header says; else a row is the distance at which bytes are most alike, if they are much more so than elsewhere. */
export function guessShape(bytes: Uint8Array): SampleShape {
  const said = recogniseSamples(bytes);
  if (said !== undefined) return said.shape;
  if (bytes.length < 3 * COMPARED) return PLAIN;
  const from = Math.max(Math.min(LONGEST, bytes.length >> 1), (bytes.length >> 1) - (COMPARED >> 1));
  const longest = Math.min(LONGEST, from);
  let [best, row, sum] = [Infinity, 0, 0];
  const differences = Array.from({ length: longest }, (_, i) => {
    const difference = differenceAt(bytes, from, i + 1);
    sum += difference;
    if (i >= 8 && difference < best) [best, row] = [difference, i + 1];
    return difference;
  });
  const channels = [1, 2, 3, 4].reduce((a, b) => (differences[b - 1] < 0.9 * differences[a - 1] ? b : a));
  const isRow = isShape({ ...PLAIN, channels, row });
  return { ...PLAIN, channels, row: isRow && best < (MUCH_LESS * sum) / longest ? row : 0 };
}

/** How much bytes differ from those so far before them. */
function differenceAt(bytes: Uint8Array, from: number, distance: number): number {
  let sum = 0;
  for (let i = from; i < from + COMPARED; i += 3) sum += Math.abs(bytes[i] - bytes[i - distance]);
  return sum;
}

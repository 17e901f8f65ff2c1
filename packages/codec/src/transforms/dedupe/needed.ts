/** What of the input a range of content is made of, so that the rest need not be decoded. */

import { STREAMS } from "./instructions.ts";
import { instructionsOf, readHead } from "./decode.ts";

/** Bytes from `start` up to, but without, `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Instructions that are looked at, and times that one says what another needs: beyond, all of the input is decoded. */
const MOST_INSTRUCTIONS = 2 ** 22;
const MOST_STEPS = 2 ** 24;

/**
 * Follows copies back to what they repeat.
 *
 * @param input its start at least, with the instructions
 * @param length bytes of the whole content
 * @param wanted of the content
 * @param offset where the input lies, for errors
 * @returns ranges of the input, which may overlap; undefined if that would take too long
 * @throws PithError for instructions that no encoder gives out
 */
export function neededInput(input: Uint8Array, length: number, wanted: Range, offset: number): Range[] | undefined {
  const head = readHead(input, offset);
  // Of each instruction: where its content begins; how far back it copies from, or 0; where its literals lie in the input.
  const starts: number[] = [];
  const distances: number[] = [];
  const places: number[] = [];
  const taken = streamStarts(head.length, head.lengths);
  let at = 0;
  for (const { stream, length: bytes, ...copy } of instructionsOf(head, length, offset)) {
    if (starts.length === MOST_INSTRUCTIONS) return undefined;
    starts.push(at);
    distances.push("distance" in copy ? copy.distance : 0);
    places.push(stream === undefined ? 0 : taken[stream]);
    if (stream !== undefined) taken[stream] += bytes;
    at += bytes;
  }
  starts.push(length);
  return follow(starts, distances, places, wanted);
}

/** Where each stream begins in the input. */
function streamStarts(first: number, lengths: readonly number[]): number[] {
  const starts = [first];
  for (let stream = 1; stream < STREAMS; stream++) starts.push(starts[stream - 1] + lengths[stream - 1]);
  return starts;
}

/** From the last instruction to the first: each says what it needs of those before it. */
function follow(
  starts: readonly number[],
  distances: readonly number[],
  places: readonly number[],
  wanted: Range,
): Range[] | undefined {
  const count = distances.length;
  // What is needed of each: all between two places.
  const low = new Float64Array(count).fill(Infinity);
  const high = new Float64Array(count);
  let steps = 0;
  const need = (start: number, end: number): void => {
    for (let i = instructionAt(starts, start); i < count && starts[i] < end; i++, steps++) {
      low[i] = Math.min(low[i], Math.max(start, starts[i]));
      high[i] = Math.max(high[i], Math.min(end, starts[i + 1]));
    }
  };
  need(wanted.start, wanted.end);
  const ranges: Range[] = [];
  for (let i = count - 1; i >= 0; i--) {
    if (low[i] >= high[i]) continue;
    const distance = distances[i];
    const within = low[i] - starts[i];
    if (distance === 0) ranges.push({ start: places[i] + within, end: places[i] + high[i] - starts[i] });
    // A copy that reaches into itself repeats what lies before it.
    else if (high[i] - distance > starts[i]) need(Math.max(0, starts[i] - distance), starts[i]);
    else need(Math.max(0, low[i] - distance), high[i] - distance);
    if (steps > MOST_STEPS) return undefined;
  }
  return ranges;
}

/** The instruction whose content a place lies in. */
function instructionAt(starts: readonly number[], place: number): number {
  let [from, to] = [0, starts.length - 1];
  while (from + 1 < to) {
    const middle = (from + to) >>> 1;
    if (starts[middle] <= place) from = middle;
    else to = middle;
  }
  return from;
}

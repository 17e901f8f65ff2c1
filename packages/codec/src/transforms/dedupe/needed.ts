/** What of the input a range of content is made of, so that the rest need be neither decoded nor put together. */

import { PithError } from "@pith/core";
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

/** What puts content together, instruction by instruction. */
export interface Assembly {
  /** Where each one's content begins; and the end of the last. */
  readonly starts: readonly number[];
  /** How far back it copies from; 0 if it takes literals. */
  readonly distances: readonly number[];
  /** Where its literals lie in the input. */
  readonly places: readonly number[];
}

/**
 * Reads all instructions.
 *
 * @param input its start at least, with the instructions
 * @param inputLength bytes of all of it
 * @param length bytes of the whole content
 * @param offset where the input lies, for errors
 * @returns undefined if there are too many
 * @throws PithError for instructions that no encoder gives out
 */
export function readAssembly(
  input: Uint8Array,
  inputLength: number,
  length: number,
  offset: number,
): Assembly | undefined {
  const head = readHead(input, offset);
  const starts: number[] = [];
  const distances: number[] = [];
  const places: number[] = [];
  const taken = streamStarts(head.length, head.lengths);
  const ends = [...taken.slice(1), inputLength];
  let at = 0;
  for (const { stream, length: bytes, ...copy } of instructionsOf(head, length, offset)) {
    if (starts.length === MOST_INSTRUCTIONS) return undefined;
    const distance = "distance" in copy ? copy.distance : 0;
    starts.push(at);
    distances.push(distance);
    places.push(stream === undefined ? 0 : taken[stream]);
    if (stream !== undefined) {
      taken[stream] += bytes;
      if (taken[stream] > ends[stream]) {
        throw invalid("a stream of literals is too short", offset, `at least ${taken[stream]} bytes`, ends[stream]);
      }
    } else if (distance < 1 || distance > at) {
      throw invalid("a copy comes from outside of what is there", offset, `1 to ${at} bytes back`, distance);
    }
    at += bytes;
  }
  starts.push(length);
  return { starts, distances, places };
}

/** Where each stream begins in the input. */
function streamStarts(first: number, lengths: readonly number[]): number[] {
  const starts = [first];
  for (let stream = 1; stream < STREAMS; stream++) starts.push(starts[stream - 1] + lengths[stream - 1]);
  return starts;
}

/**
 * Follows copies back to what they repeat: from the last instruction to the first, each says what it needs of those before it.
 *
 * @param wanted of the content
 * @returns ranges of the input, which may overlap; undefined if that would take too long
 */
export function neededInput({ starts, distances, places }: Assembly, wanted: Range): Range[] | undefined {
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

/** A piece of content, and where it goes in what is put together. */
interface Piece extends Range {
  readonly to: number;
  /** Absent: it is taken from where the content says. Else it repeats what was put together so far, from so many bytes before. */
  readonly period?: number;
}

/**
 * Puts a range of the content together, and nothing else.
 *
 * @param input of which what {@link neededInput} names is there
 * @returns undefined if that would take too long
 */
export function restoreRange(
  { starts, distances, places }: Assembly,
  input: Uint8Array,
  wanted: Range,
): Uint8Array | undefined {
  const content = new Uint8Array(wanted.end - wanted.start);
  // What is to be done, the next last. A copy is done by what it repeats.
  const todo: Piece[] = [{ ...wanted, to: 0 }];
  let steps = 0;
  for (let piece = todo.pop(); piece !== undefined; piece = todo.pop()) {
    const { start, end, to, period } = piece;
    if (period !== undefined) {
      repeat(content, to, end - start, period);
      continue;
    }
    for (let i = instructionAt(starts, start), at = start; at < end; i++, steps++) {
      if (steps > MOST_STEPS) return undefined;
      const stop = Math.min(end, starts[i + 1]);
      const distance = distances[i];
      const place = to + at - start;
      if (distance === 0) {
        const from = places[i] + at - starts[i];
        content.set(input.subarray(from, from + stop - at), place);
      } else if (stop - distance <= starts[i]) {
        todo.push({ start: at - distance, end: stop - distance, to: place });
      } else {
        // It reaches into itself: what it repeats once, and then again and again, once that is there.
        const first = starts[i] - distance;
        const phase = (at - starts[i]) % distance;
        const once = Math.min(stop - at, distance);
        const untilEnd = Math.min(once, distance - phase);
        if (stop - at > once) todo.push({ start: at + once, end: stop, to: place + once, period: distance });
        todo.push({ start: first + phase, end: first + phase + untilEnd, to: place });
        if (once > untilEnd) todo.push({ start: first, end: first + once - untilEnd, to: place + untilEnd });
      }
      at = stop;
    }
  }
  return content;
}

/** Repeats what lies before a place: twice as much each time. */
function repeat(content: Uint8Array, to: number, length: number, period: number): void {
  for (let done = 0; done < length;) {
    const count = Math.min(length - done, period + done);
    content.copyWithin(to + done, to - period, to - period + count);
    done += count;
  }
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

function invalid(problem: string, offset: number, expected: string | number, got: number): PithError {
  return new PithError("invalid-field", problem, { offset, expected, got });
}

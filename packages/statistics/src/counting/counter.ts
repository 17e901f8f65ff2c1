/** Counts a text that comes in pieces. */

import { checkBytes, instantiateKernel, type TaskOptions } from "@pith/core";

import { kernel } from "#kernels/count";
import { CONTINUATION, SLICE, type CountKernel } from "../generated/count-exports.ts";
import { emptyCounts, type CountOptions, type Counts } from "./counts.ts";
import { distancesOf, MAXIMUM_REACH } from "./window.ts";

/**
 * Counts neighbours in texts of any size, a piece at a time. Texts are UTF-8; a character that is not in the alphabet
 * takes up one place and is not counted, as neighbour or otherwise, save in `total`. In bytes that are not UTF-8, every
 * byte but 80 to BF is a character.
 *
 * Memory: 256 KiB, and 8 bytes a pair of characters and distance.
 *
 * @example
 * const counter = new Counter({ window: { before: 1, after: 1 } });
 * counter.add(new TextEncoder().encode("to be or not to be"));
 * counter.counts().characters[1]; // 2n: b
 */
export class Counter {
  readonly #options: Pick<Counts, "alphabet" | "window">;
  readonly #kernel: CountKernel;
  readonly #text: Uint8Array;

  /** @throws RangeError if the alphabet or the window is none */
  constructor(options?: CountOptions) {
    const { alphabet, window } = emptyCounts(options);
    this.#options = { alphabet, window };
    this.#kernel = instantiateKernel(kernel);
    this.#kernel.prepare(alphabet.length, Math.max(window.before, window.after));
    // The views come last: growing memory detaches those made before.
    const { buffer } = this.#kernel.memory;
    new Uint8Array(buffer, this.#kernel.classesAddress(), 256).set(classesByByte(alphabet));
    this.#text = new Uint8Array(buffer, this.#kernel.textAddress(), SLICE);
  }

  /** Counts the next piece of the text. @throws TypeError if it is not a Uint8Array */
  add(piece: Uint8Array): void {
    this.#inSlices(piece, (length) => this.#kernel.count(length));
  }

  /** Takes a piece as what stands before the text: neighbours that what follows may have, but not itself counted. */
  skip(piece: Uint8Array): void {
    this.#inSlices(piece, (length) => this.#kernel.skip(length));
  }

  /** What was counted up to now. */
  counts(): Counts {
    const { alphabet, window } = this.#options;
    const counts = emptyCounts(this.#options);
    const size = alphabet.length;
    const distances = distancesOf(window);
    const side = size + 1;
    const tables = new BigUint64Array(
      this.#kernel.memory.buffer,
      this.#kernel.countsAddress(),
      (Math.max(window.before, window.after) + 1) * side * side,
    );
    let index = 0;
    for (let character = 0; character < size; character++) {
      counts.characters[character] = tables[character * side + character];
      for (let neighbour = 0; neighbour < size; neighbour++) {
        for (const distance of distances) {
          const [earlier, later] = distance < 0 ? [neighbour, character] : [character, neighbour];
          counts.pairs[index++] = tables[(Math.abs(distance) * side + earlier) * side + later];
        }
      }
    }
    const others = tables[size * side + size];
    const total = counts.characters.reduce((sum, count) => sum + count, others);
    return { ...counts, inRuns: BigInt.asUintN(64, this.#kernel.charactersInRuns()), total };
  }

  #inSlices(piece: Uint8Array, work: (length: number) => void): void {
    checkBytes("piece", piece);
    for (let start = 0; start < piece.length; start += this.#text.length) {
      const slice = piece.subarray(start, start + this.#text.length);
      this.#text.set(slice);
      work(slice.length);
    }
  }
}

/** How to count a text that is read. */
export interface CountTextOptions extends CountOptions, TaskOptions {
  /** Bytes of the text, for the progress; undefined if unknown. */
  readonly total?: number | undefined;
}

/**
 * Counts one text, read in pieces of any size, in constant memory.
 *
 * @param pieces an array of one, for a text that is there whole
 * @throws RangeError if the alphabet or the window is none; TypeError if a piece is not a Uint8Array; the signal's reason
 *   if it aborts; whatever reading throws
 */
export async function countText(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { signal, onProgress, total, ...options }: CountTextOptions = {},
): Promise<Counts> {
  const counter = new Counter(options);
  let done = 0;
  for await (const piece of pieces) {
    signal?.throwIfAborted();
    counter.add(piece);
    done += piece.length;
    onProgress?.({ done, total });
  }
  return counter.counts();
}

/**
 * Counts the bytes from `start` up to `end` of a text, with neighbours that lie before `start`. So parts that are counted
 * apart and merged are as the whole counted at once, wherever it was cut.
 */
export function countRange(text: Uint8Array, start: number, end: number, options?: CountOptions): Counts {
  const counter = new Counter(options);
  counter.skip(text.subarray(contextStart(text, start), start));
  counter.add(text.subarray(start, end));
  return counter.counts();
}

/** Where the characters begin that a window reaches from `start`. */
function contextStart(text: Uint8Array, start: number): number {
  let characters = 0;
  let at = start;
  while (at > 0 && characters < MAXIMUM_REACH) {
    at--;
    if ((text[at] & 0xc0) !== 0x80) characters++;
  }
  return at;
}

function classesByByte(alphabet: string): Uint8Array {
  const classes = new Uint8Array(256).fill(alphabet.length);
  classes.fill(CONTINUATION, 0x80, 0xc0);
  for (const [place, character] of Array.from(alphabet).entries()) classes[character.charCodeAt(0)] = place;
  return classes;
}

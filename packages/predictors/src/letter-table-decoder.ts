/** The decoder of the thesis (section 5): letters by a table of scores. */
import { instantiateKernel } from "@pith/core";
import { kernel as letterTableKernel } from "#kernels/letter-table";
import { SLICE, type LetterTableKernel } from "./generated/letter-table-exports.ts";
import type { LetterDecoder } from "./letter-decoder.ts";
import { bytesOf, FIRST_CODE } from "./letter-groups.ts";
import { letterScores } from "./letter-table-scores.ts";
import { MOST_REACH, type LetterTable } from "./letter-table.ts";

/** Decodes a text that comes in parts. */
export interface LetterStream {
  /**
   * Takes the next cells of the text.
   *
   * @returns the next bytes: they stay behind the cells by as many as the table's reach to the right
   * @throws RangeError for a cell beyond the codes of the table
   */
  push(cells: Uint16Array): Uint8Array;
  /** Ends the text. @returns the bytes that are left */
  finish(): Uint8Array;
}

/** Decodes letters by a table. */
export interface TableDecoder extends LetterDecoder {
  /** Starts a text that comes in parts. Several may be under way at once. */
  stream(): LetterStream;
}

// One is enough for a thread: each call loads its own table and its own left neighbours, if they are not there already.
let shared: LetterTableKernel | undefined;
let loaded: object | undefined;

/**
 * Makes a decoder of a table: for each character of which only the code is known, it adds up the scores of the neighbours
 * for each of the code's characters and takes the largest sum. Neighbours to the left are decided already; to the
 * right, one of which only the code is known counts as the mean of its characters; what is not in the alphabet counts
 * for nothing. In f32, in one order: the same letters on every machine.
 *
 * Making a decoder takes less than a millisecond: to try other groups with one table, make one for each.
 *
 * @throws RangeError for a table that is not of the shape it says
 * @example
 * const decoder = createTableDecoder({ groups, alphabet: THESIS_ALPHABET, distances: THESIS_DISTANCES, table });
 * decoder.decode(Uint16Array.of(0x62, 0x65, 256 + 4)); // "be" and code 4: n or w
 */
export function createTableDecoder(options: LetterTable): TableDecoder {
  const { distances, neighbours, members, scores } = letterScores(options);
  const groups = options.groups.map(bytesOf);
  const right = Math.max(0, ...distances);
  const me = {};

  const load = (): LetterTableKernel => {
    const kernel = (shared ??= instantiateKernel(letterTableKernel));
    if (loaded === me) return kernel;
    const address = kernel.prepare(groups.length, distances.length, neighbours.letters.length, members);
    new Float32Array(kernel.memory.buffer, address, scores.length).set(scores);
    for (const [cell, neighbour] of neighbours.ofCell.entries()) kernel.setNeighbour(cell, neighbour);
    for (const [place, distance] of distances.entries()) kernel.setDistance(place, distance);
    for (const [code, group] of groups.entries()) for (const byte of group) kernel.addMember(code, byte);
    loaded = me;
    return kernel;
  };

  /** Decodes the first `count` cells behind those that the kernel decoded last. */
  const decodeNext = (kernel: LetterTableKernel, cells: Uint16Array, count: number): Uint8Array => {
    const buffer = new Uint16Array(kernel.memory.buffer, kernel.cellsAddress(), SLICE + MOST_REACH);
    const decoded = new Uint8Array(kernel.memory.buffer, kernel.bytesAddress(), SLICE);
    const bytes = new Uint8Array(count);
    for (let start = 0; start < count; start += SLICE) {
      const part = Math.min(SLICE, count - start);
      const known = cells.subarray(start, start + part + right);
      buffer.set(known);
      if (kernel.decodeSlice(part, known.length) === 0) throw strangeCell(known, groups.length);
      bytes.set(decoded.subarray(0, part), start);
    }
    return bytes;
  };

  return {
    decode(cells) {
      const kernel = load();
      kernel.start();
      return decodeNext(kernel, cells, cells.length);
    },
    stream() {
      let left: Uint16Array | undefined;
      let waiting = new Uint16Array(0);
      const decode = (cells: Uint16Array, count: number): Uint8Array => {
        const kernel = load();
        const window = new Uint16Array(kernel.memory.buffer, kernel.leftAddress(), MOST_REACH);
        if (left === undefined) kernel.start();
        else window.set(left);
        const bytes = decodeNext(kernel, cells, count);
        left = window.slice();
        waiting = cells.slice(count);
        return bytes;
      };
      return {
        push(cells) {
          const all = new Uint16Array(waiting.length + cells.length);
          all.set(waiting);
          all.set(cells, waiting.length);
          return decode(all, Math.max(0, all.length - right));
        },
        finish: () => decode(waiting, waiting.length),
      };
    },
  };
}

function strangeCell(cells: Uint16Array, codes: number): RangeError {
  const highest = cells.reduce((most, cell) => Math.max(most, cell), 0);
  return new RangeError(`cells: expected at most ${FIRST_CODE + codes - 1}, got ${highest}`);
}

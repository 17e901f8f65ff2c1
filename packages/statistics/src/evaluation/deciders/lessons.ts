/** Decisions of a text, to learn from. */

import type { CodeTable } from "@pith/framing";

import { codeText, hideLetters } from "../hidden-text.ts";
import { FIRST_CODE, NEIGHBOURS, Neighbours } from "./neighbours.ts";

/** Decisions between two letters, all of one code or of several. */
export interface Lessons {
  /** {@link NEIGHBOURS} bytes a decision. */
  readonly neighbours: Uint8Array;
  /** The code of each. */
  readonly codes: Uint8Array;
  /** 1 where the second letter was right. */
  readonly isSecond: Uint8Array;
}

/**
 * The decisions of a text in their order, with the true letters to the left.
 *
 * @throws RangeError for groups of more than two letters; PithError if the text is not UTF-8
 */
export function lessonsOf(text: Uint8Array, table: CodeTable): Lessons {
  const large = table.groups.find(({ length }) => length > 2);
  if (large !== undefined) throw new RangeError(`codes: expected one or two characters each, got ${large}`);
  const coded = codeText(text, table);
  const cells = hideLetters(coded, table);
  const places = coded.coded.filter((place) => table.groups[cells[place] - FIRST_CODE].length === 2);
  const reader = new Neighbours(table.groups);
  const neighbours = new Uint8Array(places.length * NEIGHBOURS);
  const codes = new Uint8Array(places.length);
  const isSecond = new Uint8Array(places.length);
  for (const [i, place] of places.entries()) {
    reader.read(cells, text, place, neighbours, i * NEIGHBOURS);
    codes[i] = cells[place] - FIRST_CODE;
    isSecond[i] = table.groups[codes[i]].charCodeAt(1) === text[place] ? 1 : 0;
  }
  return { neighbours, codes, isSecond };
}

/** Numbers of the lessons of each code. */
export function lessonsByCode({ codes }: Lessons, count: number): Uint32Array[] {
  const sizes = new Uint32Array(count);
  for (const code of codes) sizes[code]++;
  const lists = Array.from(sizes, (size) => new Uint32Array(size));
  const filled = new Uint32Array(count);
  for (const [i, code] of codes.entries()) lists[code][filled[code]++] = i;
  return lists;
}

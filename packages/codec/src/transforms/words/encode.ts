/** Text to codes. docs/format.md defines what comes out. */

import {
  AFTER_CODE,
  AFTER_LETTERS,
  AFTER_OTHER,
  ALL_CAPITALS,
  CLASS,
  CONTROL,
  ESCAPE,
  FIRST_CAPITAL,
  HIGH,
  JOIN,
  LOWER,
  SPACE,
  UPPER,
} from "./controls.ts";
import type { Dictionary } from "./dictionary.ts";
import { FIRST_LONG_SLOT, ONE_BYTE_SLOTS } from "./slots.ts";

/** Bytes between two steps: about a millisecond. */
const STEP = 32_768;

/** Is told of places up to which both are whole: bytes of the text, and bytes of its codes. */
export type OnUnit = (text: number, codes: number) => void;

/**
 * Codes the words of a text. The result may be larger than the text, twice as large at worst.
 *
 * @param onUnit told behind each word, with the space before it, and behind each other byte
 * @yields bytes of the text so far
 */
export function* encodeWords(
  input: Uint8Array,
  dictionary: Dictionary,
  onUnit?: OnUnit,
): Generator<number, Uint8Array> {
  const length = input.length;
  // A letter takes at most two bytes with its flag (a word of one letter has a code of one byte), any other byte two.
  const output = new Uint8Array(2 * length);
  let out = 0;
  let at = 0;
  let previous = AFTER_OTHER;
  // Whether the last byte of the output is a literal of 0x80 or more.
  let literal = false;
  for (let step = STEP; at < length;) {
    if (at >= step) {
      yield at;
      step = at + STEP;
    }
    let kind = CLASS[input[at]];
    let space = false;
    if (input[at] === SPACE && previous !== AFTER_OTHER && at + 1 < length) {
      const next = CLASS[input[at + 1]];
      if (next === LOWER || next === UPPER) {
        space = true;
        kind = next;
        at++;
      }
    }
    if (kind !== LOWER && kind !== UPPER) {
      if (kind === HIGH ? !literal : kind === CONTROL) output[out++] = ESCAPE;
      literal = kind === HIGH;
      output[out++] = input[at++];
      previous = AFTER_OTHER;
      onUnit?.(at, out);
      continue;
    }

    let end = at;
    let capitals = 0;
    for (; end < length; end++) {
      const letter = CLASS[input[end]];
      if (letter === UPPER) capitals++;
      else if (letter !== LOWER) break;
    }
    let flag = 0;
    if (capitals === 1 && kind === UPPER) flag = FIRST_CAPITAL;
    else if (capitals === end - at && capitals > 0) flag = ALL_CAPITALS;
    const mixed = capitals > 0 && flag === 0;
    const slot = mixed ? -1 : dictionary.find(input, at, end);

    // A code, a flag, or letters after a code imply the space before them.
    if (space && previous === AFTER_LETTERS && slot < 0 && flag === 0) output[out++] = SPACE;
    if (flag !== 0) output[out++] = flag;
    if (slot < 0) {
      for (; at < end; at++) output[out++] = flag === 0 ? input[at] : input[at] | 0x20;
      previous = AFTER_LETTERS;
    } else {
      if (literal && flag === 0) output[out++] = JOIN;
      if (slot < ONE_BYTE_SLOTS) {
        output[out++] = 0x80 + slot;
      } else if (slot < FIRST_LONG_SLOT) {
        const index = slot - ONE_BYTE_SLOTS;
        output[out++] = 0xc0 + (index >> 6);
        output[out++] = 0x80 + (index & 63);
      } else {
        const index = slot - FIRST_LONG_SLOT;
        output[out++] = 0xf0 + (index >> 11);
        output[out++] = 0x80 + ((index >> 6) & 31);
        output[out++] = 0x80 + (index & 63);
      }
      at = end;
      previous = AFTER_CODE;
    }
    literal = false;
    onUnit?.(at, out);
  }
  return output.slice(0, out);
}

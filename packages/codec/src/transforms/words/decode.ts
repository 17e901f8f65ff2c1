/** Codes to text: the inverse of `encodeWords`. Never trusts its input. */

import { PithError } from "@pith/core";
import {
  AFTER_CODE,
  AFTER_LETTERS,
  AFTER_OTHER,
  ALL_CAPITALS,
  CLASS,
  ESCAPE,
  FIRST_CAPITAL,
  JOIN,
  LOWER,
  SPACE,
  UPPER,
} from "./controls.ts";
import type { Dictionary } from "./dictionary.ts";
import { FIRST_LONG_SLOT, GROUP_SLOTS, ONE_BYTE_SLOTS } from "./slots.ts";

/** Bytes of codes between two steps: about a millisecond. */
const STEP = 32_768;

/**
 * @param start where the codes begin in `input`
 * @param length of the text, in bytes
 * @param offset where `input` lies in the file, for errors
 * @yields bytes of the text so far
 * @throws PithError `invalid-field` for a code without a word, a flag without a word, or a text of another length;
 * `truncated` if the input ends inside a code or after a flag or an escape
 */
export function* decodeWords(
  input: Uint8Array,
  start: number,
  length: number,
  offset: number,
  dictionary: Dictionary,
): Generator<number, Uint8Array> {
  const { letters, starts } = dictionary;
  const output = new Uint8Array(length);
  const end = input.length;
  let out = 0;
  let at = start;
  let previous = AFTER_OTHER;
  let literal = false;

  const tooLong = () =>
    new PithError("invalid-field", "coded words make a longer text", { offset: offset + at, expected: length });
  const cutOff = () =>
    new PithError("truncated", "coded words end too soon", { offset: offset + end, expected: "a byte" });

  for (let step = start + STEP; at < end;) {
    if (at >= step) {
      yield out;
      step = at + STEP;
    }
    let byte = input[at];
    let kind = CLASS[byte];
    let flag = 0;
    if (byte === FIRST_CAPITAL || byte === ALL_CAPITALS) {
      flag = byte;
      if (++at === end) throw cutOff();
      byte = input[at];
      kind = CLASS[byte];
      literal = false;
      if (byte < 0x80 && kind !== LOWER) {
        throw new PithError("invalid-field", "no word after a flag", {
          offset: offset + at,
          expected: "a small letter or a code",
          got: byte,
        });
      }
    }

    if (byte >= 0x80 && !literal) {
      let slot = byte - 0x80;
      const code = at;
      if (byte >= 0xf0) {
        if (at + 2 >= end) throw cutOff();
        const middle = input[at + 1] - 0x80;
        const last = input[at + 2] - 0x80;
        slot = FIRST_LONG_SLOT + (byte - 0xf0) * GROUP_SLOTS + middle * 64 + last;
        if (middle < 0 || middle > 31 || last < 0 || last > 63) slot = -1;
        at += 3;
      } else if (byte >= 0xc0) {
        if (at + 1 >= end) throw cutOff();
        const last = input[at + 1] - 0x80;
        slot = last < 0 || last > 63 ? -1 : ONE_BYTE_SLOTS + (byte - 0xc0) * 64 + last;
        at += 2;
      } else at++;
      let from = slot < 0 ? 0 : starts[slot];
      const to = slot < 0 ? 0 : starts[slot + 1];
      if (from === to) {
        throw new PithError("invalid-field", "a code that stands for no word", {
          offset: offset + code,
          expected: "a code of the dictionary",
          got: Array.from(input.subarray(code, at), (part) => part.toString(16)).join(" "),
        });
      }
      const space = previous === AFTER_OTHER ? 0 : 1;
      if (space + to - from > length - out) throw tooLong();
      if (space === 1) output[out++] = SPACE;
      if (flag === ALL_CAPITALS) {
        while (from < to) output[out++] = letters[from++] & 0xdf;
      } else {
        output[out++] = flag === 0 ? letters[from] : letters[from] & 0xdf;
        from++;
        while (from < to) output[out++] = letters[from++];
      }
      previous = AFTER_CODE;
    } else if (kind === LOWER || kind === UPPER) {
      // Letters behind a code are a new word, and so are flagged ones behind any word.
      if (previous === AFTER_CODE || (previous === AFTER_LETTERS && flag !== 0)) {
        if (out === length) throw tooLong();
        output[out++] = SPACE;
      }
      let mask = flag === 0 ? 0xff : 0xdf;
      do {
        if (out === length) throw tooLong();
        output[out++] = byte & mask;
        if (flag === FIRST_CAPITAL) mask = 0xff;
        if (++at === end) break;
        byte = input[at];
        kind = CLASS[byte];
      } while (kind === LOWER || kind === UPPER);
      previous = AFTER_LETTERS;
      literal = false;
    } else {
      at++;
      previous = AFTER_OTHER;
      if (byte === JOIN) {
        literal = false;
        continue;
      }
      if (byte === ESCAPE) {
        if (at === end) throw cutOff();
        byte = input[at++];
        literal = byte >= 0x80;
      } else if (byte < 0x80) literal = false;
      if (out === length) throw tooLong();
      output[out++] = byte;
    }
  }
  if (out !== length) {
    throw new PithError("invalid-field", "coded words make a shorter text", {
      offset: offset + end,
      expected: length,
      got: out,
    });
  }
  return output;
}

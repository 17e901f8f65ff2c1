/**
 * Text in UTF-16, or in UTF-8 of a script whose letters have two bytes: inside, the commonest characters have a byte each, so
 * that what models say of bytes holds of letters. All others are as in UTF-8, whose bytes they leave unused.
 */
import { PithError } from "@pith/core";
import type { Found, Kind } from "../kind.ts";
import {
  characterAt,
  FORMS,
  LENGTH_BITS,
  lengthIn,
  lengthOf,
  RAW,
  utf8Length,
  writeCharacter,
  writeUtf8,
  type Form,
} from "./forms.ts";
import { formOf } from "./recognise.ts";

interface CharacterFields {
  readonly form: Form;
  /** Characters with a byte each, by rising number. */
  readonly alphabet: readonly number[];
}

/** Bytes that begin no character of UTF-8, in turn; the last of all stands before a byte that is part of none. */
const CODES = [...range(0x80, 0xc2), ...range(0xf5, 0xff)];
const ESCAPE = 0xff;
/** A character gets a byte if it is there so many times. */
const LEAST_COUNT = 8;
/** Characters that may get a byte: letters of two bytes, and marks of three. */
const MOST_LETTER = 0x800;
const MARKS = { first: 0x2010, last: 0x205f };

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

export const characters: Kind<CharacterFields, "characters"> = {
  id: 6,
  name: "characters",
  toNumbers: ({ form, alphabet }) => [
    form,
    alphabet.length,
    ...alphabet.map((point, i) => point - (i === 0 ? 0 : alphabet[i - 1])),
  ],
  fromNumbers(next) {
    const [form, count] = [next(), next()];
    if (form > FORMS.utf16be) {
      throw new PithError("invalid-field", "text has no such form", { expected: "0 to 2", got: form });
    }
    if (count > CODES.length) {
      throw new PithError("invalid-field", "more characters have a byte than there are bytes for", {
        expected: `at most ${CODES.length}`,
        got: count,
      });
    }
    const alphabet: number[] = [];
    for (let point = 0; alphabet.length < count; alphabet.push(point)) {
      const before = point;
      point += next();
      if (point > before && point < 0x10000 && point >= 0x80) continue;
      throw new PithError("invalid-field", "a character that has a byte is none, or out of order", { got: point });
    }
    return { form: form as Form, alphabet };
  },
  close(inside, { form, alphabet }, { most }) {
    const points = pointsByCode(alphabet);
    let length = 0;
    for (let at = 0; at < inside.length;) {
      const character = codedAt(inside, at, points);
      length += lengthIn(form, character >> LENGTH_BITS);
      at += lengthOf(character);
    }
    if (length > most) {
      throw new PithError("invalid-field", "text is longer than what it is part of", { expected: most, got: length });
    }
    const content = new Uint8Array(length);
    let to = 0;
    for (let at = 0; at < inside.length;) {
      const character = codedAt(inside, at, points);
      to = writeCharacter(content, to, character >> LENGTH_BITS, form);
      at += lengthOf(character);
    }
    return content;
  },
};

/** What a byte stands for that begins no character of UTF-8; 0 if for nothing. */
function pointsByCode(alphabet: readonly number[]): Int32Array {
  const points = new Int32Array(256);
  alphabet.forEach((point, i) => (points[CODES[i]] = point));
  return points;
}

/** The character at a place of what is inside, with its length there. */
function codedAt(inside: Uint8Array, at: number, points: Int32Array): number {
  const lead = inside[at];
  if (lead < 0x80) return (lead << LENGTH_BITS) | 1;
  if (points[lead] !== 0) return (points[lead] << LENGTH_BITS) | 1;
  if (lead === ESCAPE && at + 1 < inside.length) return ((RAW + inside[at + 1]) << LENGTH_BITS) | 2;
  const length = utf8Length(lead);
  let point = lead & (0x7f >> length);
  for (let i = 1; i < length; i++) point = (point << 6) | (inside[at + i] & 0x3f);
  if (length > 0 && at + length <= inside.length && point < RAW) return (point << LENGTH_BITS) | length;
  throw new PithError("invalid-field", "what is inside of text is no character", { got: lead });
}

/** Whether content is text that {@link openCharacters} opens. */
export function isCharacters(content: Uint8Array): boolean {
  return formOf(content) !== undefined;
}

/** Opens content that is text as a whole. @returns undefined if it is none, or as good as it is */
export function openCharacters(content: Uint8Array): Found | undefined {
  const form = formOf(content);
  if (form === undefined) return undefined;
  const alphabet = commonest(content, form);
  const codes = new Uint8Array(MARKS.last + 1);
  alphabet.forEach((point, i) => (codes[point] = CODES[i]));
  let length = 0;
  for (let at = 0; at < content.length;) {
    const character = characterAt(content, at, form);
    length += innerLength(character >> LENGTH_BITS, codes);
    at += lengthOf(character);
  }
  const inside = new Uint8Array(length);
  let to = 0;
  for (let at = 0; at < content.length;) {
    const character = characterAt(content, at, form);
    to = writeInner(inside, to, character >> LENGTH_BITS, codes);
    at += lengthOf(character);
  }
  return {
    start: 0,
    opened: { kind: characters, fields: { form, alphabet }, length: content.length, inside, hint: { isText: true } },
  };
}

/** The characters that get a byte each. */
function commonest(content: Uint8Array, form: Form): number[] {
  const counts = new Uint32Array(MARKS.last + 1);
  for (let at = 0; at < content.length;) {
    const character = characterAt(content, at, form);
    const point = character >> LENGTH_BITS;
    if (point <= MARKS.last) counts[point]++;
    at += lengthOf(character);
  }
  const mayHave = [...range(0x80, MOST_LETTER), ...range(MARKS.first, MARKS.last + 1)];
  return mayHave
    .filter((point) => counts[point] >= LEAST_COUNT)
    .sort((a, b) => counts[b] - counts[a] || a - b)
    .slice(0, CODES.length)
    .sort((a, b) => a - b);
}

function innerLength(point: number, codes: Uint8Array): number {
  if (point < 0x80) return 1;
  if (point >= RAW) return 2;
  return point < codes.length && codes[point] !== 0 ? 1 : lengthIn(FORMS.utf8, point);
}

function writeInner(to: Uint8Array, at: number, point: number, codes: Uint8Array): number {
  if (point >= RAW) {
    to[at] = ESCAPE;
    to[at + 1] = point - RAW;
    return at + 2;
  }
  const code = point < 0x80 ? point : point < codes.length ? codes[point] : 0;
  if (code === 0 && point !== 0) return writeUtf8(to, at, point);
  to[at] = code;
  return at + 1;
}

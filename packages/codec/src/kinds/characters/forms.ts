/** The forms in which text of Unicode stands in content: read and written a character at a time, whatever the bytes. */

/** UTF-8, and both orders of UTF-16. The numbers stand in opened blocks. */
export const FORMS = { utf8: 0, utf16le: 1, utf16be: 2 } as const;
export type Form = (typeof FORMS)[keyof typeof FORMS];

/** Added to a byte that is no part of a character. */
export const RAW = 0x110000;

/** Bytes of a character that was read: it is in the upper bits of what {@link characterAt} gives. */
export const LENGTH_BITS = 3;
const LENGTH_MASK = (1 << LENGTH_BITS) - 1;

const isSurrogate = (point: number): boolean => point >= 0xd800 && point < 0xe000;

/** Bytes of the character in UTF-8 that a byte begins; 0 if it begins none. */
export function utf8Length(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/**
 * The character at a place, with its length in bytes: `point << LENGTH_BITS | length`. A byte that is no part of one is a
 * character by itself, {@link RAW} and its value. Half of a pair of surrogates counts as one in UTF-16.
 */
export function characterAt(content: Uint8Array, at: number, form: Form): number {
  return form === FORMS.utf8 ? utf8At(content, at) : utf16At(content, at, form === FORMS.utf16le ? 0 : 1);
}

export const lengthOf = (character: number): number => character & LENGTH_MASK;

const asRaw = (byte: number): number => ((RAW + byte) << LENGTH_BITS) | 1;

function utf8At(content: Uint8Array, at: number): number {
  const lead = content[at];
  if (lead < 0x80) return (lead << LENGTH_BITS) | 1;
  const length = utf8Length(lead);
  if (length === 0 || at + length > content.length) return asRaw(lead);
  let point = lead & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    const next = content[at + i];
    if ((next & 0xc0) !== 0x80) return asRaw(lead);
    point = (point << 6) | (next & 0x3f);
  }
  // Forms that are too long, halves of pairs, and what lies beyond Unicode.
  const isPlain = length === 2 || (length === 3 ? point >= 0x800 && !isSurrogate(point) : point >= 0x10000);
  return isPlain && point < RAW ? (point << LENGTH_BITS) | length : asRaw(lead);
}

function utf16At(content: Uint8Array, at: number, upper: 0 | 1): number {
  if (at + 2 > content.length) return asRaw(content[at]);
  const unit = content[at + upper] | (content[at + 1 - upper] << 8);
  if ((unit & 0xfc00) === 0xd800 && at + 4 <= content.length) {
    const second = content[at + 2 + upper] | (content[at + 3 - upper] << 8);
    if ((second & 0xfc00) === 0xdc00) return ((0x10000 + ((unit & 0x3ff) << 10) + (second & 0x3ff)) << LENGTH_BITS) | 4;
  }
  return (unit << LENGTH_BITS) | 2;
}

/** Bytes that a character has in a form. */
export function lengthIn(form: Form, point: number): number {
  if (point >= RAW) return 1;
  if (form !== FORMS.utf8) return point < 0x10000 ? 2 : 4;
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

/** Writes a character. @returns where it ends */
export function writeCharacter(to: Uint8Array, at: number, point: number, form: Form): number {
  if (point >= RAW) {
    to[at] = point - RAW;
    return at + 1;
  }
  return form === FORMS.utf8 ? writeUtf8(to, at, point) : writeUtf16(to, at, point, form === FORMS.utf16le ? 0 : 1);
}

export function writeUtf8(to: Uint8Array, at: number, point: number): number {
  if (point < 0x80) {
    to[at] = point;
    return at + 1;
  }
  const length = lengthIn(FORMS.utf8, point);
  let rest = point;
  for (let i = length - 1; i > 0; i--) {
    to[at + i] = 0x80 | (rest & 0x3f);
    rest >>= 6;
  }
  to[at] = ((0xf00 >> length) & 0xff) | rest;
  return at + length;
}

function writeUtf16(to: Uint8Array, at: number, point: number, upper: 0 | 1): number {
  if (point >= 0x10000) {
    writeUtf16(to, at, 0xd800 | ((point - 0x10000) >> 10), upper);
    return writeUtf16(to, at + 2, 0xdc00 | (point & 0x3ff), upper);
  }
  to[at + upper] = point & 0xff;
  to[at + 1 - upper] = point >> 8;
  return at + 2;
}

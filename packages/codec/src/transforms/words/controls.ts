/** Bytes below 0x80 with a meaning of their own in coded text; where the original has one, ESCAPE goes before it. */

/** A code follows directly on literal bytes ≥ 0x80, which it ends: it stands for nothing, not even a space. */
export const JOIN = 0x0b;
/** The next byte stands for itself; if it is 0x80 or more, so do all that follow it up to the first below 0x80. */
export const ESCAPE = 0x0c;
/** The first letter of the next word is a capital. */
export const FIRST_CAPITAL = 0x0e;
/** All letters of the next word, at least two, are capitals. */
export const ALL_CAPITALS = 0x0f;

export const SPACE = 0x20;

/** What a byte of text is. */
const OTHER = 0;
export const LOWER = 1;
export const UPPER = 2;
export const HIGH = 3;
export const CONTROL = 4;

export const CLASS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x80) return HIGH;
  if (byte >= 0x61 && byte <= 0x7a) return LOWER;
  if (byte >= 0x41 && byte <= 0x5a) return UPPER;
  return byte === JOIN || byte === ESCAPE || byte === FIRST_CAPITAL || byte === ALL_CAPITALS ? CONTROL : OTHER;
});

/** What came last, which decides whether a word implies a space before it. */
export const AFTER_OTHER = 0;
/** A word that is written out. */
export const AFTER_LETTERS = 1;
export const AFTER_CODE = 2;

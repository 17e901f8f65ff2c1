/** How the words of a dictionary map to codes: a word has a slot, a slot is a code. Slots may be empty. */

/** Slots whose code is one byte: 0x80 … 0xBF. */
export const ONE_BYTE_SLOTS = 64;
/** Slots whose code is a lead byte, 0xC0 … 0xEF, and one more, 0x80 … 0xBF. */
export const TWO_BYTE_SLOTS = 48 * 64;
/** Lead bytes of three-byte codes: 0xF0 … 0xFF. Then come 0x80 … 0x9F and 0x80 … 0xBF. */
export const GROUPS = 16;
export const GROUP_SLOTS = 32 * 64;

/** First slot whose code has three bytes. */
export const FIRST_LONG_SLOT = ONE_BYTE_SLOTS + TWO_BYTE_SLOTS;
export const SLOTS = FIRST_LONG_SLOT + GROUPS * GROUP_SLOTS;

/** Most letters of a word. */
export const MAX_WORD = 31;

/** Bytes of a slot's code. */
export function codeLength(slot: number): number {
  return slot < ONE_BYTE_SLOTS ? 1 : slot < FIRST_LONG_SLOT ? 2 : 3;
}

/** What a decider sees of a letter: its seven neighbours, each as a small number. */

/** Characters before and after the letter, as in the thesis. */
const BEFORE = 4;
const AFTER = 3;
export const NEIGHBOURS = BEFORE + AFTER;
/** Of them all values are below this, so that a set of them is 32 bits. */
export const VALUES = 32;

/** The first cell that is a code. */
export const FIRST_CODE = 256;

// To the left: 26 letters, and these.
const SPACE = 26;
const PERIOD = 27;
const DIGIT = 28;
const LINE_END = 29;
const OTHER = 30;
/** Nothing: before the text or behind it. */
const BEYOND = 31;

/** Reads neighbours. To the left letters are decided; to the right only their codes are known, whatever is known there. */
export class Neighbours {
  readonly #left = Uint8Array.from({ length: 256 }, (_, byte) => leftValue(byte));
  readonly #right: Uint8Array;

  /** @param groups of the code table */
  constructor(groups: readonly string[]) {
    this.#right = new Uint8Array(FIRST_CODE + groups.length).fill(OTHER);
    for (const [code, group] of groups.entries()) {
      this.#right[FIRST_CODE + code] = code;
      for (const character of group + group.toUpperCase()) this.#right[character.charCodeAt(0)] = code;
    }
  }

  /**
   * Writes the neighbours of the cell at a place, from −4 to +3.
   *
   * @param bytes of the text, decided up to the place
   */
  read(cells: Uint16Array, bytes: Uint8Array, place: number, into: Uint8Array, offset: number): void {
    for (let i = 0; i < BEFORE; i++) {
      const at = place - BEFORE + i;
      into[offset + i] = at < 0 ? BEYOND : this.#left[bytes[at]];
    }
    for (let i = 0; i < AFTER; i++) {
      const at = place + 1 + i;
      into[offset + BEFORE + i] = at >= cells.length ? BEYOND : this.#right[cells[at]];
    }
  }
}

function leftValue(byte: number): number {
  const letter = (byte | 0x20) - 0x61;
  if (letter >= 0 && letter < 26) return letter;
  if (byte === 0x20) return SPACE;
  if (byte === 0x2e) return PERIOD;
  if (byte >= 0x30 && byte <= 0x39) return DIGIT;
  return byte === 0x0a ? LINE_END : OTHER;
}

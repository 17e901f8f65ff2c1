/** What a table gets wrong of the letters: a bit for each, under how often the letters of its code were wrong before. */
import { BinaryDecoder, BinaryEncoder } from "@pith/entropy";
import type { Cells } from "../coding/chunks.ts";

const FIRST_CODE = 256;
const HALF = 32_768;
/** A chance moves by a 32nd of what is missing, and stays within 1/1024 of the ends. */
const RATE = 5;
const LEAST = 64;

/** Chances that a guess is wrong, by code: of 65,536. */
class Chances {
  readonly #chances: Uint16Array;

  constructor(codes: number) {
    this.#chances = new Uint16Array(codes).fill(HALF / 8);
  }

  of(code: number): number {
    return Math.min(2 * HALF - LEAST, Math.max(LEAST, this.#chances[code]));
  }

  learn(code: number, wrong: number): void {
    this.#chances[code] += ((wrong << 16) - wrong - this.#chances[code]) >> RATE;
  }
}

/** @param guess bytes of the cells as the table has them @param truth bytes as they are, in small letters */
export function correctLetters(
  groups: readonly string[],
  cells: Cells,
  guess: Uint8Array,
  truth: Uint8Array,
): Uint8Array {
  const encoder = new BinaryEncoder();
  const chances = new Chances(groups.length);
  for (let i = 0; i < cells.length; i++) {
    const code = cells[i] - FIRST_CODE;
    if (code < 0 || groups[code].length === 1) continue;
    const wrong = guess[i] === truth[i] ? 0 : 1;
    encoder.encode(wrong, chances.of(code));
    chances.learn(code, wrong);
    if (wrong === 0) continue;
    const others = othersOf(groups[code], guess[i]);
    const rank = others.indexOf(truth[i]);
    for (let k = 0; k < others.length - 1 && k <= rank; k++) encoder.encode(Number(k === rank), HALF);
  }
  return encoder.finish();
}

/**
 * Undoes {@link correctLetters}, in place.
 *
 * @param guess what becomes the truth
 * @param offset where the corrections lie in their stream
 * @throws PithError `truncated` or `trailing-data`
 */
export function applyCorrections(
  groups: readonly string[],
  cells: Cells,
  guess: Uint8Array,
  corrections: Uint8Array,
  offset: number,
): void {
  const decoder = new BinaryDecoder(corrections, offset);
  const chances = new Chances(groups.length);
  for (let i = 0; i < cells.length; i++) {
    const code = cells[i] - FIRST_CODE;
    if (code < 0 || groups[code].length === 1) continue;
    const wrong = decoder.decode(chances.of(code));
    chances.learn(code, wrong);
    if (wrong === 0) continue;
    const others = othersOf(groups[code], guess[i]);
    let rank = 0;
    while (rank < others.length - 1 && decoder.decode(HALF) === 0) rank++;
    guess[i] = others[rank];
  }
  decoder.checkEnd();
}

function othersOf(group: string, byte: number): number[] {
  return Array.from(group, (character) => character.charCodeAt(0)).filter((other) => other !== byte);
}

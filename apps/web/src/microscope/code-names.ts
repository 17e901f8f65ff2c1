import { ALL_CAPITALS, ESCAPE, FIRST_CAPITAL, firstWords, JOIN, type WordList } from "@pith/codec/level-model";
import { hexOf, nameOf } from "../shared/characters.ts";

/** Of the words that a code may go on to, so many are named. */
const NAMED = 2;

const CONTROLS: ReadonlyMap<number, string> = new Map([
  [FIRST_CAPITAL, "a Capital"],
  [ALL_CAPITALS, "CAPITALS"],
  [ESCAPE, "a rare byte"],
  [JOIN, "a word, joined"],
]);

/** Bytes that stand for characters, tab and line break among them; the others of ASCII are controls. */
const CHARACTERS: ReadonlySet<number> = new Set([9, 10, 13, ...Array.from({ length: 0x5f }, (_, i) => 0x20 + i)]);

/**
 * A symbol of text in codes of words, as it is spoken of: the word, some of those that its code may become, or the character.
 *
 * @param before the symbols of the same piece before it
 */
export function nameOfCode(words: WordList, symbol: number, before: Uint8Array): string {
  const name = CONTROLS.get(symbol);
  if (name !== undefined) return name;
  if (symbol < 0x80) return CHARACTERS.has(symbol) ? nameOf(String.fromCharCode(symbol)) : hexOf(symbol);
  const code = Uint8Array.of(...before.filter((byte) => byte >= 0x80), symbol);
  const { words: some, count } = firstWords(words, code, NAMED);
  if (count === 0) return hexOf(symbol);
  return count === 1 ? some[0] : `${some.join(", ")} …`;
}

/** Groups of letters: the characters that each code stands for. */

import { FIRST_CODE, MOST_CODES, MOST_MEMBERS } from "./generated/letter-table-exports.ts";

export { FIRST_CODE };

const ASCII = 128;

/** The character codes of a text of ASCII. */
export function bytesOf(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

/** @throws RangeError unless there are 1 to 15 groups of 1 to 8 ASCII characters, none of them twice */
export function checkGroups(groups: readonly string[]): void {
  if (groups.length < 1 || groups.length > MOST_CODES) {
    throw new RangeError(`groups: expected 1 to ${MOST_CODES}, got ${groups.length}`);
  }
  for (const [code, group] of groups.entries()) checkCharacters(`groups[${code}]`, group, MOST_MEMBERS);
  checkCharacters("groups", groups.join(""), ASCII);
}

/** @throws RangeError unless a text has 1 to `most` ASCII characters, none of them twice */
export function checkCharacters(name: string, text: string, most: number): void {
  if (text.length < 1 || text.length > most) {
    throw new RangeError(`${name}: expected 1 to ${most} characters, got ${text.length}`);
  }
  for (let i = 0; i < text.length; i++) {
    if (text[i] > "\x7f") throw new RangeError(`${name}: expected ASCII, got ${JSON.stringify(text[i])}`);
    if (text.indexOf(text[i]) !== i) {
      throw new RangeError(`${name}: expected each character once, got ${JSON.stringify(text[i])} twice`);
    }
  }
}

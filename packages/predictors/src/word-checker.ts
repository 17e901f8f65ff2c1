/**
 * A second look at decoded letters (thesis, section 6.4): a word that is none is tried with the other letters of its codes,
 * and only with these, since nothing else can have been meant.
 */
import type { LetterDecoder } from "./letter-decoder.ts";
import { checkGroups, FIRST_CODE } from "./letter-groups.ts";

export interface WordCheckerOptions {
  /** Decides first. */
  readonly decoder: LetterDecoder;
  /** groups[c] holds the characters of code c: those of the decoder. */
  readonly groups: readonly string[];
  /** Words in small letters, the most frequent first; what is not a to z alone is passed over. */
  readonly words: Iterable<string>;
}

/**
 * A decoder that corrects another by a dictionary. Each stretch of letters that is no word becomes the word that has the same
 * codes, agrees with all letters that are known, and differs from the decoded letters in the fewest places; of those that
 * differ in equally many, the first in the dictionary. Where there is none, it stays. Capitals count as small letters.
 *
 * @throws RangeError for groups that are none
 * @example
 * const checked = createWordChecker({ decoder, groups: THESIS_TABLE.groups, words: ["upon", "metropolis"] });
 * checked.decode(cells); // "bpon" has become "upon"
 */
export function createWordChecker({ decoder, groups, words }: WordCheckerOptions): LetterDecoder {
  checkGroups(groups);
  const codeOf = new Map<string, string>();
  for (const [code, group] of groups.entries()) {
    for (const letter of group) codeOf.set(letter, String.fromCharCode(0x41 + code));
  }
  /** Letters that share a code become one; those without a code stay. */
  const codesOf = (word: string): string => Array.from(word, (letter) => codeOf.get(letter) ?? letter).join("");
  const known = new Set<string>();
  const byCodes = new Map<string, string[]>();
  for (const word of words) {
    if (!/^[a-z]+$/.test(word) || known.has(word)) continue;
    known.add(word);
    const codes = codesOf(word);
    const others = byCodes.get(codes);
    if (others === undefined) byCodes.set(codes, [word]);
    else others.push(word);
  }
  const isAmbiguous = (cell: number): boolean => cell >= FIRST_CODE && groups[cell - FIRST_CODE].length > 1;
  return {
    decode(cells) {
      const bytes = decoder.decode(cells);
      for (let start = 0; start < bytes.length; start++) {
        if (!isLetter(bytes[start])) continue;
        let end = start + 1;
        while (end < bytes.length && isLetter(bytes[end])) end++;
        if (cells.subarray(start, end).some(isAmbiguous)) correct(bytes.subarray(start, end), start);
        start = end;
      }
      return bytes;

      function correct(own: Uint8Array, from: number): void {
        const word = String.fromCharCode(...own.map((byte) => byte | 0x20));
        if (known.has(word)) return;
        const found = nearest(word, byCodes.get(codesOf(word)) ?? [], (i) => isAmbiguous(cells[from + i]));
        for (let i = 0; i < found.length; i++) if (isAmbiguous(cells[from + i])) own[i] = found.charCodeAt(i);
      }
    },
  };
}

/** The word that differs least and only where it may; none is the empty string. */
function nearest(word: string, candidates: readonly string[], mayDiffer: (i: number) => boolean): string {
  let best = "";
  let fewest = Infinity;
  for (const candidate of candidates) {
    let differences = 0;
    for (let i = 0; i < word.length; i++) {
      if (candidate[i] !== word[i]) differences += mayDiffer(i) ? 1 : Infinity;
    }
    if (differences < fewest) [best, fewest] = [candidate, differences];
  }
  return best;
}

function isLetter(byte: number): boolean {
  const small = byte | 0x20;
  return small >= 0x61 && small <= 0x7a;
}

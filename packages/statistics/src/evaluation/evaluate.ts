/** Measures a decoder of letters: encodes a text, decodes it, takes the time and compares (thesis, section 3.4). */

import { decodeFraming, encodeFraming, type CodeTable, type FramingOptions } from "@pith/framing";
import type { LetterDecoder } from "@pith/predictors";

/** The first cell that is a code. */
const FIRST_CODE = 256;

/** How many of how many were right. */
export interface Accuracy {
  readonly right: number;
  readonly of: number;
}

/** A letter that was taken for another. */
export interface Confusion {
  readonly letter: string;
  readonly takenFor: string;
  readonly times: number;
  /** How often the letter had to be decided. */
  readonly of: number;
}

/** How a decoder did on a text. It is plain data, to be kept as JSON. */
export interface Evaluation {
  /** Bytes of the text, and of the text in its framing. */
  readonly length: number;
  readonly encodedLength: number;
  /** Of all characters of the text, which is the thesis's figure. */
  readonly characters: Accuracy;
  /** Of those that were coded. */
  readonly coded: Accuracy;
  /** Of those whose code stands for several. */
  readonly ambiguous: Accuracy;
  /** Of the words, letters of ASCII and bytes beyond it in a row: one wrong letter makes a word wrong. */
  readonly words: Accuracy;
  /** The most frequent first. */
  readonly confusions: readonly Confusion[];
  /** Wall time. */
  readonly seconds: { readonly encode: number; readonly decode: number };
}

/**
 * @param text UTF-8
 * @param decoder of the table's groups
 * @throws PithError if the text is not UTF-8
 * @throws RangeError for framing options out of range
 */
export function evaluate(
  text: Uint8Array,
  table: CodeTable,
  decoder: LetterDecoder,
  framing: Omit<FramingOptions, "table"> = {},
): Evaluation {
  const started = performance.now();
  const encoded = encodeFraming(text, { ...framing, table });
  const encodedAt = performance.now();
  const cells = decodeFraming(encoded);
  const decoded = decoder.decode(cells);
  const decodedAt = performance.now();
  return {
    length: text.length,
    encodedLength: encoded.length,
    ...compare(text, cells, decoded, table),
    seconds: { encode: (encodedAt - started) / 1000, decode: (decodedAt - encodedAt) / 1000 },
  };
}

type Comparison = Pick<Evaluation, "characters" | "coded" | "ambiguous" | "words" | "confusions">;

/** Compares what was decoded with the text. Both have as many bytes, since a code stands for one character of ASCII. */
function compare(text: Uint8Array, cells: Uint16Array, decoded: Uint8Array, table: CodeTable): Comparison {
  let characters = 0;
  let coded = 0;
  let ambiguous = 0;
  let wrong = 0;
  let words = 0;
  let wrongWords = 0;
  let inWord = false;
  let wordIsWrong = false;
  const decided = new Uint32Array(128);
  const taken = new Uint32Array(128 * 128);
  const endWord = (): void => {
    if (inWord) words++;
    if (wordIsWrong) wrongWords++;
    inWord = false;
    wordIsWrong = false;
  };
  for (let i = 0; i < text.length; i++) {
    const byte = text[i];
    if ((byte & 0xc0) !== 0x80) characters++;
    if (isOfWord(byte)) inWord = true;
    else endWord();
    if (cells[i] < FIRST_CODE) continue;
    coded++;
    if (table.groups[cells[i] - FIRST_CODE].length < 2) continue;
    ambiguous++;
    decided[byte]++;
    if (decoded[i] === byte) continue;
    wrong++;
    wordIsWrong ||= inWord;
    taken[byte * 128 + decoded[i]]++;
  }
  endWord();
  return {
    characters: { right: characters - wrong, of: characters },
    coded: { right: coded - wrong, of: coded },
    ambiguous: { right: ambiguous - wrong, of: ambiguous },
    words: { right: words - wrongWords, of: words },
    confusions: confusionsOf(taken, decided),
  };
}

/** Share of what was right, 0 to 1; 1 where there was nothing to be right about. */
export function shareOf({ right, of }: Accuracy): number {
  return of === 0 ? 1 : right / of;
}

function confusionsOf(taken: Uint32Array, decided: Uint32Array): Confusion[] {
  const confusions: Confusion[] = [];
  for (const [index, times] of taken.entries()) {
    if (times === 0) continue;
    const letter = index >> 7;
    confusions.push({
      letter: String.fromCharCode(letter),
      takenFor: String.fromCharCode(index & 127),
      times,
      of: decided[letter],
    });
  }
  return confusions.sort((a, b) => b.times - a.times);
}

/** Letters of ASCII, and whatever is not ASCII. */
function isOfWord(byte: number): boolean {
  const lower = byte | 0x20;
  return byte >= 0x80 || (lower >= 0x61 && lower <= 0x7a);
}

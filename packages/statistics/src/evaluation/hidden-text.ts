/** A text whose letters are hidden behind codes, as the framing does it; for any table without framing it anew. */

import { codesByByte, decodeFraming, encodeFraming, type CodeTable, type FramingOptions } from "@pith/framing";

/** The first cell that is a code. */
const FIRST_CODE = 256;

/**
 * A text, and where it is coded. Which characters are coded depends on what characters have codes, not on which share one:
 * so `cells` of another table of the same characters needs no framing.
 */
export interface CodedText {
  readonly text: Uint8Array;
  /** Places of the coded characters. */
  readonly coded: Uint32Array;
  /** Bytes of the text in its framing. */
  readonly encodedLength: number;
}

/** @throws PithError if the text is not UTF-8 */
export function codeText(text: Uint8Array, table: CodeTable, framing: Omit<FramingOptions, "table"> = {}): CodedText {
  const encoded = encodeFraming(text, { ...framing, table });
  const cells = decodeFraming(encoded);
  const places: number[] = [];
  for (let i = 0; i < cells.length; i++) if (cells[i] >= FIRST_CODE) places.push(i);
  return { text, coded: Uint32Array.from(places), encodedLength: encoded.length };
}

/** A cell for each byte of the text: its value, or 256 + its code in the table where it is coded. */
export function hideLetters({ text, coded }: CodedText, table: CodeTable): Uint16Array {
  const codes = codesByByte(table);
  const cells = Uint16Array.from(text);
  for (const place of coded) cells[place] = FIRST_CODE + codes[text[place]];
  return cells;
}

import { checkInteger } from "@pith/core";
import { THESIS_TABLE, codesByByte, type CodeTable } from "./code-table.ts";

/** How a text is framed. A reader needs none of it: the framing says where codes begin and end. */
export interface FramingOptions {
  /** Which characters share a code; of 4 bits. Default: {@link THESIS_TABLE}. */
  readonly table?: CodeTable | undefined;
  /**
   * Encodable characters in a row from which on they are coded: more than `left + right`, at most 255. Default 12, the first
   * with which every run becomes shorter.
   */
  readonly threshold?: number | undefined;
  /** First characters of a run that stay as they are, as context for what follows: 0 or more. Default 4. */
  readonly left?: number | undefined;
  /** Last characters of a run that stay as they are: 0 or more. Default 3. */
  readonly right?: number | undefined;
}

/** Checked options. */
export interface Framing {
  /** The code of each byte, as {@link codesByByte} gives them. */
  readonly codes: Uint8Array;
  readonly threshold: number;
  readonly left: number;
  readonly right: number;
}

const MOST_THRESHOLD = 255;

/** @throws RangeError for an option out of range, or a table of codes that are not of 4 bits */
export function checkFraming(options: FramingOptions): Framing {
  const { table = THESIS_TABLE, threshold = 12, left = 4, right = 3 } = options;
  const codes = codesByByte(table);
  if (table.bits !== 4) throw new RangeError(`table: expected codes of 4 bits, got ${table.bits}`);
  checkInteger("left", left, 0, MOST_THRESHOLD);
  checkInteger("right", right, 0, MOST_THRESHOLD);
  checkInteger("threshold", threshold, left + right + 1, MOST_THRESHOLD);
  return { codes, threshold, left, right };
}

/** What a code table is worth on a text. */

import type { CodeTable } from "@pith/framing";
import { createTableDecoder, type LetterTable } from "@pith/predictors";

import type { Measure } from "../pairing/swap-search.ts";
import { hideLetters, type CodedText } from "./hidden-text.ts";

/**
 * The share of a text's bytes that come back right when its letters are decoded by a letter table.
 *
 * @param coded a text that is not empty, coded with any table of the same characters
 */
export function accuracyOn(coded: CodedText, letters: Omit<LetterTable, "groups">): Measure {
  return (table: CodeTable) => {
    const decoded = createTableDecoder({ ...letters, groups: table.groups }).decode(hideLetters(coded, table));
    let wrong = 0;
    for (const place of coded.coded) if (decoded[place] !== coded.text[place]) wrong++;
    return 1 - wrong / coded.text.length;
  };
}

/** How much each neighbour matters for each pair (thesis, Figure 16). */

import { codesByByte, type CodeTable } from "@pith/framing";
import type { HiddenText, LetterDecoder } from "@pith/predictors";

import { checkWindow, distancesOf, type Window } from "../counting/window.ts";
import { Random } from "../random.ts";
import type { CodedText } from "./hidden-text.ts";

const FIRST_CODE = 256;
/** Exchanges that a loss is the mean of. */
const ROUNDS = 5;

/**
 * The decisions of a text, one after the other, each with its neighbours, which are all known: what a decoder sees of one
 * reaches no other. `cells` and `truth` have so many bytes a decision as a window has, the letter itself included.
 *
 * @param window neighbours that the decoder looks at
 */
export function knownDecisions({ text, coded }: CodedText, table: CodeTable, window: Window): HiddenText {
  checkWindow(window);
  const { before, after } = window;
  const codes = codesByByte(table);
  const places = coded.filter(
    (place) => table.groups[codes[text[place]]].length > 1 && place >= before && place + after < text.length,
  );
  const width = before + 1 + after;
  const cells = new Uint16Array(places.length * width);
  const truth = new Uint8Array(places.length * width);
  for (const [i, place] of places.entries()) {
    const around = text.subarray(place - before, place + after + 1);
    cells.set(around, i * width);
    truth.set(around, i * width);
    cells[i * width + before] = FIRST_CODE + codes[text[place]];
  }
  return { cells, truth };
}

/** The neighbours' worth for one group of letters. */
export interface Importance {
  /** The letters that share a code. */
  readonly group: string;
  /** Times that one of them had to be decided. */
  readonly decisions: number;
  /** Share of right decisions with all neighbours known. */
  readonly accuracy: number;
  /** What is lost of it, at each distance, when the neighbours there are exchanged at random among the decisions. */
  readonly losses: readonly { readonly distance: number; readonly loss: number }[];
}

/**
 * Permutation importance: each distance's neighbours are exchanged at random among all decisions of a group, so that
 * they say nothing while they look as ever, and what that costs is what they were worth.
 *
 * @param decisions from {@link knownDecisions}
 * @param seed of the exchange
 */
export function importanceByDistance(
  { cells, truth }: HiddenText,
  table: CodeTable,
  decoder: LetterDecoder,
  window: Window,
  seed = 1,
): Importance[] {
  const width = window.before + 1 + window.after;
  const count = cells.length / width;
  const codeOf = (decision: number): number => cells[decision * width + window.before] - FIRST_CODE;
  return table.groups.flatMap((group, code) => {
    if (group.length < 2) return [];
    const decisions = Uint32Array.from({ length: count }, (_, i) => i).filter((i) => codeOf(i) === code);
    const asked = new Uint16Array(decisions.length * width);
    for (const [i, decision] of decisions.entries()) {
      asked.set(cells.subarray(decision * width, (decision + 1) * width), i * width);
    }
    const accuracyOf = (changed: Uint16Array): number => {
      const decoded = decoder.decode(changed);
      let right = 0;
      for (const [i, decision] of decisions.entries()) {
        if (decoded[i * width + window.before] === truth[decision * width + window.before]) right++;
      }
      return decisions.length === 0 ? 1 : right / decisions.length;
    };
    const accuracy = accuracyOf(asked);
    const random = new Random(seed);
    const losses = distancesOf(window).map((distance) => {
      let right = 0;
      for (let round = 0; round < ROUNDS; round++) {
        right += accuracyOf(exchangeColumn(asked, window.before + distance, width, random));
      }
      return { distance, loss: accuracy - right / ROUNDS };
    });
    return [{ group, decisions: decisions.length, accuracy, losses }];
  });
}

function exchangeColumn(cells: Uint16Array, column: number, width: number, random: Random): Uint16Array {
  const values = Uint16Array.from({ length: cells.length / width }, (_, i) => cells[i * width + column]);
  random.shuffle(values);
  const exchanged = cells.slice();
  for (const [i, value] of values.entries()) exchanged[i * width + column] = value;
  return exchanged;
}

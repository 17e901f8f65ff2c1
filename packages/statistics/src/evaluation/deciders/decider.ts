/**
 * Deciders that the thesis proposes to try (section 6.3), which see what its table sees, seven neighbours: decision trees, a
 * random forest, boosted trees as its Figure 16 has them, and a classic network.
 */

import { checkInteger } from "@pith/core";
import type { CodeTable } from "@pith/framing";
import type { LetterDecoder } from "@pith/predictors";

import { boostTrees, growForest, growTrees, type Forest } from "./forest.ts";
import { lessonsOf } from "./lessons.ts";
import { FIRST_CODE, NEIGHBOURS, Neighbours } from "./neighbours.ts";
import { trainNetwork } from "./network.ts";

/** From the simplest on. */
export const DECIDERS = ["tree", "forest", "boosted", "network"] as const;
export type DeciderKind = (typeof DECIDERS)[number];

/** A decider that has learned. */
export interface Decider {
  readonly decoder: LetterDecoder;
  /** Bytes that its numbers can be written in: five a question and one an answer of a tree, one a weight of a network. */
  readonly bytes: number;
  /** Its trees, for each code; undefined of a network. */
  readonly forest: Forest | undefined;
}

/**
 * Learns to tell letters apart from a text: with the true letters to the left, as it would have them if it were never wrong.
 *
 * @param text UTF-8, some hundred thousand characters at least
 * @param table of groups of one or two characters
 * @param seed of what is drawn at random: the same seed, the same decider, 0 to 2^32 − 1
 * @throws RangeError for a kind that is none, or larger groups; PithError if the text is not UTF-8
 * @example
 * const { decoder } = trainDecider("forest", text, THESIS_TABLE);
 * evaluate(other, THESIS_TABLE, decoder).ambiguous;
 */
export function trainDecider(kind: DeciderKind, text: Uint8Array, table: CodeTable, seed = 1): Decider {
  checkInteger("seed", seed, 0, 2 ** 32 - 1);
  if (!DECIDERS.includes(kind)) throw new RangeError(`kind: expected one of ${DECIDERS.join(", ")}, got ${kind}`);
  const lessons = lessonsOf(text, table);
  const { groups } = table;
  if (kind === "network") {
    const network = trainNetwork(lessons, groups.length, seed);
    const decoder = decoderOf(groups, (neighbours, code) => network.score(neighbours, 0, code) > 0);
    return { decoder, bytes: network.bytes, forest: undefined };
  }
  const forest =
    kind === "tree"
      ? growTrees(lessons, groups.length)
      : kind === "forest"
        ? growForest(lessons, groups.length, seed)
        : boostTrees(lessons, groups.length);
  return {
    decoder: decoderOf(groups, (neighbours, code) => vote(forest, neighbours, code) > 0),
    bytes: forest.flat().reduce((sum, { bytes }) => sum + bytes, 0),
    forest,
  };
}

function vote(forest: Forest, neighbours: Uint8Array, code: number): number {
  let sum = 0;
  for (const tree of forest[code]) sum += tree.ask(neighbours, 0);
  return sum;
}

function decoderOf(
  groups: readonly string[],
  isSecond: (neighbours: Uint8Array, code: number) => boolean,
): LetterDecoder {
  const reader = new Neighbours(groups);
  const letters = groups.map((group) => Array.from(group, (letter) => letter.charCodeAt(0)));
  return {
    decode(cells) {
      const bytes = new Uint8Array(cells.length);
      const neighbours = new Uint8Array(NEIGHBOURS);
      for (const [place, cell] of cells.entries()) {
        if (cell < FIRST_CODE) {
          bytes[place] = cell;
          continue;
        }
        const code = cell - FIRST_CODE;
        if (code >= letters.length) {
          throw new RangeError(`cells[${place}]: expected at most ${FIRST_CODE + letters.length - 1}, got ${cell}`);
        }
        const own = letters[code];
        if (own.length === 2) reader.read(cells, bytes, place, neighbours, 0);
        bytes[place] = own[own.length === 2 && isSecond(neighbours, code) ? 1 : 0];
      }
      return bytes;
    },
  };
}

/**
 * How early trees ask for each neighbour: 1 ÷ (1 + the mean over the trees of the questions above the first that asks for
 * it), the measure of the thesis's Figure 16, from −4 to +3. A tree that never asks counts as if it did below its leaves.
 *
 * @param trees of one code
 */
export function earliness(trees: Forest[number]): number[] {
  return Array.from({ length: NEIGHBOURS }, (_, neighbour) => {
    const depths = trees.map(({ leastDepths }) => {
      const asked = leastDepths.map((depth) => depth ?? 0);
      return leastDepths[neighbour] ?? Math.max(...asked) + 1;
    });
    return trees.length === 0 ? 0 : 1 / (1 + depths.reduce((a, b) => a + b, 0) / trees.length);
  });
}

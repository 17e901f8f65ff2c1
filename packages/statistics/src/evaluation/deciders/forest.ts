/** One tree a code, many that vote, or many of which each mends what those before it got wrong. */

import { Random } from "../../random.ts";
import type { Lessons } from "./lessons.ts";
import { lessonsByCode } from "./lessons.ts";
import { NEIGHBOURS } from "./neighbours.ts";
import { growTree, type Fit, type Tree } from "./tree.ts";

/** The trees of each code; what they say is added up, and above 0 means the second letter. */
export type Forest = readonly (readonly Tree[])[];

/** Of one tree, and of those that vote: grown until nothing is left to tell. */
const DEEP = { depth: 16, leastWeight: 6 };
const VOTERS = 24;
/** Distances that each question of a voter is chosen among, so that they differ. */
const VOTERS_TRY = 3;
/** An answer of 1 or −1: all lessons of a leaf agree. */
const VOTE = 127;

const BOOSTED = { depth: 6, leastWeight: 4 };
const ROUNDS = 40;
/** How far each round goes towards what is missing. */
const SHARE = 0.25;
/** Steps of an answer to one of the log-odds-like scale. */
const BOOST_SCALE = 32;

/** For each code the tree that fits its lessons. */
export function growTrees(lessons: Lessons, codes: number): Forest {
  const fit = votesOf(lessons);
  return lessonsByCode(lessons, codes).map((rows) =>
    rows.length === 0 ? [] : [growTree(fit, rows, { ...DEEP, tried: NEIGHBOURS, random: new Random(0) }, VOTE)],
  );
}

/** For each code trees of lessons drawn with replacement, whose questions are each chosen among few neighbours. */
export function growForest(lessons: Lessons, codes: number, seed: number): Forest {
  const fit = votesOf(lessons);
  const random = new Random(seed);
  return lessonsByCode(lessons, codes).map((rows) =>
    Array.from({ length: rows.length === 0 ? 0 : VOTERS }, () => {
      const drawn = rows.map(() => rows[random.below(rows.length)]);
      return growTree(fit, drawn, { ...DEEP, tried: VOTERS_TRY, random }, VOTE);
    }),
  );
}

/** Gradient boosting: each tree is fitted to what the sum of those before it misses. */
export function boostTrees(lessons: Lessons, codes: number): Forest {
  const { neighbours, isSecond } = lessons;
  const count = isSecond.length;
  const targets = new Float64Array(count);
  const weights = new Float64Array(count);
  const scores = new Float64Array(count);
  const growth = { ...BOOSTED, tried: NEIGHBOURS, random: new Random(0) };
  return lessonsByCode(lessons, codes).map((rows) => {
    const trees: Tree[] = [];
    for (let round = 0; rows.length > 0 && round < ROUNDS; round++) {
      for (const row of rows) {
        const probability = squash(scores[row]);
        targets[row] = isSecond[row] - probability;
        weights[row] = Math.max(1e-3, probability * (1 - probability));
      }
      const tree = growTree({ neighbours, targets, weights }, rows.slice(), growth, SHARE * BOOST_SCALE);
      for (const row of rows) scores[row] += tree.ask(neighbours, row * NEIGHBOURS) / BOOST_SCALE;
      trees.push(tree);
    }
    return trees;
  });
}

/** A probability, by operations that are the same on every machine, which the logistic function is not. */
export function squash(score: number): number {
  return 0.5 + score / (2 * Math.sqrt(4 + score * score));
}

/** 1 for the second letter, −1 for the first. */
function votesOf({ neighbours, isSecond }: Lessons): Fit {
  return {
    neighbours,
    targets: Float64Array.from(isSecond, (second) => 2 * second - 1),
    weights: new Float64Array(isSecond.length).fill(1),
  };
}

/** Trees of questions about neighbours: is the one at this distance among these? */

import type { Random } from "../../random.ts";
import { NEIGHBOURS, VALUES } from "./neighbours.ts";

/** What a tree is fitted to: the mean of `targets`, each with its weight. */
export interface Fit {
  readonly neighbours: Uint8Array;
  readonly targets: Float64Array;
  readonly weights: Float64Array;
}

export interface Growth {
  /** Questions from the root to a leaf, at most. */
  readonly depth: number;
  /** Weight that a leaf has at least. */
  readonly leastWeight: number;
  /** Distances that each question is chosen among, at random; all of them if it is {@link NEIGHBOURS}. */
  readonly tried: number;
  readonly random: Random;
}

/** Nodes in an array; 0 is the root. */
export class Tree {
  /** Which neighbour is asked for; 255 in a leaf. */
  readonly asked: number[] = [];
  /** Bit v is set where a neighbour of value v leads to the second child. */
  readonly second: number[] = [];
  /** The first child; the second is the next node. */
  readonly child: number[] = [];
  /** What a leaf says: −127 to 127. */
  readonly answer: number[] = [];

  /** @param offset of the neighbours in the array */
  ask(neighbours: Uint8Array, offset: number): number {
    let node = 0;
    while (this.asked[node] !== LEAF) {
      node = this.child[node] + ((this.second[node] >>> neighbours[offset + this.asked[node]]) & 1);
    }
    return this.answer[node];
  }

  /** Bytes that it can be written in: five a question, one an answer. */
  get bytes(): number {
    const leaves = this.asked.reduce((count, asked) => count + Number(asked === LEAF), 0);
    return 5 * (this.asked.length - leaves) + leaves;
  }

  /** For each neighbour, the questions above the first that asks for it, at least; undefined where none does. */
  get leastDepths(): (number | undefined)[] {
    const least = new Array<number | undefined>(NEIGHBOURS).fill(undefined);
    const walk = (node: number, depth: number): void => {
      const asked = this.asked[node];
      if (asked === LEAF) return;
      least[asked] = Math.min(depth, least[asked] ?? Infinity);
      walk(this.child[node], depth + 1);
      walk(this.child[node] + 1, depth + 1);
    };
    walk(0, 0);
    return least;
  }
}

export const LEAF = 255;
/** Keeps answers of few lessons near 0. */
const SHRINKING = 1;

/** The best question of a node. */
interface Question {
  readonly asked: number;
  readonly second: number;
  readonly gain: number;
}

/**
 * Grows a tree on some rows.
 *
 * @param rows numbers of the rows; their order changes
 * @param scale an answer of 1 is written as this, at most 127 in all
 */
export function growTree(fit: Fit, rows: Uint32Array, growth: Growth, scale: number): Tree {
  const tree = new Tree();
  const grow = (node: number, own: Uint32Array, depth: number): void => {
    const question = depth === growth.depth ? undefined : bestQuestion(fit, own, growth);
    tree.asked[node] = question?.asked ?? LEAF;
    tree.second[node] = question?.second ?? 0;
    tree.child[node] = 0;
    tree.answer[node] = question === undefined ? answerOf(fit, own, scale) : 0;
    if (question === undefined) return;
    const middle = split(fit, own, question);
    const child = tree.asked.length;
    tree.child[node] = child;
    // Both have their places before either grows.
    tree.asked.push(LEAF, LEAF);
    grow(child, own.subarray(0, middle), depth + 1);
    grow(child + 1, own.subarray(middle), depth + 1);
  };
  tree.asked.push(LEAF);
  grow(0, rows, 0);
  return tree;
}

function answerOf({ targets, weights }: Fit, rows: Uint32Array, scale: number): number {
  let [sum, weight] = [0, SHRINKING];
  for (const row of rows) {
    sum += targets[row];
    weight += weights[row];
  }
  return Math.max(-127, Math.min(127, Math.round((scale * sum) / weight)));
}

/** Rows whose answer is no come first. @returns how many they are */
function split({ neighbours }: Fit, rows: Uint32Array, { asked, second }: Question): number {
  let low = 0;
  for (let high = rows.length; low < high;) {
    const row = rows[low];
    if (((second >>> neighbours[row * NEIGHBOURS + asked]) & 1) === 0) low++;
    else {
      rows[low] = rows[--high];
      rows[high] = row;
    }
  }
  return low;
}

/**
 * For each neighbour its values in the order of their mean target, cut where both sides fit best: of all ways to divide the
 * values in two, the best is among these cuts.
 */
function bestQuestion(fit: Fit, rows: Uint32Array, growth: Growth): Question | undefined {
  const { neighbours, targets, weights } = fit;
  const { tried, random, leastWeight } = growth;
  const sums = new Float64Array(VALUES);
  const totals = new Float64Array(VALUES);
  let best: Question | undefined;
  for (const asked of distancesTried(tried, random)) {
    sums.fill(0);
    totals.fill(0);
    for (const row of rows) {
      const value = neighbours[row * NEIGHBOURS + asked];
      sums[value] += targets[row];
      totals[value] += weights[row];
    }
    const sum = sums.reduce((a, b) => a + b, 0);
    const total = totals.reduce((a, b) => a + b, 0);
    const order = Array.from(totals.keys())
      .filter((value) => totals[value] > 0)
      .sort((a, b) => sums[a] / totals[a] - sums[b] / totals[b]);
    let [leftSum, leftTotal, second] = [0, 0, 0];
    for (const value of order) second |= 1 << value;
    for (const value of order.slice(0, -1)) {
      leftSum += sums[value];
      leftTotal += totals[value];
      second &= ~(1 << value);
      if (leftTotal < leastWeight || total - leftTotal < leastWeight) continue;
      const gain = worth(leftSum, leftTotal) + worth(sum - leftSum, total - leftTotal) - worth(sum, total);
      if (gain > (best?.gain ?? 1e-9)) best = { asked, second, gain };
    }
  }
  return best;
}

function worth(sum: number, total: number): number {
  return (sum * sum) / (total + SHRINKING);
}

function distancesTried(tried: number, random: Random): number[] {
  const all = Array.from({ length: NEIGHBOURS }, (_, i) => i);
  if (tried >= NEIGHBOURS) return all;
  random.shuffle(all);
  return all.slice(0, tried);
}

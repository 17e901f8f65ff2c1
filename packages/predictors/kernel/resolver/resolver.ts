/**
 * The resolver: which of the letters that share a code stands here. Greedy, from left to right; it is told the true
 * letter before it goes on, so a coder that stores where it errs has the same contexts on both sides.
 *
 *   startGroups(), addMember(code, byte) for each, startResolver(tableBits); the weights go to `table`
 *   startText(cells, length)
 *   for each place i, from left to right:
 *     if isAmbiguous(cellAt(cells, i)): resolve(i) gives the best letter; then acceptLetter(the true letter)
 *     else accept(i)
 */
import { allocate } from "../memory";
import { score, stride, table, useTable } from "./features";
import { pushSymbol, startLeft } from "./left";
import { SYMBOL, rightOf, startRight } from "./right";
import { FIRST_CODE, cellAt, groupSize, isAmbiguous, largestGroup, leftSymbol, member } from "./symbols";

export { table } from "./features";
export { LEFT_BYTES, restoreLeft, saveLeft } from "./left";
export { FIRST_CODE, addMember, cellAt, clearGroups, groupSize, isAmbiguous, member } from "./symbols";

/** A place's weights are loaded eight at a time, so this much is read beyond the last. */
const PADDING: usize = 8;

/** Scores of the letters of the group that was resolved last, in sixteenths of a natural logit: i16 by rank. */
export const scores = memory.data(8 * 2, 16);
/** How much the best letter's score is above the next: 0 … 2921, in sixteenths. */
export let margin: i32 = 0;
/** Rank of the best letter in its group. */
export let bestRank: i32 = 0;

let cells: usize = 0;
let length: i32 = 0;

/** Makes room for 2^bits weights, at `table`, which the host fills. The groups are set by then. */
export function startResolver(bits: i32): void {
  const weights: i32 = 1 << bits;
  useTable(allocate(<usize>weights + PADDING), weights, largestGroup > 2 ? largestGroup : 1);
}

/** Starts on `count` cells at `address`, which stay as they are until the last is accepted. */
export function startText(address: usize, count: i32): void {
  cells = address;
  length = count;
  startLeft();
  startRight();
}

/**
 * The best letter for the ambiguous cell at place i, as a byte; sets `margin`, `bestRank` and, in groups of more than
 * two, `scores`. Changes nothing that a second call would notice.
 */
// @ts-ignore: decorator
@inline
export function resolve(i: i32): i32 {
  const right = rightOf(cells, length, i);
  const code = cellAt(cells, i) - FIRST_CODE;
  if (stride == 1) {
    const sum = score<i32>(right, code);
    bestRank = <i32>(sum > 0);
    margin = abs(sum);
  } else {
    v128.store(scores, score<v128>(right, code));
    rankScores(groupSize(code));
  }
  return member(code, bestRank);
}

function rankScores(size: i32): void {
  let best: i32 = load<i16>(scores);
  let second: i32 = i16.MIN_VALUE;
  let rank = 0;
  for (let i = 1; i < size; i++) {
    const value: i32 = load<i16>(scores + (<usize>i << 1));
    if (value > best) {
      second = best;
      best = value;
      rank = i;
    } else if (value > second) second = value;
  }
  bestRank = rank;
  margin = best - second;
}

/** Goes on behind an ambiguous cell, whose letter is this byte. */
// @ts-ignore: decorator
@inline
export function acceptLetter(byte: i32): void {
  pushSymbol(leftSymbol(byte));
}

/** Goes on behind the cell at place i, which is not ambiguous. */
// @ts-ignore: decorator
@inline
export function accept(i: i32): void {
  pushSymbol(load<u8>(rightOf(cells, length, i), SYMBOL));
}

/** The byte of a cell that is not ambiguous. */
// @ts-ignore: decorator
@inline
export function knownByte(cell: i32): i32 {
  return cell < FIRST_CODE ? cell : member(cell - FIRST_CODE, 0);
}

/**
 * What a resolver gets wrong, as bits: is its best letter the true one; if not, the next? Each bit is coded under the
 * share of such answers that were wrong so far, by how sure the resolver was.
 */
import { decodeBit, encodeBit } from "../../../entropy/kernel/binary-coder";
import { bestRank, groupSize, margin, member, scores } from "../../../predictors/kernel/resolver/resolver";
import { cell, initStateMaps, learn } from "../../../predictors/kernel/state-map";

/** Classes of sureness: half a natural logit each, the last one open. */
const CLASSES: i32 = 32;
/** From sixteenths of a logit to classes. */
const CLASS_SHIFT: i32 = 3;
/** Letters of a group of eight that a bit may be about: the last needs none. */
const ANSWERS: i32 = 7;
/** Answers that each class counts as seen before the first, and that it remembers at most. */
const SEEN: i32 = 12;
const LIMIT: i32 = 1023;

/** e^(−1/4) and e^(−1/2): odds that a logistic regression is wrong, in the middle of class 0 and from class to class. */
const FIRST_ODDS: f64 = 0.7788007830714049;
const ODDS_RATIO: f64 = 0.6065306597126334;
/** e^(−1/4). */
const DOUBTFUL_RATIO: f64 = 0.7788007830714049;

const chances = memory.data(CLASSES * ANSWERS * 4, 4); // cells of a state map: [class][answer], that it is wrong

/** Once an instance. */
export function initCorrections(): void {
  initStateMaps();
}

/**
 * Forgets how often the resolver was wrong.
 *
 * @param doubt expect it to be wrong more often than it thinks: it is half as sure
 */
export function startCorrections(doubt: bool): void {
  const ratio = doubt ? DOUBTFUL_RATIO : ODDS_RATIO;
  let odds = FIRST_ODDS;
  for (let c = 0; c < CLASSES; c++) {
    const first = cell(<i32>max(1.0, 65536.0 * odds / (1.0 + odds)), SEEN);
    for (let answer = 0; answer < ANSWERS; answer++) store<i32>(chanceAt(c, answer), first);
    odds *= ratio;
  }
}

// @ts-ignore: decorator
@inline
function chanceAt(sureness: i32, answer: i32): usize {
  return chances + ((sureness * ANSWERS + answer) << 2);
}

// @ts-ignore: decorator
@inline
function chanceOf(lead: i32, answer: i32): usize {
  return chanceAt(min(CLASSES - 1, lead >> CLASS_SHIFT), answer);
}

// @ts-ignore: decorator
@inline
function probability(chance: usize): i32 {
  return max(1, min(65535, load<u32>(chance) >>> 16));
}

function encodeAnswer(chance: usize, wrong: i32): void {
  encodeBit(wrong, probability(chance));
  learn(chance, wrong, LIMIT);
}

function decodeAnswer(chance: usize): i32 {
  const wrong = decodeBit(probability(chance));
  learn(chance, wrong, LIMIT);
  return wrong;
}

/** Codes the true letter of the group that was just resolved. */
// @ts-ignore: decorator
@inline
export function encodeLetter(code: i32, byte: i32): void {
  if (groupSize(code) == 2) encodeAnswer(chanceOf(margin, 0), <i32>(member(code, bestRank) != byte));
  else encodeRanked(code, byte);
}

/** Decodes the true letter of the group that was just resolved. */
// @ts-ignore: decorator
@inline
export function decodeLetter(code: i32): i32 {
  if (groupSize(code) == 2) return member(code, bestRank ^ decodeAnswer(chanceOf(margin, 0)));
  return decodeRanked(code);
}

function encodeRanked(code: i32, byte: i32): void {
  const size = groupSize(code);
  for (let answer = 0; answer < size - 1; answer++) {
    const rank = takeBest(size);
    const wrong = <i32>(member(code, rank) != byte);
    encodeAnswer(chanceOf(lead, answer), wrong);
    if (!wrong) return;
  }
}

function decodeRanked(code: i32): i32 {
  const size = groupSize(code);
  for (let answer = 0; answer < size - 1; answer++) {
    const rank = takeBest(size);
    if (!decodeAnswer(chanceOf(lead, answer))) return member(code, rank);
  }
  return member(code, takeBest(size));
}

/** By how much the letter that was taken last led the next. */
let lead: i32 = 0;

/** Takes the letter with the highest score away; returns its rank. */
function takeBest(size: i32): i32 {
  let best: i32 = i16.MIN_VALUE;
  let second: i32 = i16.MIN_VALUE;
  let rank = 0;
  for (let i = 0; i < size; i++) {
    const value: i32 = load<i16>(scores + (<usize>i << 1));
    if (value > best) {
      second = best;
      best = value;
      rank = i;
    } else if (value > second) second = value;
  }
  lead = best - second;
  store<i16>(scores + (<usize>rank << 1), i16.MIN_VALUE);
  return rank;
}

/**
 * Copies: places in the past, on either strand, whose surroundings look like the newest bases. Each predicts the base
 * that comes next there, and is trusted by how it did over its last 32 bases. Repeats in genomes are many and old:
 * the votes of many diverged copies together know more than the best of them.
 *
 * A new copy starts with the hits and misses that it would have had over the last 32 bases, so that a good one is
 * trusted at once and a chance hit is not.
 *
 * Source: the copy experts of XM (Cao, Dix, Allison, Mears: A simple statistical algorithm for biological sequence
 * compression, 2007), here with their recent history instead of a prior.
 */
import { stretch } from "../math";
import { cell, learn, probability12 } from "../state-map";
import { FIRST_SEED, found, foundPositions, foundSteps, searchSeeds, startSeeds } from "./seeds";
import { WINDOW, baseAt, basesFrom, length, newestHigh, newestLow } from "./strands";

/** Copies that are followed at once. */
const MOST_COPIES: i32 = 16;
/** Misses among the last 32 with which a copy may begin; and those, and among the last 16, with which it is kept. */
const MOST_MISSES_TO_BEGIN: i32 = 14;
const MOST_MISSES: i32 = 17;
const MOST_MISSES_OF_16: i32 = 11;
/** With a copy that was right that often in a row, others are not looked for. */
const GOOD_RUN: i32 = 20;
const LONGEST_RUN: i32 = 65535;

/** States of a copy, see `stateOf`. */
const STATES: i32 = 4096;
/** Updates that a state's initial probability counts for, and after which it adapts no slower. */
const TRUST: i32 = 6;
const LIMIT: i32 = 1023;

/** The lower bit of each of 32 pairs. */
const LOWER_BITS: u64 = 0x5555555555555555;
/** The newest 16 and 8 guesses. */
const NEWEST_16: u64 = 0xffffffff;
const NEWEST_8: u64 = 0xffff;

/** Bound of a sum of votes, stretched. */
const MOST_VOTES: f32 = 8;

const positions = memory.data(16 * 4, 64); // i32 [copy]: the base that comes next there
const steps = memory.data(16 * 4, 64); // i32 [copy]: 1 along this strand, −1 along the other
const misses = memory.data(16 * 8, 64); // u64 [copy]: of the last 32 guesses, two bits each, the newest lowest
const runs = memory.data(16 * 4, 64); // i32 [copy]: guesses since the last miss
const guesses = memory.data(16 * 4, 64); // i32 [copy]: base
const states = memory.data(16 * 4, 64); // i32 [copy]: index of its cells, strand included
const used = memory.data(16 * 4, 64); // usize [copy]: the cell in use, or 0
const cells = memory.data(2 * 2 * 4096 * 4, 64); // cells [first decision, second][strand][state]

/** Copies that are followed. */
export let copies: i32 = 0;
/** Strength of the best vote, 0 (none) … 15; whether the second best agrees: 0 there is none, 1 yes, 2 no. */
export let bestVote: i32 = 0;
export let agreement: i32 = 0;
/** The sum of all votes, 0 … 31; 16 is none. */
export let voteClass: i32 = 16;

/**
 * @param tableBits log2 of the entries of the tables that find copies
 * @param capacity bases to come, at most
 */
export function startCopies(tableBits: i32, capacity: i32): void {
  startSeeds(tableBits, capacity);
  copies = 0;
  for (let i = 0; i < 4 * STATES; i++) {
    // Right as often as over the last 32 bases, as if two more had been missed.
    const missed = 2 * ((i >> 4) & 15);
    store<i32>(cells + (i << 2), cell((65535 * (34 - missed)) / 36, TRUST));
  }
}

/** Classes of guesses since the last miss: 0 … 7, then 8-11, 12-15, 16-19, 20-23, 24-31, 32 and more. */
// @ts-ignore: decorator
@inline
function runClass(run: i32): i32 {
  if (run < 8) return run;
  if (run < 24) return 6 + (run >> 2);
  return run < 32 ? 12 : 13;
}

/**
 * State of a copy: classes of its run (4 bits), of its misses among the last 32 (4 bits), and of those among the last
 * 8 (4 bits). Without a miss, the states 0 … 7 tell runs of below 48, 64, 128, 256, 512, 1024, 4096, and more; no
 * other state has those numbers, since no miss among the last 8 means a run of 8 and more.
 */
// @ts-ignore: decorator
@inline
function stateOf(missed: u64, run: i32): i32 {
  if (missed == 0) {
    if (run < 64) return run < 48 ? 0 : 1;
    if (run < 1024) return 27 - clz(run);
    return run < 4096 ? 6 : 7;
  }
  const recent = <i32>popcnt(missed & NEWEST_8);
  const all = <i32>popcnt(missed) >> 1;
  return (recent << 8) | (all << 4) | runClass(run);
}

/** Turns the order of 32 pairs of bits around. */
// @ts-ignore: decorator
@inline
function reversePairs(x: u64): u64 {
  x = ((x >> 2) & 0x3333333333333333) | ((x & 0x3333333333333333) << 2);
  x = ((x >> 4) & 0x0f0f0f0f0f0f0f0f) | ((x & 0x0f0f0f0f0f0f0f0f) << 4);
  return bswap<u64>(x);
}

// @ts-ignore: decorator
@inline
function missCount(copy: i32): i32 {
  return <i32>popcnt(load<u64>(misses + (copy << 3)));
}

/** Follows the place where the base at `position` comes next in the direction of `step`, if it looks alike. */
function consider(position: i32, step: i32): void {
  if (position < (step > 0 ? WINDOW : 0)) return;
  const difference =
    step > 0 ? basesFrom(position - WINDOW) ^ newestHigh : basesFrom(position + 1) ^ ~newestLow;
  const missed = (difference | (difference >> 1)) & LOWER_BITS;
  const count = <i32>popcnt(missed);
  if (count > MOST_MISSES_TO_BEGIN) return;
  for (let i = 0; i < copies; i++) {
    if (load<i32>(positions + (i << 2)) == position && load<i32>(steps + (i << 2)) == step) return;
  }
  let copy = copies;
  if (copies < MOST_COPIES) copies++;
  else {
    copy = worst();
    if (missCount(copy) <= count) return;
  }
  const history = step > 0 ? reversePairs(missed) : missed;
  store<i32>(positions + (copy << 2), position);
  store<i32>(steps + (copy << 2), step);
  store<u64>(misses + (copy << 3), history);
  store<i32>(runs + (copy << 2), <i32>ctz(history) >> 1);
}

/** The copy with the most misses, the first of them. */
function worst(): i32 {
  let copy = 0;
  for (let i = 1; i < copies; i++) if (missCount(i) > missCount(copy)) copy = i;
  return copy;
}

/** After a base has been appended: the copies learn it, bad ones leave, new ones come, and all make a guess. */
export function updateCopies(symbol: i32): void {
  const longest = advance(symbol);
  if (length >= FIRST_SEED) {
    searchSeeds(longest < GOOD_RUN);
    for (let i = 0; i < found; i++) consider(load<i32>(foundPositions + (i << 2)), load<i32>(foundSteps + (i << 2)));
  }
  for (let i = 0; i < copies; i++) {
    const own = load<i32>(steps + (i << 2)) > 0;
    const base = baseAt(load<i32>(positions + (i << 2)));
    store<i32>(guesses + (i << 2), own ? base : 3 - base);
    const state = stateOf(load<u64>(misses + (i << 3)), load<i32>(runs + (i << 2)));
    store<i32>(states + (i << 2), (own ? 0 : STATES) + state);
  }
}

/** Moves the copies on by a base and drops bad ones; returns the longest run. */
// @ts-ignore: decorator
@inline
function advance(symbol: i32): i32 {
  let kept = 0;
  let longest = 0;
  for (let i = 0; i < copies; i++) {
    const missed = load<i32>(guesses + (i << 2)) != symbol;
    const history = (load<u64>(misses + (i << 3)) << 2) | <u64>missed;
    const step = load<i32>(steps + (i << 2));
    const position = load<i32>(positions + (i << 2)) + step;
    if (position < 0 || <i32>popcnt(history) > MOST_MISSES) continue;
    if (<i32>popcnt(history & NEWEST_16) > MOST_MISSES_OF_16) continue;
    const run = missed ? 0 : min(load<i32>(runs + (i << 2)) + 1, LONGEST_RUN);
    store<i32>(positions + (kept << 2), position);
    store<i32>(steps + (kept << 2), step);
    store<u64>(misses + (kept << 3), history);
    store<i32>(runs + (kept << 2), run);
    longest = max(longest, run);
    kept++;
  }
  copies = kept;
  return longest;
}

/** Writes four inputs: the sum of all votes, the best, the second best, and the best made bolder. */
// @ts-ignore: decorator
@inline
export function predictCopies(inputs: usize, node: i32): void {
  let sum: f32 = 0;
  let best: f32 = 0;
  let second: f32 = 0;
  let bestSize: f32 = 0;
  let secondSize: f32 = 0;
  const table = cells + (node > 0 ? 2 * STATES * 4 : 0);
  for (let i = 0; i < copies; i++) {
    const guess = load<i32>(guesses + (i << 2));
    if (node > 0 && guess >> 1 != node - 1) {
      // Its first bit was wrong: it has no vote on the second.
      store<usize>(used + (i << 2), 0);
      continue;
    }
    const address = table + (load<i32>(states + (i << 2)) << 2);
    store<usize>(used + (i << 2), address);
    const size = stretch(probability12(load<i32>(address)));
    const vote = (node > 0 ? guess & 1 : guess >> 1) == 1 ? size : -size;
    sum += vote;
    if (size > bestSize) {
      second = best;
      secondSize = bestSize;
      best = vote;
      bestSize = size;
    } else if (size > secondSize) {
      second = vote;
      secondSize = size;
    }
  }
  store<f32>(inputs, max<f32>(-MOST_VOTES, min<f32>(MOST_VOTES, sum)));
  store<f32>(inputs, best, 4);
  store<f32>(inputs, second, 8);
  store<f32>(inputs, max<f32>(-MOST_VOTES, min<f32>(MOST_VOTES, best * bestSize * 0.25)), 12);
  bestVote = bestSize == 0 ? 0 : 1 + min(14, <i32>(bestSize * 2.0));
  agreement = secondSize == 0 ? 0 : best * second > 0 ? 1 : 2;
  voteClass = <i32>min<f32>(31, max<f32>(0, 16 + sum * 2));
}

// @ts-ignore: decorator
@inline
export function learnCopies(node: i32, bit: i32): void {
  for (let i = 0; i < copies; i++) {
    const address = load<usize>(used + (i << 2));
    if (address == 0) continue;
    const guess = load<i32>(guesses + (i << 2));
    learn(address, <i32>((node > 0 ? guess & 1 : guess >> 1) == bit), LIMIT);
  }
}

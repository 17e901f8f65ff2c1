/**
 * Copy experts: places in the past, on either strand, whose surroundings look like the newest bases. Each predicts
 * the base that comes next there, and is trusted by how it did over its last 32 bases. Repeats in genomes are many
 * and old: the votes of many diverged copies together know more than the best of them.
 *
 * Candidates come from hash tables of two seed lengths; a candidate starts with the hits and misses that it would
 * have had over the last 32 bases, so that a good one is trusted at once and a chance hit is not.
 *
 * Source: the copy experts of XM (Cao, Dix, Allison, Mears, 2007), here with histories instead of priors.
 */
import { allocate } from "../memory";
import { hash } from "../hash";
import { stretch } from "../math";
import { cell, learn, probability12 } from "../state-map";
import { baseAt, basesFrom, contextOf, invertedContextOf, length, newestHigh, newestLow } from "./strands";

const EVEN: u64 = 0x5555555555555555;

const positions = memory.data(COPIES * 4, 64); // i32: the base that is predicted next
const steps = memory.data(COPIES * 4, 64); // i32: 1 along the strand, -1 along the other
const misses = memory.data(COPIES * 8, 64); // u64: of the last 32 guesses, two bits each, newest lowest
const lengths = memory.data(COPIES * 4, 64); // i32: guesses since the last miss
const guesses = memory.data(COPIES * 4, 64); // i32: base
const states = memory.data(COPIES * 4, 64); // i32: index of the cells
const used = memory.data(COPIES * 4, 64); // usize: the cell in use, or 0
/** Cells [decision 0, 1][strand][state]. */
const STATES: i32 = 4096;
const cells = memory.data(2 * 2 * 4096 * 4, 64);

let count: i32 = 0;
let seeds: usize = 0;
let seeds2: usize = 0;
let links: usize = 0;
let seedBits: i32 = 0;

/** Quality class of the best expert, number of experts; for selecting weights. */
export let bestClass: i32 = 0;
export let agreement: i32 = 0;
export let experts: i32 = 0;

export function startCopies(bits: i32, capacity: i32): void {
  seedBits = bits;
  seeds = allocate(<usize>4 << bits);
  seeds2 = allocate(<usize>4 << bits);
  if (CHAIN > 0) links = allocate(<usize>(capacity + 1) << 2);
  count = 0;
  experts = 0;
  for (let k = 0; k < 2; k++) {
    for (let s = 0; s < 2; s++) {
      for (let i = 0; i < STATES; i++) {
        const m = stateMisses(i);
        // Guesses right, out of 36, as if four more than the misses had failed.
        const p = (65535 * (34 - min(m, 30))) / 36;
        store<i32>(cells + ((((k << 1) | s) * STATES + i) << 2), cell(p, 6));
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function stateMisses(state: i32): i32 {
  return (state >> 4) & 15;
}

// @ts-ignore: decorator
@inline
function runClass(run: i32): i32 {
  if (run < 8) return run;
  if (run < 12) return 8;
  if (run < 16) return 9;
  if (run < 20) return 10;
  if (run < 24) return 11;
  if (run < 32) return 12;
  return 13;
}

/** State of an expert: 12 bits of misses among 32, misses among 16 or 8, guesses since the last miss. */
// @ts-ignore: decorator
@inline
function stateOf(missed: u64, run: i32): i32 {
  if (missed == 0) return run < 48 ? 0 : run < 64 ? 1 : run < 128 ? 2 : run < 256 ? 3 : run < 512 ? 4 : run < 1024 ? 5 : run < 4096 ? 6 : 7;
  const all = <i32>popcnt(missed);
  const recent = <i32>popcnt(missed & 0xffffffff);
  return (min(recent, 15) << 8) | (min(all, 15) << 4) | runClass(<i32>ctz(missed) >> 1);
}

// @ts-ignore: decorator
@inline
function reversePairs(x: u64): u64 {
  x = ((x >> 2) & 0x3333333333333333) | ((x & 0x3333333333333333) << 2);
  x = ((x >> 4) & 0x0f0f0f0f0f0f0f0f) | ((x & 0x0f0f0f0f0f0f0f0f) << 4);
  return bswap<u64>(x);
}

/** Considers the place where the base at `position`, read in the direction of `step`, would come next. */
function consider(position: i32, step: i32): bool {
  let difference: u64;
  if (step > 0) {
    if (position < 32) return false;
    difference = basesFrom(position - 32) ^ newestHigh;
  } else {
    if (position < 0) return false;
    difference = basesFrom(position + 1) ^ ~newestLow;
  }
  let missed = (difference | (difference >> 1)) & EVEN;
  const n = <i32>popcnt(missed);
  if (n > ACCEPT) return false;
  for (let i = 0; i < count; i++) {
    if (load<i32>(positions + (i << 2)) == position && load<i32>(steps + (i << 2)) == step) return true;
  }
  if (step > 0) missed = reversePairs(missed);
  let at = count;
  if (count == COPIES) {
    // Take the place of the worst, if that is worse.
    let worst = n;
    at = -1;
    for (let i = 0; i < count; i++) {
      const m = <i32>popcnt(load<u64>(misses + (i << 3)));
      if (m > worst) {
        worst = m;
        at = i;
      }
    }
    if (at < 0) return false;
  } else count++;
  store<i32>(positions + (at << 2), position);
  store<i32>(steps + (at << 2), step);
  store<u64>(misses + (at << 3), missed);
  store<i32>(lengths + (at << 2), missed == 0 ? 32 : 0);
  return true;
}

// @ts-ignore: decorator
@inline
function hashOf(context: u64): i32 {
  return hash(<i32>context, <i32>(context >> 32)) >>> (32 - seedBits);
}

function search(table: usize, order: i32, depth: i32): void {
  const own = table + (hashOf(contextOf(order)) << 2);
  const other = table + (hashOf(invertedContextOf(order)) << 2);
  let ahead = load<i32>(own);
  let back = load<i32>(other);
  if (depth > 0) store<i32>(links + (length << 2), ahead);
  store<i32>(own, length);
  for (let n = 0; n <= depth && ahead > 0; n++) {
    consider(ahead, 1);
    if (depth > 0) ahead = load<i32>(links + (ahead << 2));
  }
  for (let n = 0; n <= depth && back > 0; n++) {
    consider(back - order - 1, -1);
    if (depth > 0) back = load<i32>(links + (back << 2));
  }
}

/** After a base: the experts learn it, the worst leave, new ones come. */
export function updateCopies(symbol: i32): void {
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const missed = load<i32>(guesses + (i << 2)) != symbol;
    const history = (load<u64>(misses + (i << 3)) << 2) | <u64>missed;
    const position = load<i32>(positions + (i << 2)) + load<i32>(steps + (i << 2));
    if (position < 0 || <i32>popcnt(history) > KEEP || <i32>popcnt(history & 0xffffffff) > KEEP16) continue;
    store<i32>(positions + (kept << 2), position);
    store<i32>(steps + (kept << 2), load<i32>(steps + (i << 2)));
    store<u64>(misses + (kept << 3), history);
    store<i32>(lengths + (kept << 2), missed ? 0 : min(load<i32>(lengths + (i << 2)) + 1, 65535));
    kept++;
  }
  count = kept;
  if (length >= 32) {
    search(seeds2, SEED2, 0);
    search(seeds, SEED, CHAIN);
  }
  for (let i = 0; i < count; i++) {
    const step = load<i32>(steps + (i << 2));
    const base = baseAt(load<i32>(positions + (i << 2)));
    store<i32>(guesses + (i << 2), step > 0 ? base : 3 - base);
    store<i32>(states + (i << 2), (step > 0 ? 0 : STATES) + stateOf(load<u64>(misses + (i << 3)), load<i32>(lengths + (i << 2))));
  }
  experts = count;
}

/** Writes four inputs: the sum of all votes, the best one's, the second's, its confidence. */
// @ts-ignore: decorator
@inline
export function predictCopies(inputs: usize, node: i32): void {
  let sum: f32 = 0;
  let best: f32 = 0;
  let second: f32 = 0;
  let bestSize: f32 = 0;
  let secondSize: f32 = 0;
  const table = cells + (node > 0 ? STATES * 8 : 0);
  let against = 0;
  for (let i = 0; i < count; i++) {
    const guess = load<i32>(guesses + (i << 2));
    if (node > 0 && guess >> 1 != node - 1) {
      store<usize>(used + (i << 2), 0);
      continue;
    }
    const address = table + (load<i32>(states + (i << 2)) << 2);
    store<usize>(used + (i << 2), address);
    const bit = node > 0 ? guess & 1 : guess >> 1;
    const size = stretch(probability12(load<i32>(address)));
    const vote = bit ? size : -size;
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
  const square: f32 = best * bestSize * 0.25;
  store<f32>(inputs, max<f32>(-8, min<f32>(8, sum)));
  store<f32>(inputs, best, 4);
  store<f32>(inputs, second, 8);
  store<f32>(inputs, max<f32>(-8, min<f32>(8, square)), 12);
  bestClass = bestSize == 0 ? 0 : 1 + min(14, <i32>(bestSize * 2.0));
  agreement = secondSize == 0 ? 0 : best * second > 0 ? 1 : 2;
}

// @ts-ignore: decorator
@inline
export function learnCopies(node: i32, bit: i32): void {
  for (let i = 0; i < count; i++) {
    const address = load<usize>(used + (i << 2));
    if (address == 0) continue;
    const guess = load<i32>(guesses + (i << 2));
    learn(address, <i32>((node > 0 ? guess & 1 : guess >> 1) == bit), COPY_LIMIT);
  }
}

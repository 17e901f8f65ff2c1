/**
 * Follows the way that an encoder which weighs prices takes through a block, as zopfli, 7-Zip and libdeflate find it: from
 * where it stands, the cheapest way to each place in reach, the first that was found where two take the same, until all
 * ways meet, or until there is a match that is long enough to be taken at once.
 */

import { match, matchLength } from "./block";
import { MAX_MATCH, MIN_MATCH } from "./codes";
import { end, firstMatch } from "./nearest";
import { fineDistance, fineLength, fineLiteral } from "./prices";
import { spend } from "./work";

/** Most places from where the way is looked for to where its choice has to be made. */
const MOST_AHEAD: i32 = 4096;
const PLACES: i32 = MOST_AHEAD + MAX_MATCH + 1;
const NEVER: i32 = 0x7fffffff;
/** Of places that the way passes over. */
const PASSED: i32 = -1;

/** Of each place from where the way is looked for on: what the cheapest way to it takes, and its last token. */
const costs = memory.data(4 * PLACES, 64);
const arrivals = memory.data(4 * PLACES, 64);
/** The tokens of the way: a match, 0 a literal. */
const tokens = memory.data(4 * PLACES, 64);

let content: usize = 0;
/** Matches of this length are taken at once. */
let nice: i32 = 0;
/** The known part of the way. */
let from: i32 = 0;
let until: i32 = 0;
/** The furthest place that a way leads to, from `from` on. */
let furthest: i32 = 0;

export function startWay(address: usize, enough: i32): void {
  content = address;
  nice = enough;
  forgetWay();
}

/** Forgets the way: the block is another one. */
export function forgetWay(): void {
  from = 0;
  until = 0;
}

/** The token that the way has at a place of the stretch: a match, 0 a literal. A way that does not lead there begins there. */
export function tokenAt(place: i32): i32 {
  if (place < from || place >= until || load<i32>(tokens + (<usize>(place - from) << 2)) == PASSED) find(place);
  return load<i32>(tokens + (<usize>(place - from) << 2));
}

function find(start: i32): void {
  from = start;
  furthest = 0;
  store<i32>(costs, 0);
  let reached = 0;
  let long = 0;
  do {
    long = longAt(from + reached);
    if (long != 0) break;
    step(reached++);
  } while (reached < furthest && reached < MOST_AHEAD);
  for (let i = 0; i < reached; i++) store<i32>(tokens + (<usize>i << 2), PASSED);
  for (let i = reached; i > 0; ) {
    const token = load<i32>(arrivals + (<usize>i << 2));
    i -= token == 0 ? 1 : matchLength(token);
    store<i32>(tokens + (<usize>i << 2), token);
  }
  until = from + reached;
  if (long != 0) store<i32>(tokens + (<usize>(until++ - from) << 2), long);
}

/** The match of a place that is taken at once; 0 if there is none. */
function longAt(place: i32): i32 {
  const last = firstMatch(place + 1);
  if (firstMatch(place) >= last) return 0;
  const longest = min(<i32>(load<u32>(last - 4) >>> 16), end - place);
  return longest < nice ? 0 : match(longest, <i32>(load<u32>(last - 4) & 0xffff));
}

/** Goes on from a place, so far from where the way is looked for, by all that can be chosen there. */
function step(at: i32): void {
  const place = from + at;
  const cost = load<i32>(costs + (<usize>at << 2));
  arrive(at + 1, cost + fineLiteral(load<u8>(content + place)), 0);
  const last = firstMatch(place + 1);
  let length = MIN_MATCH;
  for (let next = firstMatch(place); next < last; next += 4) {
    const distance = <i32>(load<u32>(next) & 0xffff);
    const ofDistance = cost + fineDistance(distance);
    const longest = min(<i32>(load<u32>(next) >>> 16), end - place);
    for (; length <= longest; length++) arrive(at + length, ofDistance + fineLength(length), match(length, distance));
  }
  // Where a decoder's choices leave the way all the time, it is looked for again and again.
  spend(length);
}

// @ts-ignore: decorator
@inline
function arrive(at: i32, cost: i32, token: i32): void {
  while (furthest < at) store<i32>(costs + (<usize>(++furthest) << 2), NEVER);
  if (cost >= load<i32>(costs + (<usize>at << 2))) return;
  store<i32>(costs + (<usize>at << 2), cost);
  store<i32>(arrivals + (<usize>at << 2), token);
}

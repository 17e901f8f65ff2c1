/**
 * Guesses the next token as libdeflate's encoder would choose it at its levels 1 to 9: chains of places whose first four
 * bytes have the same hash, the latest place with the same three, a search half and a quarter as long at the next places,
 * whose matches have to be better by length and distance together, and a shortest length that depends on how many different
 * literals there are. As in `matcher.ts`, what it knows of a place are the tokens before it as they really were.
 */

import { agreement } from "./agreement";
import { match } from "./block";
import { MAX_MATCH, MIN_MATCH } from "./codes";
import { spend } from "./work";

const WINDOW: i32 = 32768;
const HASH_BITS_OF_THREE: i32 = 15;
/** Of four bytes, at most. */
const MOST_HASH_BITS: i32 = 16;
/** At level 1 it is less; that has nothing for three bytes, and makes no matches of three. */
const FASTEST_HASH_BITS: i32 = 15;
/** Places with fewer bytes behind them are not looked at. */
const LEAST_LEFT: i32 = 5;

/** The latest place of each hash, and of each place the one before with its hash; all plus 1. */
const headsOfThree = memory.data(4 << HASH_BITS_OF_THREE, 64);
const heads = memory.data(4 << MOST_HASH_BITS, 64);
const chainsOfThree = memory.data(4 * WINDOW, 64);
const chains = memory.data(4 * WINDOW, 64);

/** How many of the next places are looked at before a match is made: 0 to 2. */
let ahead: i32 = 0;
let nice: i32 = 0;
let hops: i32 = 0;
let hashBits: i32 = 0;

let content: usize = 0;
let length: i32 = 0;
/** The next place to be entered into the chains. */
let entered: i32 = 0;
/** A match that was found when the places before were decided on; and up to where those are literals. */
let knownPlace: i32 = -1;
let knownLength: i32 = 0;
let knownDistance: i32 = 0;
/** What {@link search} found. */
let foundLength: i32 = 0;
let foundDistance: i32 = 0;

/** Where the block began, the shortest match it makes now, and from where on that is found anew. */
let blockStart: i32 = 0;
let shortest: i32 = MIN_MATCH;
let nextShortest: i32 = 0;
/** How often each literal occurs in the block. */
const literals = memory.data(4 * 256);

export function setLibdeflate(placesAhead: i32, niceLength: i32, mostHops: i32, bitsOfHash: i32): void {
  ahead = placesAhead;
  nice = niceLength;
  hops = mostHops;
  hashBits = min(bitsOfHash, MOST_HASH_BITS);
}

/** Starts on content of so many bytes. */
export function startLibdeflate(address: usize, bytes: i32): void {
  content = address;
  length = bytes;
  entered = 0;
  knownPlace = -1;
  memory.fill(headsOfThree, 0, 4 << HASH_BITS_OF_THREE);
  memory.fill(heads, 0, 4 << MOST_HASH_BITS);
}

/** Bytes of a block that are looked at for how many literals there are, at first and behind that. */
const FIRST_LOOK: i32 = 4096;
const SECOND_LOOK: i32 = 10_000;
/** Of less content, all matches are made. */
const LITTLE: i32 = 512;

/** Starts on a block. */
export function startBlock(place: i32): void {
  blockStart = place;
  memory.fill(literals, 0, 4 * 256);
  const left = length - place;
  if (left < LITTLE) shortest = MIN_MATCH;
  else {
    for (let at = place; at < place + min(left, FIRST_LOOK); at++) countLiteral(at);
    shortest = shortestFor(0);
    memory.fill(literals, 0, 4 * 256);
  }
  nextShortest = place + min(left, SECOND_LOOK);
}

// @ts-ignore: decorator
@inline
function countLiteral(place: i32): void {
  const at = literals + (<usize>load<u8>(content + place) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** The shortest match that pays with the literals that were counted, of which those that occur so often at most do not count. */
function shortestFor(rare: u32): i32 {
  let used = 0;
  for (let at = literals; at < literals + 4 * 256; at += 4) if (load<u32>(at) > rare) used++;
  const least = used < 6 ? 9 : used < 8 ? 8 : used < 10 ? 7 : used < 16 ? 6 : used < 45 ? 5 : used < 80 ? 4 : MIN_MATCH;
  // Encoders that look at few places find no long ones.
  return min(least, hops < 5 ? 4 : hops < 10 ? 5 : hops < 16 ? 7 : 9);
}

/** Finds the shortest match anew, as encoders that look ahead do, where enough of the block was seen since the last time. */
function updateShortest(place: i32): void {
  if (place < nextShortest) return;
  let all: u32 = 0;
  for (let at = literals; at < literals + 4 * 256; at += 4) all += load<u32>(at);
  shortest = shortestFor(all >> 10);
  nextShortest += min(length - nextShortest, place - blockStart);
}

/** Enters places up to one into the chains. */
export function enterUpTo(place: i32): void {
  const last = min(place, length - LEAST_LEFT);
  for (; entered <= last; entered++) {
    const four = load<u32>(content + entered);
    enter(heads + (<usize>hashOf(four, hashBits) << 2), chains);
    enter(headsOfThree + (<usize>hashOf(four & 0xffffff, HASH_BITS_OF_THREE) << 2), chainsOfThree);
  }
}

// @ts-ignore: decorator
@inline
function enter(head: usize, to: usize): void {
  store<u32>(to + (<usize>(entered & (WINDOW - 1)) << 2), load<u32>(head));
  store<u32>(head, entered + 1);
}

// @ts-ignore: decorator
@inline
function hashOf(bytes: u32, bits: i32): i32 {
  return <i32>((bytes * 0x1e35a7bd) >>> (32 - bits));
}

/** The place before one in its chain; less than 0: none. */
// @ts-ignore: decorator
@inline
export function before(place: i32): i32 {
  return <i32>load<u32>(chains + (<usize>(place & (WINDOW - 1)) << 2)) - 1;
}

/** Looks for a match that is longer than one that is there. @param most places that are looked at */
function search(place: i32, than: i32, most: i32): void {
  foundLength = than;
  foundDistance = 0;
  enterUpTo(place);
  const left = min(length - place, MAX_MATCH);
  if (left < LEAST_LEFT) return;
  const enough = min(nice, left);
  const at = content + place;
  const nearest = place - WINDOW;
  if (than <= MIN_MATCH && hashBits != FASTEST_HASH_BITS) {
    const candidate = <i32>load<u32>(chainsOfThree + (<usize>(place & (WINDOW - 1)) << 2)) - 1;
    // Where there is nothing with the same three bytes, there is nothing with the same four.
    if (candidate < 0 || candidate <= nearest) return;
    if (than < MIN_MATCH && agreement(at, content + candidate, MIN_MATCH) == MIN_MATCH) {
      foundLength = MIN_MATCH;
      foundDistance = place - candidate;
    }
  } else if (than >= enough) return;
  let tries = most;
  let after = place;
  for (; tries > 0; tries--) {
    const candidate = before(after);
    if (candidate < 0 || candidate <= nearest || candidate >= after) break;
    after = candidate;
    const agreed = agreement(at, content + candidate, left);
    if (agreed <= max(foundLength, MIN_MATCH)) continue;
    foundLength = agreed;
    foundDistance = place - candidate;
    if (agreed >= enough) break;
  }
  spend(most - tries);
}

/** Matches of three bytes are not made from further away: by encoders that look ahead, and by those that do not. */
const FAR: i32 = 8192;
const FAR_AT_ONCE: i32 = 4096;
/** By how much a match has to be better where it begins one place later, and two: a byte counts four, a bit of distance one. */
const BETTER: i32 = 2;
const MUCH_BETTER: i32 = 6;

/** The match that was found by {@link guessLibdeflate} and not guessed, since a later place has a better one; 0: none. */
export let passed: i32 = 0;

/** The token that is guessed for a place: a match, or 0 for a literal. */
export function guessLibdeflate(place: i32): i32 {
  passed = 0;
  if (place < knownPlace) return 0;
  let found = knownLength;
  let distance = knownDistance;
  if (knownPlace != place) {
    if (hashBits == FASTEST_HASH_BITS) shortest = MIN_MATCH + 1;
    else if (ahead > 0) updateShortest(place);
    search(place, shortest - 1, hops);
    found = foundLength;
    distance = foundDistance;
    if (found < shortest || distance == 0) return 0;
    if (found == MIN_MATCH && distance > (ahead > 0 ? FAR : FAR_AT_ONCE)) return 0;
  }
  knownPlace = -1;
  if (ahead == 0 || found >= min(nice, length - place)) return match(found, distance);
  for (let later = 1; later <= ahead; later++) {
    search(place + later, found - 1, hops >> later);
    if (foundDistance == 0 || foundLength < found) continue;
    const better = 4 * (foundLength - found) + clz(foundDistance) - clz(distance);
    if (better <= (later == 1 ? BETTER : MUCH_BETTER)) continue;
    knownPlace = place + later;
    knownLength = foundLength;
    knownDistance = foundDistance;
    passed = match(found, distance);
    return 0;
  }
  return match(found, distance);
}

/** Takes in what the token at a place really was. */
export function followLibdeflate(place: i32, tokenLength: i32, wasGuessed: bool): void {
  if (!wasGuessed) knownPlace = -1;
  if (tokenLength == 1) countLiteral(place);
}

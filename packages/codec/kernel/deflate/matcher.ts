/**
 * Guesses the next token as zlib's encoder would choose it: chains of places with the same hash, nearest first, a bound
 * on how many are looked at, and, where it is lazy, a look at whether the next place has a longer match. What it knows
 * of a place are the tokens before it as they really were, so one wrong guess does not make the next ones wrong.
 */

import { agreement } from "./agreement";
import { match } from "./block";
import { MAX_DISTANCE, MAX_MATCH, MIN_MATCH } from "./codes";
import {
  before as beforeInLibdeflate, enterUpTo as enterIntoLibdeflate, followLibdeflate, guessLibdeflate, passed,
  setLibdeflate, startBlock, startLibdeflate,
} from "./libdeflate";
import { spend } from "./work";

const MOST_HASH_BITS: i32 = 16;
const WINDOW: i32 = 32768;
/** A match this short is worth nothing from further away than {@link TOO_FAR}, to lazy encoders. */
const TOO_FAR: i32 = 4096;

/** The latest place of each hash, and of each place the one before with its hash; both plus `base`. */
const heads = memory.data(4 << MOST_HASH_BITS, 64);
const chains = memory.data(4 * WINDOW, 64);

// Hashes: three bytes, each shifted and crossed with the ones before; four by a product; four as Chromium's fork of zlib
// does, which Node has, too.
const ROLLING: i32 = 3;
const PRODUCT: i32 = 4;
const FORK: i32 = 5;
/** In place of a hash: not like zlib at all, but as `libdeflate.ts` has it. */
const LIBDEFLATE: i32 = 7;

// How the encoder is set.
/** Whether it looks whether the next place has a longer match. */
export let lazy: i32 = 0;
/** A match of this length shortens the search for a better one. */
export let good: i32 = 0;
/** Longer matches are taken at once; or, where it is not lazy, not entered into the chains. */
export let longest: i32 = 0;
/** A match of this length ends the search. */
export let nice: i32 = 0;
/** Most places that are looked at; 0: it makes no matches. */
export let hops: i32 = 0;
export let hashBits: i32 = 0;
/** How places are hashed, and by how many bytes. */
export let hash: i32 = 0;
let hashedBytes: i32 = 3;
export let windowBits: i32 = 0;
/** Lazy encoders: matches up to this length, 2 to 5, are not made. */
export let shortest: i32 = 0;
/** Lazy encoders: whether the shortest matches are not made from far away. */
export let nearOnly: i32 = 0;
/** Whether it makes no matches but with the byte before. */
export let runsOnly: i32 = 0;

let content: usize = 0;
let length: i32 = 0;
let mask: i32 = 0;
let shift: i32 = 0;
let furthest: i32 = 0;
/** What is added to places, so that those of the content before need not be cleared away. */
let base: u32 = 0;
/** The next place to be entered into the chains. */
let entered: i32 = 0;
/** A place that was searched for the place before it, and what was found. */
let knownPlace: i32 = -1;
let knownLength: i32 = 0;
let knownDistance: i32 = 0;

/** What {@link search} found: no match is 2. */
let foundLength: i32 = 0;
let foundDistance: i32 = 0;

/** The match that was found and not guessed, since the next place has a better one; 0: none. */
export let passedOver: i32 = 0;

export function setMatcher(
  isLazy: i32, goodLength: i32, longestLength: i32, niceLength: i32, mostHops: i32, bitsOfHash: i32, hashKind: i32,
  bitsOfWindow: i32, shortestLength: i32, isNearOnly: i32, isRunsOnly: i32,
): void {
  lazy = isLazy;
  good = goodLength;
  longest = longestLength;
  nice = niceLength;
  hops = mostHops;
  hashBits = bitsOfHash;
  hash = hashKind;
  hashedBytes = hash == ROLLING ? 3 : 4;
  windowBits = bitsOfWindow;
  shortest = shortestLength;
  nearOnly = isNearOnly;
  runsOnly = isRunsOnly;
  if (hash == LIBDEFLATE) setLibdeflate(lazy, nice, hops, hashBits);
}

/** Starts on content of so many bytes. */
export function startMatcher(address: usize, bytes: i32): void {
  if (hash == LIBDEFLATE) startLibdeflate(address, bytes);
  base += length + WINDOW;
  base &= ~(WINDOW - 1);
  // Content is at most 2^30 bytes, so places stay below 2^32.
  if (base == 0 || base > 0x80000000) {
    base = WINDOW;
    memory.fill(heads, 0, 4 << MOST_HASH_BITS);
  }
  content = address;
  length = bytes;
  mask = (1 << hashBits) - 1;
  shift = (hashBits + 2) / 3;
  furthest = (1 << windowBits) - MAX_MATCH - MIN_MATCH - 1;
  entered = 0;
  knownPlace = -1;
}

// @ts-ignore: decorator
@inline
function hashAt(place: i32): i32 {
  const at = content + place;
  if (hash == FORK) return <i32>((load<u32>(at) * 66521 + 66521) >>> 16) & mask;
  if (hash == PRODUCT) return <i32>((load<u32>(at) * 0x9e3779b1) >>> (32 - hashBits));
  return (((<i32>load<u8>(at)) << (shift << 1)) ^ ((<i32>load<u8>(at, 1)) << shift) ^ <i32>load<u8>(at, 2)) & mask;
}

/** Starts on a block. */
export function startGuesses(place: i32): void {
  if (hash == LIBDEFLATE) startBlock(place);
}

/** Enters places up to one into the chains. */
// @ts-ignore: decorator
@inline
function enterUpTo(place: i32): void {
  if (hash == LIBDEFLATE) return enterIntoLibdeflate(place);
  const last = min(place, length - hashedBytes);
  for (; entered <= last; entered++) {
    const head = heads + (<usize>hashAt(entered) << 2);
    store<u32>(chains + (<usize>(entered & (WINDOW - 1)) << 2), load<u32>(head));
    store<u32>(head, entered + base);
  }
}

/** The place before one in its chain; 0 or less: none. */
// @ts-ignore: decorator
@inline
function before(place: i32): i32 {
  if (hash == LIBDEFLATE) return beforeInLibdeflate(place);
  return <i32>(load<u32>(chains + (<usize>(place & (WINDOW - 1)) << 2)) - base);
}

/** Looks for a match that is longer than one that is there. */
function search(place: i32, than: i32): void {
  foundLength = than;
  foundDistance = 0;
  const left = length - place;
  if (left < hashedBytes) return;
  const most = min(left, MAX_MATCH);
  const enough = min(nice, left);
  const at = content + place;
  if (runsOnly) {
    if (place == 0) return;
    const run = agreement(at, at - 1, most);
    if (run < MIN_MATCH || run <= than) return;
    foundLength = run;
    foundDistance = 1;
    return;
  }
  const limit = place - furthest;
  let candidate = before(place);
  // The nearest may lie at the limit, the others have to be nearer; the very first byte is never found.
  if (candidate < limit || candidate <= 0) return;
  let tries = than >= good ? hops >> 2 : hops;
  const allowed = tries;
  let best = than;
  while (tries > 0) {
    const other = content + candidate;
    if (best < most && load<u8>(other + best) == load<u8>(at + best)) {
      const agreed = agreement(at, other, most);
      if (agreed > best) {
        best = agreed;
        foundDistance = place - candidate;
        if (agreed >= enough) break;
      }
    }
    candidate = before(candidate);
    if (candidate <= limit || candidate <= 0) break;
    tries--;
  }
  spend(allowed - tries);
  foundLength = best;
  if (!lazy) return;
  const useless = best <= shortest || (nearOnly && best == MIN_MATCH && foundDistance > TOO_FAR);
  if (foundDistance > 0 && useless) foundLength = MIN_MATCH - 1;
}

/** The token that is guessed for a place: a match, or 0 for a literal. */
export function guess(place: i32): i32 {
  passedOver = 0;
  if (hash == LIBDEFLATE) {
    const guessed = guessLibdeflate(place);
    passedOver = passed;
    return guessed;
  }
  if (hops == 0) return 0;
  enterUpTo(place);
  let found = knownLength;
  let distance = knownDistance;
  if (knownPlace != place) {
    search(place, MIN_MATCH - 1);
    found = foundLength;
    distance = foundDistance;
  }
  knownPlace = -1;
  if (found < MIN_MATCH || distance == 0) return 0;
  if (lazy && found < longest && place + 1 < length) {
    enterUpTo(place + 1);
    search(place + 1, found);
    if (foundLength > found) {
      knownPlace = place + 1;
      knownLength = foundLength;
      knownDistance = foundDistance;
      passedOver = match(found, distance);
      return 0;
    }
  }
  return match(found, distance);
}

/** Takes in what the token at a place really was. */
export function follow(place: i32, tokenLength: i32, wasGuessed: bool): void {
  if (hash == LIBDEFLATE) return followLibdeflate(place, tokenLength, wasGuessed);
  if (!wasGuessed) knownPlace = -1;
  if (lazy || tokenLength <= max(longest, 1)) return;
  // A match this long is left out of the chains but for its start.
  enterUpTo(place);
  entered = place + tokenLength;
}

/** Most places that are looked at for a match that was not guessed. */
const MOST_LOOKED_AT: i32 = 512;

/**
 * How many places that agree in as many bytes lie nearer than a match.
 *
 * @returns −1 if there are too many, or the match is not in the chains
 */
export function rankOf(place: i32, matchLength: i32, distance: i32): i32 {
  enterUpTo(place);
  let rank = 0;
  let candidate = before(place);
  spend(MOST_LOOKED_AT);
  for (let looked = 0; looked < MOST_LOOKED_AT; looked++) {
    if (candidate < 0 || place - candidate > MAX_DISTANCE || place - candidate < 1) return -1;
    if (place - candidate == distance) return rank;
    if (agreement(content + place, content + candidate, matchLength) == matchLength) rank++;
    candidate = before(candidate);
  }
  return -1;
}

/** The distance of the match of a rank; 0 if there is none. */
export function distanceOf(place: i32, matchLength: i32, rank: i32): i32 {
  enterUpTo(place);
  let candidate = before(place);
  spend(MOST_LOOKED_AT);
  for (let looked = 0; looked < MOST_LOOKED_AT; looked++) {
    if (candidate < 0 || place - candidate > MAX_DISTANCE || place - candidate < 1) return 0;
    if (agreement(content + place, content + candidate, matchLength) == matchLength && rank-- == 0) {
      return place - candidate;
    }
    candidate = before(candidate);
  }
  return 0;
}

/**
 * Guesses the next token as zlib's encoder would choose it: chains of places with the same hash, nearest first, a bound
 * on how many are looked at, and, where it is lazy, a look at whether the next place has a longer match. What it knows
 * of a place are the tokens before it as they really were, so one wrong guess does not make the next ones wrong.
 */

import { agreement } from "./agreement";
import { match, matchDistance, matchLength } from "./block";
import { content, enterPlaces, GO, leastBytes, length, MINIZ, placeBefore, skipPlaces, startChains } from "./chains";
import { MAX_DISTANCE, MAX_MATCH, MIN_MATCH } from "./codes";
import { guessFflate, startFflate } from "./fflate";
import { searchLikeGo } from "./go";
import {
  before as beforeInLibdeflate, enterUpTo as enterIntoLibdeflate, followLibdeflate, guessLibdeflate, passed,
  setLibdeflate, startBlock, startLibdeflate,
} from "./libdeflate";
import { searchLikeMiniz } from "./miniz";
import { followOnce, guessOnce, startOnce } from "./once";
import { spend } from "./work";

/** A match this short is worth nothing from further away than {@link TOO_FAR}, to lazy encoders. */
const TOO_FAR: i32 = 4096;

// In place of a hash: not like zlib at all, but as `libdeflate.ts`, `once.ts` and `fflate.ts` have it.
const LIBDEFLATE: i32 = 7;
const GO_FASTEST: i32 = 10;
const MINIZ_FASTEST: i32 = 11;
const FFLATE: i32 = 12;

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
/** How places are hashed, or which encoder it is. */
export let hash: i32 = 0;
export let windowBits: i32 = 0;
/** Lazy encoders: matches up to this length, 2 to 5, are not made. */
export let shortest: i32 = 0;
/** Lazy encoders: whether the shortest matches are not made from far away. */
export let nearOnly: i32 = 0;
/** Whether it makes no matches but with the byte before. */
export let runsOnly: i32 = 0;

let furthest: i32 = 0;
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
  windowBits = bitsOfWindow;
  shortest = shortestLength;
  nearOnly = isNearOnly;
  runsOnly = isRunsOnly;
  if (hash == LIBDEFLATE) setLibdeflate(lazy, nice, hops, hashBits);
}

/** Starts on content of so many bytes. */
export function startMatcher(address: usize, bytes: i32): void {
  if (hash == LIBDEFLATE) startLibdeflate(address, bytes);
  if (isOnce()) startOnce(address, bytes, hash == GO_FASTEST);
  if (hash == FFLATE) startFflate(address, bytes, hashBits);
  startChains(address, bytes, hash, hashBits);
  furthest = (1 << windowBits) - MAX_MATCH - MIN_MATCH - 1;
  knownPlace = -1;
}

// @ts-ignore: decorator
@inline
function isOnce(): bool {
  return hash == GO_FASTEST || hash == MINIZ_FASTEST;
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
  enterPlaces(place);
}

/** The place before one in its chain; 0 or less: none. */
// @ts-ignore: decorator
@inline
function before(place: i32): i32 {
  if (hash == LIBDEFLATE) return beforeInLibdeflate(place);
  return placeBefore(place);
}

/** Looks for a match that is longer than one that is there. */
function search(place: i32, than: i32): void {
  foundLength = than;
  foundDistance = 0;
  if (hash == GO || hash == MINIZ) {
    const found = hash == GO ? searchLikeGo(place, hops, nice) : searchLikeMiniz(place, than, hops);
    if (found == 0 || matchLength(found) <= than) return;
    foundLength = matchLength(found);
    foundDistance = matchDistance(found);
    return;
  }
  const left = length - place;
  if (left < leastBytes()) return;
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
  if (isOnce()) return guessOnce(place);
  if (hash == FFLATE) return guessFflate(place, hops, nice);
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
  if (isOnce()) return followOnce(place, tokenLength, wasGuessed);
  if (hash == FFLATE) return;
  if (!wasGuessed) knownPlace = -1;
  if (lazy || tokenLength <= max(longest, 1)) return;
  // A match this long is left out of the chains but for its start.
  enterUpTo(place);
  skipPlaces(place + tokenLength);
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

/**
 * The blocks of an encoder that weighs prices (zopfli, 7-Zip, libdeflate at its best): their codes come first, from which
 * follow the prices, and then each token by its rank among what could be chosen.
 */

import {
  distanceCount, DYNAMIC, FIXED, isLiteral, lengths, literalCount, match, matchDistance, matchLength, MOST_TOKENS,
  setToken, setTokenCount, setType, token, tokenCount, type,
} from "./block";
import {
  BLOCK_TOKENS, BLOCKS, choose, chooseAmong, chooseBits, chooseNumber, DISTANCES, FIRST_RANK, isDecoding, KINDS,
  MATCH_LENGTHS, NEXT_RANKS, ON_WAY,
} from "./choices";
import {
  DISTANCES as ALL_DISTANCES, distanceSymbol, FIRST_LENGTH, lengthSymbol, LITERALS, MAX_DISTANCE, MIN_MATCH,
} from "./codes";
import { codeCodes, countToken, fixed, guessCodes, guessed, startCounting } from "./descriptions";
import { startNearest } from "./nearest";
import { choiceCount, choiceOf, listChoices, look, lossOf, reliable, setPrices, startPaths, takeOut, weigh } from "./paths";
import { countPrice, startPrices } from "./prices";
import { forgetWay, tokenAt } from "./way";
import { isTooMuch } from "./work";
import { codedEnd } from "../../../entropy/kernel/binary-coder";

/** Ranks that are tried; what has a higher one is said in full. */
const MOST_RANKS: i32 = 24;
/** Matches below this length are another kind of choice. */
const SHORT: i32 = 5;
/** The level of a gap to a choice that there is not. */
const MOST_GAP: i32 = 10;
/** Times that codes are guessed, each time from what the ones before would choose. */
const ROUNDS: i32 = 2;

let content: usize = 0;
let contentLength: i32 = 0;
let limit: usize = 0;
/** Of the last two tokens, which were of the first rank. */
let recent: i32 = 0;
/** Whether the encoder's prices are those of the block before, and not its own: it goes over a block once. */
let isBehind: bool = false;
/** What is guessed first of a token. */
let way: i32 = 0;
// What is guessed first of a token: nothing beyond its rank; the token on the cheapest way, by the lengths of the codes;
// and by prices that follow the block.
const NO_WAY: i32 = 0;
const REFINED: i32 = 2;
export const MOST_GUESSED: i32 = REFINED;
/** Bits that 7-Zip takes for symbols that the block before had not: of literals and lengths, and of distances. */
const UNKNOWN: u8 = 11;
const UNKNOWN_DISTANCE: u8 = 6;
/** Sets of weights: of tokens on the way, by which of both takes less; then of ranks. */
const RANK_WEIGHTS: i32 = 3;

/** Code lengths of the block that was coded last, and of the one before: of literals and lengths, then of distances. */
const own = memory.data(LITERALS + ALL_DISTANCES);
const before = memory.data(LITERALS + ALL_DISTANCES);
/** What encoders that are behind begin with, about. */
const FIRST_LITERAL: u8 = 8;
const FIRST_MATCH: u8 = 5;

/**
 * Starts on a stream with content at an address.
 *
 * @param hops places that the encoder looks at for one
 * @param nice length of matches that it takes at once
 * @param hasPricesBefore whether its prices are those of the block before
 * @param guess what is guessed first of a token: 0 nothing, 1 the cheapest way, 2 that by prices that follow the block
 * @param mostCoded where coded bytes have to end: an encoder gives up there
 */
export function startRanks(
  address: usize, bytes: i32, hops: i32, nice: i32, hasPricesBefore: bool, guess: i32, mostCoded: usize,
): void {
  way = guess;
  content = address;
  contentLength = bytes;
  limit = mostCoded;
  isBehind = hasPricesBefore;
  recent = 3;
  memory.fill(own, FIRST_LITERAL, FIRST_LENGTH);
  memory.fill(own + FIRST_LENGTH, FIRST_MATCH, LITERALS + ALL_DISTANCES - FIRST_LENGTH);
  startNearest(address, bytes, hops, nice);
  startPaths(address, nice);
}

/** Codes a block that is not stored; returns where its content ends, −1 if that is beyond the stream's. */
export function codeRankedBlock(from: i32): i32 {
  const decoding = isDecoding();
  let bytes = 0;
  if (!decoding) for (let i = 0; i < tokenCount; i++) bytes += isLiteral(token(i)) ? 1 : matchLength(token(i));
  if (choose(<i32>(from + bytes == contentLength), BLOCKS + 4)) bytes = contentLength - from;
  else bytes = chooseNumber(bytes, BLOCK_TOKENS);
  const end = from + bytes;
  if (end < from || end > contentLength) return -1;
  setType(choose(<i32>(type == DYNAMIC), BLOCKS + 8) ? DYNAMIC : FIXED);
  if (bytes > 0) look(from, end);
  memory.copy(before, own, LITERALS + ALL_DISTANCES);
  if (type == DYNAMIC) codeCodesAhead(from, end);
  if (isBehind && way != NO_WAY) knowAll(before);
  const prices = isBehind ? before : type == DYNAMIC ? own : fixed;
  setPrices(prices, prices + LITERALS);
  if (bytes > 0) weigh();
  if (way != NO_WAY) {
    startPrices(prices, way == REFINED);
    forgetWay();
  }
  let i = 0;
  for (let place = from; place < end; i++) {
    if (i == MOST_TOKENS) return -1;
    const coded = codeToken(place, decoding ? 0 : token(i), end);
    if (coded < 0 || isTooMuch() || (!decoding && codedEnd() > limit)) return -1;
    setToken(i, coded == 0 ? load<u8>(content + place) : coded);
    if (way != NO_WAY) countPrice(token(i));
    place += coded == 0 ? 1 : matchLength(coded);
  }
  setTokenCount(i);
  return end;
}

/** Codes the codes of a block, beside those that would suit the cheapest ways through its first stretch. */
function codeCodesAhead(from: i32, end: i32): void {
  for (let round = 0; round < ROUNDS; round++) {
    const known = round == 0 ? own : guessed;
    setPrices(known, known + LITERALS);
    startCounting();
    if (from < end) weigh();
    const until = reliable;
    for (let place = from; place < until; ) {
      listChoices(place);
      const choice = choiceOf(0);
      countToken(choice == 0 ? load<u8>(content + place) : choice);
      place += choice == 0 ? 1 : matchLength(choice);
    }
    guessCodes();
  }
  codeCodes();
  memory.fill(own, 0, LITERALS + ALL_DISTANCES);
  memory.copy(own, lengths, literalCount);
  memory.copy(own + LITERALS, lengths + literalCount, distanceCount);
}

/** Gives lengths to symbols that have none. */
function knowAll(codes: usize): void {
  for (let i = 0; i < LITERALS + ALL_DISTANCES; i++) {
    if (load<u8>(codes + i) == 0) store<u8>(codes + i, i < LITERALS ? UNKNOWN : UNKNOWN_DISTANCE);
  }
}

/** Codes a token, an encoder's own; returns it (0: a literal), or −1 if it is none that can be. */
function codeToken(place: i32, value: i32, end: i32): i32 {
  const actual = isLiteral(value) ? 0 : value;
  listChoices(place);
  // Of the same bytes, encoders choose alike.
  const next4: u32 = place + 4 <= contentLength ? load<u32>(content + place) : 0;
  let expected = 0;
  if (way != NO_WAY) {
    expected = tokenAt(place);
    if (codeOnWay(actual, expected, next4)) return expected;
  }
  const ranked = codeRank(actual, expected, next4);
  if (ranked >= 0) return ranked;
  // Nothing of that: another distance, or one of many.
  if (choose(<i32>(actual == 0), KINDS)) return 0;
  const length = chooseBits(matchLength(actual) - MIN_MATCH, 8, MATCH_LENGTHS) + MIN_MATCH;
  if (place + length > end) return -1;
  const distance = chooseNumber(matchDistance(actual) - 1, DISTANCES) + 1;
  return distance > min(place, MAX_DISTANCE) ? -1 : match(length, distance);
}

/** Codes whether a token is that of the way, which is taken out of the choices. */
function codeOnWay(actual: i32, expected: i32, next4: u32): i32 {
  const loss = takeOut(expected);
  const other = choiceCount == 0 ? -1 : choiceOf(0);
  const gap = other < 0 ? MOST_GAP : lossOf(0) - loss;
  const level = MOST_GAP + (gap < 0 ? -levelOf(-gap) : levelOf(gap));
  const pair = pairOf(expected, other);
  const context = ON_WAY + ((kindsOf(expected, other) * (2 * MOST_GAP + 1) + level) << 2) + recent;
  const weights = gap < 0 ? 0 : gap == 0 ? 1 : 2;
  const isIt = chooseAmong(<i32>(actual == expected), context, scrambled(pair) + gap, scrambled(next4 * 0x9e3779b1 ^ pair), weights);
  recent = ((recent << 1) | isIt) & 3;
  return isIt;
}

/** Codes the rank of a token among the choices; returns it, or −1 if it is none of the first. */
function codeRank(actual: i32, expected: i32, next4: u32): i32 {
  if (choiceCount == 0) return -1;
  const count = min(choiceCount, MOST_RANKS);
  let choice = choiceOf(0);
  let choiceLoss = lossOf(0);
  const least = choiceLoss;
  for (let rank = 0; rank < count; rank++) {
    let next = -1;
    let nextLoss = 0;
    if (rank + 1 < choiceCount) {
      next = choiceOf(rank + 1);
      nextLoss = lossOf(rank + 1);
    }
    const gap = next < 0 ? MOST_GAP : levelOf(nextLoss - choiceLoss);
    const alternatives = kindsOf(choice, next) * (MOST_GAP + 1) + gap;
    const context =
      rank == 0
        ? FIRST_RANK + (alternatives << 2) + recent
        : NEXT_RANKS + ((min(rank, 4) - 1) * 99 + alternatives) * (MOST_GAP + 1) + levelOf(choiceLoss - least);
    let isIt = 0;
    if (way == NO_WAY) {
      isIt = choose(<i32>(actual == choice), context);
      if (rank == 0) recent = ((recent << 1) | isIt) & 3;
    } else {
      const pair = pairOf(choice, next) + symbolsOf(expected) * 0x1b873593 + rank;
      const weights = RANK_WEIGHTS + 2 * min(rank, 3) + <i32>(gap == 0);
      isIt = chooseAmong(<i32>(actual == choice), context, scrambled(pair) + gap, scrambled(next4 * 0x9e3779b1 ^ pair), weights);
    }
    if (isIt) return choice;
    choice = next;
    choiceLoss = nextLoss;
  }
  return -1;
}

/** Two choices, −1 if there is none, as a number that is to be scrambled. */
function pairOf(choice: i32, next: i32): u32 {
  return symbolsOf(choice) * 0x2c1b3c6d + symbolsOf(next) * 0x297a2d39;
}

function symbolsOf(choice: i32): u32 {
  if (choice <= 0) return choice;
  return (lengthSymbol(matchLength(choice)) << 5) | distanceSymbol(matchDistance(choice));
}

// @ts-ignore: decorator
@inline
function scrambled(value: u32): u32 {
  return value * 0x85ebca6b;
}

/** What a choice and the next one are, as one of nine. @param next −1: there is none */
function kindsOf(choice: i32, next: i32): i32 {
  const kind = choice == 0 ? 0 : matchLength(choice) < SHORT ? 1 : 2;
  const kindOfNext = next <= 0 ? 0 : choice != 0 && matchDistance(choice) == matchDistance(next) ? 1 : 2;
  return kind * 3 + kindOfNext;
}

/** A difference of bits as a level, 0 to 9. */
function levelOf(bits: i32): i32 {
  return bits < 6 ? max(bits, 0) : bits < 8 ? 6 : bits < 12 ? 7 : bits < 20 ? 8 : 9;
}

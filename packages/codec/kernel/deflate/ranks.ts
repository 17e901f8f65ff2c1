/**
 * The blocks of an encoder that weighs prices (zopfli, 7-Zip, libdeflate at its best): their codes come first, from which
 * follow the prices, and then each token by its rank among what could be chosen.
 */

import {
  distanceCount, DYNAMIC, FIXED, isLiteral, lengths, literalCount, match, matchDistance, matchLength, MOST_TOKENS,
  setToken, setTokenCount, setType, token, tokenCount, type,
} from "./block";
import {
  BLOCK_TOKENS, BLOCKS, choose, chooseBits, chooseNumber, DISTANCES, FIRST_RANK, isDecoding, KINDS, MATCH_LENGTHS,
  NEXT_RANKS,
} from "./choices";
import { DISTANCES as ALL_DISTANCES, FIRST_LENGTH, LITERALS, MAX_DISTANCE, MIN_MATCH } from "./codes";
import { codeCodes, countToken, fixed, guessCodes, guessed, startCounting } from "./descriptions";
import { startNearest } from "./nearest";
import { choiceCount, choiceOf, listChoices, look, lossOf, reliable, setPrices, startPaths, weigh } from "./paths";
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
 * @param mostCoded where coded bytes have to end: an encoder gives up there
 */
export function startRanks(
  address: usize, bytes: i32, hops: i32, nice: i32, hasPricesBefore: bool, mostCoded: usize,
): void {
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
  const prices = isBehind ? before : type == DYNAMIC ? own : fixed;
  setPrices(prices, prices + LITERALS);
  if (bytes > 0) weigh();
  let i = 0;
  for (let place = from; place < end; i++) {
    if (i == MOST_TOKENS) return -1;
    const coded = codeToken(place, decoding ? 0 : token(i), end);
    if (coded < 0 || isTooMuch() || (!decoding && codedEnd() > limit)) return -1;
    setToken(i, coded == 0 ? load<u8>(content + place) : coded);
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

/** Codes a token, an encoder's own; returns it (0: a literal), or −1 if it is none that can be. */
function codeToken(place: i32, value: i32, end: i32): i32 {
  const actual = isLiteral(value) ? 0 : value;
  listChoices(place);
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
    const isIt = choose(<i32>(actual == choice), context);
    if (rank == 0) recent = ((recent << 1) | isIt) & 3;
    if (isIt) return choice;
    choice = next;
    choiceLoss = nextLoss;
  }
  // Nothing of that: another distance, or one of many.
  if (choose(<i32>(actual == 0), KINDS)) return 0;
  const length = chooseBits(matchLength(actual) - MIN_MATCH, 8, MATCH_LENGTHS) + MIN_MATCH;
  if (place + length > end) return -1;
  const distance = chooseNumber(matchDistance(actual) - 1, DISTANCES) + 1;
  return distance > min(place, MAX_DISTANCE) ? -1 : match(length, distance);
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

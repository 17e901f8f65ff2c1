/** What a stream's blocks are, as far as the guesses are wrong. */

import {
  DYNAMIC, final, FIXED, isLiteral, match, matchDistance, matchLength, MOST_TOKENS, setFinal, setStoredLength, setToken,
  setTokenCount, setType, STORED, storedLength, token, tokenCount, type,
} from "./block";
import {
  BLOCK_TOKENS, BLOCKS, choose, chooseBits, chooseNumber, DISTANCES, isDecoding, KINDS, MATCH_LENGTHS, RANKED, RANKS,
  SHORTENED, STORED_LENGTHS, TOKENS,
} from "./choices";
import { MAX_DISTANCE, MIN_MATCH } from "./codes";
import { codeType, countToken, startCounting } from "./descriptions";
import { distanceOf, follow, guess, passedOver, rankOf, startGuesses } from "./matcher";
import { codeRankedBlock } from "./ranks";
import { isTooMuch } from "./work";
import { codedEnd } from "../../../entropy/kernel/binary-coder";

/** Tokens after which the encoder ends a block. */
let fullBlock: i32 = 0;
/** Of the last three guesses, which were right. */
let recent: i32 = 0;
/** Content of the stream, and its bytes. */
let content: usize = 0;
let contentLength: i32 = 0;
let limit: usize = 0;
/** Whether tokens are coded by their rank. */
let ranked: bool = false;

/**
 * Starts on a stream with content at an address.
 *
 * @param tokensOfBlock after which the encoder ends a block
 * @param mostCoded where coded bytes have to end: an encoder gives up there
 * @param isRanked whether tokens are coded by their rank, and the ranks were started
 */
export function startCorrections(address: usize, bytes: i32, tokensOfBlock: i32, mostCoded: usize, isRanked: bool): void {
  ranked = isRanked;
  limit = mostCoded;
  content = address;
  contentLength = bytes;
  fullBlock = tokensOfBlock;
  recent = 7;
}

// How a block ends.
const FULL: i32 = 0;
const WITH_CONTENT: i32 = 1;
const ELSEWHERE: i32 = 2;

/**
 * Codes a block: an encoder's is what was read, a decoder's is what it was.
 *
 * @param from where its content begins in that of the stream
 * @returns where its content ends; −1 if that is beyond the stream's
 */
export function codeBlock(from: i32): i32 {
  const isStored = choose(<i32>(type == STORED), BLOCKS) != 0;
  let end = from;
  if (isStored) {
    setType(STORED);
    setStoredLength(chooseNumber(storedLength, STORED_LENGTHS));
    end += storedLength;
    if (storedLength > 0xffff || end > contentLength) return -1;
    if (!ranked) follow(from, storedLength, false);
  } else {
    end = ranked ? codeRankedBlock(from) : codeTokens(from);
    if (end < 0) return -1;
  }
  setFinal(choose(final, BLOCKS + 1 + <i32>(end == contentLength)));
  if (!isStored && !ranked) codeType();
  return end;
}

/** Codes the tokens of a block, and how many they are. */
function codeTokens(from: i32): i32 {
  let count = tokenCount;
  const decoding = isDecoding();
  let ending = ELSEWHERE;
  if (!decoding) {
    let length = 0;
    for (let i = 0; i < count; i++) length += isLiteral(token(i)) ? 1 : matchLength(token(i));
    if (count == fullBlock) ending = FULL;
    else if (from + length == contentLength && from < contentLength && count < fullBlock) ending = WITH_CONTENT;
  }
  ending = choose(<i32>(ending != FULL), BLOCKS + 4) ? 1 + choose(<i32>(ending == ELSEWHERE), BLOCKS + 5) : FULL;
  if (ending == FULL) count = fullBlock;
  else if (ending == ELSEWHERE) count = chooseNumber(count, BLOCK_TOKENS);
  else count = MOST_TOKENS;
  if (count > MOST_TOKENS) return -1;
  startCounting();
  startGuesses(from);
  let place = from;
  let i = 0;
  while (i < count) {
    if (place >= contentLength) {
      if (ending == WITH_CONTENT) break;
      return -1;
    }
    const coded = codeToken(place, token(i));
    if (coded < 0 || isTooMuch()) return -1;
    if (!decoding && codedEnd() > limit) return -1;
    setToken(i++, coded);
    countToken(coded);
    place += isLiteral(coded) ? 1 : matchLength(coded);
  }
  if (ending == WITH_CONTENT && place != contentLength) return -1;
  setTokenCount(i);
  return place;
}

/** Codes a token, an encoder's own; returns it, or −1 if it goes beyond the content. */
function codeToken(place: i32, value: i32): i32 {
  const guessed = guess(place);
  const passed = passedOver;
  const isMatch = <i32>(guessed != 0);
  // Of literals an encoder need not say which they are.
  const actual = isLiteral(value) ? 0 : value;
  const right = choose(<i32>(actual == guessed), TOKENS + (isMatch << 3) + recent);
  recent = ((recent << 1) | right) & 7;
  const coded = right ? guessed : codeUnexpected(place, actual, guessed, passed);
  const length = coded == 0 ? 1 : matchLength(coded);
  if (coded < 0 || place + length > contentLength) return -1;
  follow(place, length, right != 0);
  return coded == 0 ? load<u8>(content + place) : coded;
}

/** What a token is that was not guessed; 0: a literal, −1: nothing that can be. */
function codeUnexpected(place: i32, actual: i32, guessed: i32, passed: i32): i32 {
  const known = guessed != 0 ? guessed : passed;
  if (guessed != 0) {
    if (choose(<i32>(actual == 0), KINDS)) return 0;
  } else if (passed != 0) {
    if (choose(<i32>(actual == passed), KINDS + 1)) return passed;
  }
  if (known != 0) {
    const distance = matchDistance(known);
    const longest = matchLength(known);
    const isShorter = matchDistance(actual) == distance && matchLength(actual) < longest;
    if (choose(<i32>isShorter, KINDS + 2 + <i32>(guessed != 0))) {
      const less = chooseNumber(longest - matchLength(actual) - 1, SHORTENED) + 1;
      return longest - less < MIN_MATCH ? -1 : match(longest - less, distance);
    }
  }
  const length = chooseBits(matchLength(actual) - MIN_MATCH, 8, MATCH_LENGTHS) + MIN_MATCH;
  if (place + length > contentLength) return -1;
  let rank = isDecoding() ? 0 : rankOf(place, length, matchDistance(actual));
  if (choose(<i32>(rank >= 0), RANKED)) {
    rank = chooseNumber(rank, RANKS);
    const distance = distanceOf(place, length, rank);
    return distance == 0 ? -1 : match(length, distance);
  }
  const distance = chooseNumber(matchDistance(actual) - 1, DISTANCES) + 1;
  return distance > min(place, MAX_DISTANCE) ? -1 : match(length, distance);
}


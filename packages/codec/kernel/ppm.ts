/**
 * Codes a block by prediction by partial matching: decide, code, learn, in one loop with no boundary in it. The host feeds
 * it in slices and takes or gives the coded bytes between them, so that the coded block need not fit the kernel's memory.
 *
 * A symbol is coded by decisions:
 *
 * 1. where a match expects a byte that is not the first of the deepest context: is it that one?
 * 2. is it the first of the deepest context?
 * 3. is it none of its symbols? If it is one, which, by their frequencies.
 * 4. the same in the next shorter context with more symbols, without those that it is not, until it is found: the shortest
 *    context has them all.
 */
import {
  MAXIMUM_BYTES_PER_SYMBOL, consumeInterval, decodeRangeBit, decodeTarget, encodeInterval, encodeRangeBit,
  finishRangeEncoder, rangeCodedEnd, rangeDecodedEnd, rangeDecoderFault, rangeDecoderPosition, rangeFinalByte, rebaseRangeDecoder,
  rebaseRangeEncoder, startRangeDecoder, startRangeEncoder,
} from "../../entropy/kernel/range-coder";
import { allocate, resetMemory } from "../../predictors/kernel/memory";
import { STATE, countOf, frequencyOf, stateIfAny, statesOf, suffixOf, symbolOf, totalOf } from "../../predictors/kernel/ppm/contexts";
import {
  escapeProbability, firstProbability, learnEscape, learnFirst, learnMatch, lookAt, matchProbability, shorterEscapeProbability,
  startEstimation,
} from "../../predictors/kernel/ppm/estimation";
import { expectedByte, followMatch, startMatches } from "../../predictors/kernel/ppm/match";
import { MOST_ORDER, askShorter, deepestContext, follow, followSymbol, startTree } from "../../predictors/kernel/ppm/tree";

export { clearMemory } from "../../predictors/kernel/memory";
export { ESTIMATION_BYTES } from "../../predictors/kernel/ppm/estimation";
export { MATCH_BYTES } from "../../predictors/kernel/ppm/match";
export { LEAST_ARENA, MOST_ORDER } from "../../predictors/kernel/ppm/tree";

/** Bytes of content that are coded at a time. */
export const SLICE: i32 = 8192;
/** Room for the coded bytes of a byte: of the match, the first symbol, an escape in each context, and the symbol. */
export const ROOM_OF_BYTE: i32 = (MOST_ORDER + 3) * MAXIMUM_BYTES_PER_SYMBOL;
/** Room beside that. */
export const LEAST_ROOM: i32 = 64;

/** By symbol: in which search it was excluded last. */
const excluded = memory.data(256);
let search: i32 = 0;

let content: usize = 0;
let coded: usize = 0;
let room: usize = 0;
let done: i32 = 0;

/**
 * Starts a block and forgets the one before.
 *
 * @param length bytes of content, at least 1
 * @param order bytes of the longest context, 1 to MOST_ORDER
 * @param arena bytes of the tree's memory, at least LEAST_ARENA
 */
export function start(length: i32, order: i32, arena: i32): void {
  resetMemory();
  content = allocate(<usize>length + 16);
  room = min(length, SLICE) * ROOM_OF_BYTE + LEAST_ROOM;
  coded = allocate(room);
  startMatches(content, length);
  startEstimation();
  startTree(arena, order);
  memory.fill(excluded, 0, 256);
  search = 0;
  done = 0;
}

/** Address of the block's content: what is to be encoded is put here; what was decoded is found here. */
export function contentAddress(): usize {
  return content;
}

/** Bytes of content that encode and decode take at most. */
export function sliceLength(): i32 {
  return SLICE;
}

/** Address of the coded bytes of a slice. */
export function codedAddress(): usize {
  return coded;
}

/** Bytes that fit there. */
export function codedRoom(): usize {
  return room;
}

/** Codes a decision. @param bit only where it is encoded @returns it */
// @ts-ignore: decorator
@inline
function decide(decoding: bool, bit: i32, p16: i32): i32 {
  if (decoding) return decodeRangeBit(p16);
  encodeRangeBit(bit, p16);
  return bit;
}

// @ts-ignore: decorator
@inline
function isExcluded(state: usize, now: i32): bool {
  return <i32>load<u8>(excluded + <usize>symbolOf(state)) == now;
}

function exclude(state: usize, end: usize): void {
  const now = search;
  for (; state < end; state += STATE) store<u8>(excluded + <usize>symbolOf(state), now);
}

function startSearch(): void {
  search = (search + 1) & 0xff;
  if (search != 0) return;
  memory.fill(excluded, 0, 256);
  search = 1;
}

/**
 * Frequencies of the symbols of a context that are not excluded. Those that are tend to be frequent, and come early.
 *
 * @param known how many are excluded: the context has them all
 */
// @ts-ignore: decorator
@inline
function restOf(context: usize, known: i32): i32 {
  const now = search;
  let rest = totalOf(context);
  for (let state = statesOf(context); known > 0; state += STATE) {
    if (!isExcluded(state, now)) continue;
    rest -= frequencyOf(state);
    known--;
  }
  return rest;
}

/**
 * Codes which of a context's symbols it is, of those that are not excluded.
 *
 * @param state the context's first
 * @param found its state, where it is encoded
 * @param rest frequencies of all of them
 * @returns its state
 */
// @ts-ignore: decorator
@inline
function codeState(decoding: bool, state: usize, found: usize, rest: i32): usize {
  const now = search;
  let before = 0;
  if (decoding) {
    const target = <i32>decodeTarget(rest);
    for (; ; state += STATE) {
      if (isExcluded(state, now)) continue;
      const after = before + frequencyOf(state);
      if (after > target) break;
      before = after;
    }
    consumeInterval(before, frequencyOf(state), rest);
    return state;
  }
  for (; state < found; state += STATE) if (!isExcluded(state, now)) before += frequencyOf(state);
  encodeInterval(before, frequencyOf(found), rest);
  return found;
}

/** Codes the byte at `place`. */
// @ts-ignore: decorator
@inline
function codeByte(decoding: bool, place: usize): void {
  const symbol: i32 = decoding ? -1 : <i32>load<u8>(place);
  let context = deepestContext();
  if (lookAt(context)) {
    const byte = expectedByte();
    const came = decide(decoding, <i32>(byte == symbol), matchProbability());
    learnMatch(came);
    if (came) {
      if (decoding) store<u8>(place, byte);
      followSymbol(byte, place + 1);
      return;
    }
  }
  const first = statesOf(context);
  const isFirst = decide(decoding, <i32>(symbolOf(first) == symbol), firstProbability());
  learnFirst(isFirst);
  let state = first;
  if (!isFirst) {
    state = codeOther(decoding, context, symbol);
    context = foundIn;
  }
  if (decoding) store<u8>(place, symbolOf(state));
  follow(context, state, place + 1);
}

/** Where `codeOther` found its symbol. */
let foundIn: usize = 0;

/** Codes a symbol that is not the first of the deepest context. @returns its state, in `foundIn` */
// @ts-ignore: decorator
@inline
function codeOther(decoding: bool, context: usize, symbol: i32): usize {
  startSearch();
  let state = statesOf(context);
  exclude(state, state + STATE);
  let count = countOf(context);
  let known = 1;
  let isDeepest = true;
  for (;;) {
    if (count > known) {
      state = statesOf(context);
      const found = decoding ? 0 : stateIfAny(context, symbol);
      let rest = 0;
      let escapes = 0;
      if (isDeepest) rest = totalOf(context) - frequencyOf(state);
      else rest = restOf(context, known);
      if (count < 256) {
        const p = isDeepest ? escapeProbability(context, rest) : shorterEscapeProbability(context, count - known, rest);
        escapes = decide(decoding, <i32>(found == 0), p);
        learnEscape(escapes);
      }
      if (!escapes) {
        state = codeState(decoding, state, found, rest);
        break;
      }
      exclude(state, state + <usize>count * STATE);
      known = count;
    }
    isDeepest = false;
    context = suffixOf(context);
    askShorter();
    count = countOf(context);
  }
  foundIn = context;
  return state;
}

export function startEncoding(): void {
  startRangeEncoder(coded);
}

/** Codes the next `count` bytes of content, at most a slice; returns how many coded bytes wait at codedAddress. */
export function encode(count: i32): usize {
  rebaseRangeEncoder(coded);
  const end = done + count;
  for (; done < end; done++) {
    codeByte(false, content + done);
    followMatch(content + done);
  }
  return rangeCodedEnd() - coded;
}

/** Ends the coded bytes; returns how many wait at codedAddress. */
export function finishEncoding(): usize {
  rebaseRangeEncoder(coded);
  finishRangeEncoder();
  return rangeCodedEnd() - coded;
}

/** Starts to decode from the first `available` bytes at codedAddress; zeros are read behind them. */
export function startDecoding(available: usize): void {
  startRangeDecoder(coded, coded + available);
}

/** Goes on with `available` bytes at codedAddress: those that were not yet read, and more behind them. */
export function refill(available: usize): void {
  rebaseRangeDecoder(coded, coded + available);
}

/** Decodes the next `count` bytes, at most a slice; returns how many coded bytes were read since the last refill. */
export function decode(count: i32): usize {
  const end = done + count;
  for (; done < end; done++) {
    codeByte(true, content + done);
    followMatch(content + done);
  }
  return rangeDecoderPosition() - coded;
}

/** Coded bytes up to where they end if no symbol follows, since the last refill; may be below 0. */
export function codedLength(): i32 {
  return <i32>rangeDecodedEnd() - <i32>coded;
}

/** The last of the coded bytes, if no symbol follows; −1 if the encoder wrote none to end them. */
export function codedFinalByte(): i32 {
  return rangeFinalByte();
}

/** Where in the coded bytes, since the last refill, the stream led where no encoder's does; −1 if it did not. */
export function fault(): i32 {
  const address = rangeDecoderFault();
  return address == 0 ? -1 : <i32>address - <i32>coded;
}

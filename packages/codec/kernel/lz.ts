/** Codes a block by earlier content: the tokens that repeat it, and literals. */

import { allocate, resetMemory } from "../../predictors/kernel/memory";
import { finishRun, mostCoded, startCoder } from "./lz/coder";
import { modelSize, PAIR, ROUGH_PAIR, startModel } from "./lz/contexts";
import { decodedLength, decoderFault, decoderPosition, decodeRun, startDecoder } from "./lz/decoder";
import { finderSize, finderWork, startFinder } from "./lz/finder";
import { commonestDistance, parsedLength, parseNext, replay, startParser, startTrace } from "./lz/parser";

export { clearMemory } from "../../predictors/kernel/memory";

/** A run of tokens ends with the first that ends at a multiple of this many bytes, or beyond. */
const RUN: i32 = 1 << 16;
/** Before the content there are zeros, as far as literals are coded under them; behind it is room that copies may write to. */
const BEFORE: i32 = 256;
const BEHIND: i32 = 64;

/** Tokens cost at most three symbols a byte, but for one that goes beyond its run's end: then so many bytes' worth more. */
const LAST_TOKEN: i32 = 16;
/** Bytes for the parts of three symbols, and for the three coded. */
const PART_BYTES: i32 = 12;
const CODED_BYTES: i32 = 6;

let content: usize = 0;
let length: i32 = 0;
let coded: usize = 0;
/** Where the coded bytes of a run have room. */
let room: usize = 0;
/** Where models have room that tokens are coded under again. */
let trialModel: usize = 0;

function startBlock(
  contentLength: i32, sideOfTokens: i32, literalBits: i32, fastRate: i32, isAligned: i32, literalsBy: i32,
): void {
  resetMemory();
  length = contentLength;
  content = allocate(BEFORE + contentLength + BEHIND) + BEFORE;
  startModel(allocate(modelSize(literalsBy)), sideOfTokens, literalBits, fastRate, isAligned, literalsBy);
}

/** Address of the block's content: what is to be encoded is put here; what was decoded is found here. */
export function contentAddress(): usize {
  return content;
}

/** Address of the coded bytes: of a run, or of the whole block, which is put here. */
export function codedAddress(): usize {
  return coded;
}

/** Where a run that starts at `at` ends, unless its last token goes further. */
function endOfRun(at: i32): i32 {
  return min(length, (at & ~(RUN - 1)) + RUN);
}

/**
 * Starts to encode a block; its content is then put at contentAddress.
 *
 * @param sideOfTokens, literalBits, fastRate, isAligned, literalsBy of the model
 * @param tableBits log2 of the places that the finder keeps
 * @param places4, places8 of a row: powers of two, 2^tableBits at most; places8 may be 0
 * @param nice length of a match that is taken without looking further
 * @param shortest bytes of the shortest match that is looked for: 2 or 3
 */
export function startEncoding(
  contentLength: i32, sideOfTokens: i32, literalBits: i32, fastRate: i32, isAligned: i32, literalsBy: i32,
  tableBits: i32, places4: i32, places8: i32, nice: i32, shortest: i32,
): void {
  startBlock(contentLength, sideOfTokens, literalBits, fastRate, isAligned, literalsBy);
  startFinder(content, length, allocate(finderSize(tableBits, places4, places8)), tableBits, places4, places8, nice, shortest);
  startParser(content, length, nice);
  const most = min(length, RUN) + LAST_TOKEN;
  startCoder(allocate(most * PART_BYTES));
  room = allocate(most * CODED_BYTES);
}

/** Codes the next run; returns how many bytes lie at codedAddress, 0 behind the last run. */
export function encodeRun(): usize {
  if (parsedLength() == length) return 0;
  const end = endOfRun(parsedLength());
  while (parsedLength() < end) parseNext();
  const most = mostCoded();
  const count = finishRun(room);
  coded = room + most - count;
  return count;
}

/** Keeps the tokens of a block that is about to be encoded, of one run at most: {@link codedUnder} needs them. */
export function keepTokens(): void {
  startTrace(allocate(length * 8));
  trialModel = allocate(modelSize(PAIR));
}

/** How many bytes the tokens that were kept take under another model, after the block was encoded. */
export function codedUnder(sideOfTokens: i32, literalBits: i32, fastRate: i32, isAligned: i32, literalsBy: i32): usize {
  startModel(trialModel, sideOfTokens, literalBits, fastRate, isAligned, literalsBy);
  replay();
  return finishRun(room);
}

/** The distance from which most of the tokens that were kept copy, of those that literals may be coded under; or 0. */
export function commonestShortDistance(): i32 {
  return commonestDistance(ROUGH_PAIR);
}

/** Bytes of content that are coded so far. */
export function encodedLength(): i32 {
  return parsedLength();
}

/** Places and bytes that the encoder has looked at for matches, a measure of its time. */
export function work(): i64 {
  return finderWork();
}

/** Starts to decode a block; its `codedLength` bytes are then put at codedAddress. */
export function startDecoding(
  contentLength: i32, sideOfTokens: i32, literalBits: i32, fastRate: i32, isAligned: i32, literalsBy: i32,
  codedLength: i32,
): void {
  startBlock(contentLength, sideOfTokens, literalBits, fastRate, isAligned, literalsBy);
  coded = allocate(codedLength + BEHIND);
  startDecoder(content, length, coded, codedLength);
}

/** Decodes the next run; returns how many bytes of content there are now, which are less than expected after a fault. */
export function decodeNext(): i32 {
  decodeRun(endOfRun(decodedLength()));
  return decodedLength();
}

/** What is wrong with the coded bytes: one of the faults. */
export function fault(): i32 {
  return decoderFault();
}

/** How many coded bytes were read. */
export function codedLength(): i32 {
  return <i32>(decoderPosition() - coded);
}

export { PAIR, ROUGH_PAIR } from "./lz/contexts";
export { DISTANCE, LENGTH, NO_FAULT, STATES, TRUNCATED } from "./lz/decoder";

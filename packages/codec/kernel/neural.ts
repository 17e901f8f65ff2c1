/**
 * Codes a block by a network: predict, code or rank, learn, in one loop with no boundary in it. The host feeds it in
 * slices of symbols and takes or gives the coded bytes, or the ranks, between them.
 */

import {
  MAXIMUM_BYTES_PER_SYMBOL, consumeInterval, decodeTarget, encodeInterval, finishRangeEncoder, rangeCodedEnd,
  rangeDecodedEnd, rangeDecoderFault, rangeDecoderPosition, rangeFinalByte, rebaseRangeDecoder, rebaseRangeEncoder, startRangeDecoder,
  startRangeEncoder,
} from "../../entropy/kernel/range-coder";
import { learnSymbol, predictSymbol, startModel } from "../../predictors/kernel/neural/model";
import { TOTAL } from "../../predictors/kernel/neural/output";
import { rankOf, symbolOfRank } from "./neural-ranks";

export { allocate as reserve, clearMemory } from "../../predictors/kernel/memory";
export { setLearning } from "../../predictors/kernel/neural/model";
export { WEIGHTS, importParameters } from "../../predictors/kernel/neural/parameters";

/** Symbols of a slice at most. */
const SLICE: i32 = 4096;
const ROOM: i32 = SLICE * MAXIMUM_BYTES_PER_SYMBOL + 16;

const slice = memory.data(SLICE * 2, 16); // u16 [symbol]
const coded = memory.data(ROOM, 16);
let symbols: i32 = 0;

/** Starts a block and forgets the one before; `startModel` says what the sizes are. */
export function start(
  symbolCount: i32, hidden: i32, part: i32, layers: i32, context: i32, chunk: i32, orders: i32, tableBits: i32,
  rate: f32, leastRate: f32, decay: f32,
): void {
  symbols = symbolCount;
  startModel(symbolCount, hidden, part, layers, context, chunk, orders, tableBits, rate, leastRate, decay);
}

/** Address of a slice of symbols or of ranks, u16. */
export function sliceAddress(): usize {
  return slice;
}

/** Symbols of a slice at most. */
export function sliceLength(): i32 {
  return SLICE;
}

/** Address of the coded bytes of a slice. */
export function codedAddress(): usize {
  return coded;
}

/** Bytes that fit there. */
export function codedRoom(): i32 {
  return ROOM;
}

// @ts-ignore: decorator
@inline
function symbolAt(i: i32): i32 {
  return load<u16>(slice + (<usize>i << 1));
}

// @ts-ignore: decorator
@inline
function setSymbol(i: i32, symbol: i32): void {
  store<u16>(slice + (<usize>i << 1), symbol);
}

/** Replaces the `count` symbols of the slice by their ranks. */
export function toRanks(count: i32): void {
  for (let i: i32 = 0; i < count; i++) {
    const symbol = symbolAt(i);
    setSymbol(i, rankOf(predictSymbol(), symbols, symbol));
    learnSymbol(symbol);
  }
}

/** Replaces the `count` ranks of the slice, each below the number of symbols, by the symbols. */
export function fromRanks(count: i32): void {
  for (let i: i32 = 0; i < count; i++) {
    const symbol = symbolOfRank(predictSymbol(), symbols, symbolAt(i));
    setSymbol(i, symbol);
    learnSymbol(symbol);
  }
}

export function startEncoding(): void {
  startRangeEncoder(coded);
}

/** Codes the `count` symbols of the slice; returns how many coded bytes wait at codedAddress. */
export function encode(count: i32): usize {
  rebaseRangeEncoder(coded);
  for (let i: i32 = 0; i < count; i++) {
    const symbol = symbolAt(i);
    const shares = predictSymbol();
    const own = shares + (<usize>symbol << 2);
    let before: u32 = 0;
    for (let share = shares; share < own; share += 4) before += load<u32>(share);
    encodeInterval(before, load<u32>(own), TOTAL);
    learnSymbol(symbol);
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

/** Decodes `count` symbols into the slice; returns how many coded bytes were read since the last refill. */
export function decode(count: i32): usize {
  for (let i: i32 = 0; i < count; i++) {
    const shares = predictSymbol();
    const target = decodeTarget(TOTAL);
    let own = shares;
    let before: u32 = 0;
    while (before + load<u32>(own) <= target) {
      before += load<u32>(own);
      own += 4;
    }
    consumeInterval(before, load<u32>(own), TOTAL);
    const symbol = <i32>((own - shares) >> 2);
    setSymbol(i, symbol);
    learnSymbol(symbol);
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

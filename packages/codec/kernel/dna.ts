/**
 * Codes a run of bases: predict, code, learn, in one loop with no boundary in it. The host feeds it in slices and
 * takes or gives the coded bytes between them, so that neither need fit the kernel's memory.
 */

import {
  codedEnd, decodeBit, decodedEnd, decoderPosition, encodeBit, finishEncoder, rebase, rebaseDecoder, startDecoder,
  startEncoder,
} from "../../entropy/kernel/binary-coder";
import { learnNode, nextBase, predictNode, startModel } from "../../predictors/kernel/dna/model";

/** Bases of a slice, one a byte. */
const SLICE: i32 = 16384;
/** Room for coded bytes: a decision costs 16 bits at the most, so a base four bytes. */
const ROOM: i32 = SLICE * 4 + 64;

const bases = memory.data(SLICE, 64);
const coded = memory.data(ROOM, 64);

/**
 * Starts a run and forgets the one before.
 *
 * @param length bases, at least 1
 * @param tableBits log2 of the contexts that one table holds
 */
export function start(length: i32, tableBits: i32): void {
  startModel(length, tableBits);
}

/** Address of a slice of bases: what is to be encoded is put here; what was decoded is found here. */
export function basesAddress(): usize {
  return bases;
}

/** Bases of a slice. */
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

export function startEncoding(): void {
  startEncoder(coded);
}

/** Codes the `count` bases at basesAddress; returns how many coded bytes wait at codedAddress. */
export function encode(count: i32): usize {
  rebase(coded);
  for (let i = 0; i < count; i++) {
    const base: i32 = load<u8>(bases + i);
    const high = base >> 1;
    encodeBit(high, predictNode(0));
    learnNode(0, high);
    encodeBit(base & 1, predictNode(1 + high));
    learnNode(1 + high, base & 1);
    nextBase(base);
  }
  return codedEnd() - coded;
}

/** Ends the coded bytes; returns how many wait at codedAddress. */
export function finishEncoding(): usize {
  rebase(coded);
  finishEncoder();
  return codedEnd() - coded;
}

/** Starts to decode from the first `available` bytes at codedAddress; zeros are read behind them. */
export function startDecoding(available: usize): void {
  startDecoder(coded, coded + available);
}

/** Goes on with `available` bytes at codedAddress: those that were not yet read, and more behind them. */
export function refill(available: usize): void {
  rebaseDecoder(coded, coded + available);
}

/** Decodes `count` bases, at most a slice; returns how many coded bytes were read since the last refill. */
export function decode(count: i32): usize {
  for (let i = 0; i < count; i++) {
    const high = decodeBit(predictNode(0));
    learnNode(0, high);
    const low = decodeBit(predictNode(1 + high));
    learnNode(1 + high, low);
    const base = (high << 1) | low;
    store<u8>(bases + i, base);
    nextBase(base);
  }
  return decoderPosition() - coded;
}

/** Coded bytes up to where they end if no base follows, since the last refill; may be below 0. */
export function codedLength(): i32 {
  return <i32>decodedEnd() - <i32>coded;
}

/**
 * Codes a run of bases: predict, code, learn, in one loop with no boundary in it. The host feeds it in slices and
 * takes or gives the coded bytes between them, so that neither need fit the kernel's memory.
 */

import { decodeBit, encodeBit } from "../../entropy/kernel/binary-coder";
import { learnNode, nextBase, predictNode, startModel } from "../../predictors/kernel/dna/model";
import { setCoded, sliceRead, sliceWritten, startSlice } from "../../entropy/kernel/coded-bits";

export {
  codedAddress, codedFinalByte, codedLength, finishEncoding, refill, startDecoding, startEncoding,
} from "../../entropy/kernel/coded-bits";
export { clearMemory } from "../../predictors/kernel/memory";

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
  setCoded(coded);
}

/** Address of a slice of bases: what is to be encoded is put here; what was decoded is found here. */
export function basesAddress(): usize {
  return bases;
}

/** Bases of a slice. */
export function sliceLength(): i32 {
  return SLICE;
}

/** Bytes that fit at codedAddress. */
export function codedRoom(): i32 {
  return ROOM;
}

/** Codes the `count` bases at basesAddress; returns how many coded bytes wait at codedAddress. */
export function encode(count: i32): usize {
  startSlice();
  for (let i = 0; i < count; i++) {
    const base: i32 = load<u8>(bases + i);
    const high = base >> 1;
    encodeBit(high, predictNode(0));
    learnNode(0, high);
    encodeBit(base & 1, predictNode(1 + high));
    learnNode(1 + high, base & 1);
    nextBase(base);
  }
  return sliceWritten();
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
  return sliceRead();
}

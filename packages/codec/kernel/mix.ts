/**
 * Codes a block by context mixing: predict, code, learn, in one loop with no boundary in it. The host feeds it in
 * slices and takes or gives the coded bytes between them, so that the coded block need not fit the kernel's memory.
 */

import {
  codedEnd, decodeBit, decodedEnd, decoderPosition, encodeBit, finishEncoder, rebase, rebaseDecoder, startDecoder, startEncoder,
} from "../../entropy/kernel/binary-coder";
import { allocate } from "../../predictors/kernel/memory";
import { buffer, learnBit, predictBit, startModel } from "../../predictors/kernel/mix/model";

/** Bytes of content that are coded at a time. */
const SLICE: i32 = 16384;
/** Room for their coded bytes: a bit costs 16 at the most, so a byte 16. */
const ROOM: usize = SLICE * 16 + 64;

let coded: usize = 0;
let done: i32 = 0;

/**
 * Starts a block.
 *
 * @param length bytes of content
 * @param tableBits log2 bytes of one context's table
 * @param flags see the model
 */
export function start(length: i32, tableBits: i32, flags: i32): void {
  startModel(length, tableBits, flags);
  coded = allocate(ROOM);
  done = 0;
}

/** Address of the block's content: what is to be encoded is put here; what was decoded is found here. */
export function contentAddress(): usize {
  return buffer;
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
  return ROOM;
}

export function startEncoding(): void {
  startEncoder(coded);
}

/** Codes the next `count` bytes of content, at most SLICE; returns how many coded bytes wait at codedAddress. */
export function encode(count: i32): usize {
  rebase(coded);
  const end = done + count;
  for (; done < end; done++) {
    const byte: i32 = load<u8>(buffer + done);
    for (let i = 7; i >= 0; i--) {
      const bit = (byte >> i) & 1;
      encodeBit(bit, predictBit());
      learnBit(bit);
    }
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

/** Decodes the next `count` bytes, at most SLICE; returns how many coded bytes were read since the last refill. */
export function decode(count: i32): usize {
  const end = done + count;
  for (; done < end; done++) {
    let byte = 1;
    while (byte < 256) {
      const bit = decodeBit(predictBit());
      learnBit(bit);
      byte = (byte << 1) | bit;
    }
  }
  return decoderPosition() - coded;
}

/**
 * After the last byte: where the coded bytes ended, counted from codedAddress as of the last refill, exactly where the
 * encoder stopped. Beyond what was available, the data is truncated; before it, something follows.
 */
export function codedLength(): usize {
  return decodedEnd() - coded;
}

export { networkAddress, networkLength, takeNetwork } from "../../predictors/kernel/mix/model";

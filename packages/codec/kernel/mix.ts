/**
 * Codes a block by context mixing: predict, code, learn, in one loop with no boundary in it. The host feeds it in
 * slices and takes or gives the coded bytes between them, so that the coded block need not fit the kernel's memory.
 */

import { decodeBit, encodeBit } from "../../entropy/kernel/binary-coder";
import { allocate } from "../../predictors/kernel/memory";
import {
  buffer, GIVEN_BYTES, learnBit, predictAhead, predictBit, startModel, startNetworkAlone,
} from "../../predictors/kernel/mix/model";
import { setCoded, sliceRead, sliceWritten, startSlice } from "../../entropy/kernel/coded-bits";

export {
  codedAddress, codedFinalByte, codedLength, finishEncoding, refill, startDecoding, startEncoding,
} from "../../entropy/kernel/coded-bits";
export { clearMemory } from "../../predictors/kernel/memory";

/** Bytes of content that are coded at a time. */
const SLICE: i32 = 16384;
/** Room for their coded bytes: a bit costs 16 at the most, so a byte 16. */
const ROOM: usize = SLICE * 16 + 64;

let done: i32 = 0;

/** Of a network alone: a slice of bytes, and what it predicted of them. */
let ahead: usize = 0;

/**
 * Starts a block.
 *
 * @param length bytes of content
 * @param tableBits log2 bytes of one context's table
 * @param flags see the model
 */
export function start(length: i32, tableBits: i32, flags: i32): void {
  startModel(length, tableBits, flags, SLICE);
  setCoded(allocate(ROOM));
  done = 0;
}

/** Starts a block of which another thread codes all but the network; trained weights may follow, as after start. */
export function startAhead(): void {
  if (LSTM_LAYERS == 0) return;
  startNetworkAlone();
  ahead = allocate(<usize>SLICE * (1 + GIVEN_BYTES));
}

/** Address of a slice of content for the network alone; what it predicted of it, u16 [byte][bit], lies sliceLength behind. */
export function aheadAddress(): usize {
  return ahead;
}

/** The network alone learns the next `count` bytes, at most SLICE. */
export function runAhead(count: i32): void {
  if (LSTM_LAYERS > 0) predictAhead(ahead, count, ahead + SLICE);
}

/** Address of the block's content: what is to be encoded is put here; what was decoded is found here. */
export function contentAddress(): usize {
  return buffer;
}

/** Bytes of content that encode and decode take at most. */
export function sliceLength(): i32 {
  return SLICE;
}

/** Bytes that fit at codedAddress. */
export function codedRoom(): usize {
  return ROOM;
}

/** Codes the next `count` bytes of content, at most SLICE; returns how many coded bytes wait at codedAddress. */
export function encode(count: i32): usize {
  startSlice();
  const end = done + count;
  for (; done < end; done++) {
    const byte: i32 = load<u8>(buffer + done);
    for (let i = 7; i >= 0; i--) {
      const bit = (byte >> i) & 1;
      encodeBit(bit, predictBit());
      learnBit(bit);
    }
  }
  return sliceWritten();
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
  return sliceRead();
}

export {
  DICTIONARY, LEAST_TABLE_BITS, MOST_TABLE_BITS, NETWORK_GIVEN, X86_64, givenAddress, networkAddress, networkLength, takeNetwork,
} from "../../predictors/kernel/mix/model";

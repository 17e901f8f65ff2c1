/**
 * Codes the coefficients of a JPEG: predict, code, learn, in one loop with no boundary in it. The host puts the
 * coefficients into the kernel's memory or takes them from it, and feeds it in slices, between which it takes or gives the
 * coded bytes.
 */

import { decodeBit, encodeBit } from "../../entropy/kernel/binary-coder";
import { allocate } from "../../predictors/kernel/memory";
import { setCoded, sliceRead, sliceWritten, startSlice } from "../../entropy/kernel/coded-bits";
import {
  coefficientOf, endBlock, enterCoefficient, enterCount, enterDecision, enterMean, learn, predict, resetModel,
  setCoefficient, setCount, setSign, startBlock, startModel, NODE_BITS, NODE_NEGATIVE, NODE_NONZERO, NODE_SIZE,
} from "../../predictors/kernel/jpeg/model";

export {
  codedAddress, codedFinalByte, codedLength, finishEncoding, refill, startDecoding, startEncoding,
} from "../../entropy/kernel/coded-bits";
export { clearMemory } from "../../predictors/kernel/memory";
export { addPlane, quantisationAddress } from "../../predictors/kernel/jpeg/model";

/** Blocks of a slice. */
const SLICE: i32 = 64;
/** Room for their coded bytes: 64 numbers a block, of 34 decisions, each of 16 bits at the most. */
const ROOM: usize = SLICE * 64 * 34 * 2 + 64;
/** Bits below the leading one of the largest number. */
const MOST_SIZE: i32 = 16;

let decoding: bool = false;

/** Forgets the picture before; `addPlane` follows for each component, and then `start`. */
export function reset(): void {
  resetModel();
}

/** The picture is there. @param tableBits log2 of the slots of one context */
export function start(tableBits: i32): void {
  startModel(tableBits);
  setCoded(allocate(ROOM));
}

/** Blocks that encode and decode take at most. */
export function sliceLength(): i32 {
  return SLICE;
}

/** Bytes that fit at codedAddress. */
export function codedRoom(): usize {
  return ROOM;
}

/** Codes a bit; returns it. Where it is decoded, `bit` is not looked at. */
function code(bit: i32, node: i32, threshold: i32): i32 {
  enterDecision(node, threshold);
  const p = predict(node);
  let coded = bit;
  if (decoding) coded = decodeBit(p);
  else encodeBit(bit, p);
  learn(coded);
  return coded;
}

/** Codes a number of 0 … 63 in two halves of three bits. */
function codeCount(value: i32): i32 {
  let result = 0;
  for (let half = 0; half < 2; half++) {
    enterCount(half == 0 ? -1 : result);
    let node = 1;
    for (let shift = 2; shift >= 0; shift--) {
      node = (node << 1) | code((value >> (shift + 3 - 3 * half)) & 1, node, 0);
    }
    result = (result << 3) | (node & 7);
  }
  return result;
}

/** Codes a number whose contexts are entered. @param isSomething it is known not to be zero */
function codeNumber(value: i32, isSomething: bool): i32 {
  if (!isSomething && code(<i32>(value != 0), NODE_NONZERO, 0) == 0) return 0;
  const negative = code(<i32>(value < 0), NODE_NEGATIVE, 0);
  setSign(negative ? -1 : 1);
  const magnitude = abs(value);
  let size = 0;
  while (size < MOST_SIZE && code(<i32>(magnitude >> (size + 1) > 0), NODE_SIZE + min(8, size), 2 << size)) size++;
  let result = 1;
  for (let below = size - 1; below >= 0; below--) {
    const depth = size - 1 - below;
    const node = NODE_BITS + (depth == 0 ? min(2, size - 1) : depth == 1 && size == 2 ? 3 : 4);
    result = (result << 1) | code((magnitude >> below) & 1, node, ((result << 1) | 1) << below);
  }
  return negative ? -result : result;
}

function codeBlock(): void {
  startBlock();
  let left = 0;
  if (!decoding) for (let z = 1; z < 64; z++) left += <i32>(coefficientOf(z) != 0);
  left = codeCount(left);
  setCount(left);
  for (let z = 1; left > 0; z++) {
    enterCoefficient(z, left);
    const value = codeNumber(coefficientOf(z), left == 64 - z);
    setCoefficient(z, value);
    if (value != 0) left--;
  }
  const mean = enterMean();
  const value = codeNumber(coefficientOf(0) - mean, false) + mean;
  endBlock(value);
}

/** Codes the next `count` blocks; returns how many coded bytes wait at codedAddress. */
export function encode(count: i32): usize {
  decoding = false;
  startSlice();
  for (let i = 0; i < count; i++) codeBlock();
  return sliceWritten();
}

/** Decodes the next `count` blocks, at most a slice; returns how many coded bytes were read since the last refill. */
export function decode(count: i32): usize {
  decoding = true;
  for (let i = 0; i < count; i++) codeBlock();
  return sliceRead();
}

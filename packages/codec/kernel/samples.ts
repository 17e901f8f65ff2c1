/**
 * Codes samples of pictures and sound: expect, predict, code, learn, in one loop with no boundary in it. The host feeds it in
 * slices, and takes or gives the coded bytes between them.
 */

import { decodeBit, encodeBit } from "../../entropy/kernel/binary-coder";
import { setCoded, sliceRead, sliceWritten, startSlice } from "../../entropy/kernel/coded-bits";
import { allocate } from "../../predictors/kernel/memory";
import {
  enterDecision, enterStage, expect, expected, findMatch, learn, learnExpectation, learnMatch, learnRecall, predict, push, recall, setSign, startModel,
  startResidual, NODE_NEGATIVE, NODE_NONZERO, NODE_SIZE,
} from "../../predictors/kernel/samples/model";

export {
  codedAddress, codedFinalByte, codedLength, finishEncoding, refill, startDecoding, startEncoding,
} from "../../entropy/kernel/coded-bits";
export { clearMemory } from "../../predictors/kernel/memory";

/** Samples that are coded at a time, at most, and the bytes of the largest. */
const SLICE: i32 = 4096;
const MOST_BYTES: i32 = 3;
/** Room for their coded bytes: a sample has up to 50 decisions of 16 bits at the most. */
const ROOM: usize = SLICE * 100 + 64;
/** Bits that are looked at in one slot. */
const TREE: i32 = 4;

let decoding: bool = false;
let content: usize = 0;
let sampleBytes: i32 = 0;
let bits: i32 = 0;
let isBig: bool = false;
let isSigned: bool = false;

/**
 * Starts on content.
 *
 * @param bytes of a sample, 1 … 3
 * @param big the highest byte comes first
 * @param withSign samples are two's complement
 * @param channels samples of a pixel or a moment
 * @param row samples of a row, 0 for sound
 * @param tableBits log2 of the slots of one context
 * @param samples of all content
 */
export function start(bytes: i32, big: bool, withSign: bool, channels: i32, row: i32, tableBits: i32, samples: i32): void {
  sampleBytes = bytes;
  bits = 8 * bytes;
  isBig = big;
  isSigned = withSign;
  startModel(channels, row, bits, withSign, tableBits, samples);
  content = allocate(SLICE * MOST_BYTES);
  setCoded(allocate(ROOM));
}

/** Address of a slice of content. */
export function contentAddress(): usize {
  return content;
}

export function sliceLength(): i32 {
  return SLICE;
}

/** Bytes that fit at codedAddress. */
export function codedRoom(): usize {
  return ROOM;
}

/** Codes a bit; returns it. Where it is decoded, `bit` is not looked at. */
function code(bit: i32, stage: i32, node: i32): i32 {
  enterDecision(stage, node);
  const p = predict(node);
  let coded = bit;
  if (decoding) coded = decodeBit(p);
  else encodeBit(bit, p);
  learn(coded);
  return coded;
}

/** Codes a residual. */
function codeResidual(value: i32): i32 {
  startResidual();
  if (code(<i32>(value != 0), 0, NODE_NONZERO) == 0) return 0;
  const negative = code(<i32>(value < 0), 0, NODE_NEGATIVE);
  setSign(negative ? -1 : 1);
  const magnitude = abs(value);
  let size = 0;
  while (size < bits && code(<i32>(magnitude >> (size + 1) > 0), 0, NODE_SIZE + min(13, size)) == 1) size++;
  let result = 1;
  for (let below = size; below > 0;) {
    const stage = below == size ? 1 : 2;
    enterStage(stage == 1 ? (size << 1) | negative : (result << 6) | (size << 1) | negative);
    let node = 1;
    for (let i = 0; i < TREE && below > 0; i++) {
      below--;
      const bit = code((magnitude >> below) & 1, stage, node);
      node = (node << 1) | bit;
      result = (result << 1) | bit;
    }
  }
  return negative ? -result : result;
}

/** The value that is the same in a sample's bits: residuals go round. */
// @ts-ignore: decorator
@inline
function wrapped(value: i32): i32 {
  const shift = 32 - bits;
  return isSigned ? (value << shift) >> shift : <i32>(<u32>(value << shift) >>> shift);
}

// @ts-ignore: decorator
@inline
function sampleAt(at: usize): i32 {
  let value = 0;
  for (let i = 0; i < sampleBytes; i++) {
    value |= <i32>load<u8>(at + i) << (isBig ? 8 * (sampleBytes - 1 - i) : 8 * i);
  }
  return wrapped(value);
}

// @ts-ignore: decorator
@inline
function putSample(at: usize, value: i32): void {
  for (let i = 0; i < sampleBytes; i++) {
    store<u8>(at + i, <u8>(value >> (isBig ? 8 * (sampleBytes - 1 - i) : 8 * i)));
  }
}

function codeSamples(count: i32): void {
  const shift = 32 - bits;
  const end = content + <usize>(count * sampleBytes);
  for (let at = content; at < end; at += sampleBytes) {
    findMatch();
    expect();
    recall();
    const residual = decoding ? 0 : ((sampleAt(at) - expected) << shift) >> shift;
    const coded = codeResidual(residual);
    const value = wrapped(expected + coded);
    if (decoding) putSample(at, value);
    learnExpectation(value);
    learnMatch(value);
    learnRecall(value);
    push(value, coded);
  }
}

/** Codes `count` samples, at most a slice; returns how many coded bytes wait at codedAddress. */
export function encode(count: i32): usize {
  decoding = false;
  startSlice();
  codeSamples(count);
  return sliceWritten();
}

/** Decodes `count` samples, at most a slice; returns how many coded bytes were read since the last refill. */
export function decode(count: i32): usize {
  decoding = true;
  codeSamples(count);
  return sliceRead();
}

/**
 * Codes messages by context mixing, byte by byte: the host looks at the interval after each, to see whether the message
 * may end there. Before them the model learns a prior; the host keeps memory and globals as they are then.
 */

import { allocate } from "../../predictors/kernel/memory";
import { buffer, position } from "../../predictors/kernel/mix/bytes";
import { mark as markModel, undo as undoModel } from "../../predictors/kernel/mix/journal";
import { INPUT_BYTES } from "../../predictors/kernel/mix/inputs";
import { VECTORS, weightsAddress } from "../../predictors/kernel/mix/mixer";
import { learnBit, predictBit, selectSlots, startModel } from "../../predictors/kernel/mix/model";
import { prime as primeModel } from "./prime";
import { learnByNetwork, noteChance, predictByNetwork, startNetwork } from "./network";
import { high, low, narrow, narrowToNumber, rewind, startInterval, startNumber } from "./interval";

export { modelEnd, unmark } from "../../predictors/kernel/mix/journal";
export { agreedAddress, agreedLength, startInterval } from "./interval";
export { expectedAddress, leaveNetwork, networkAddress, networkLength, takeNetwork } from "./network";
export { histories, historyMapsAddress, setLearntBits, takeParameters, weightBytes } from "./parameters";
export { weightsAddress };

/** Bytes of a number that wait for the decoder, at most. */
const NUMBER_ROOM: i32 = 1 << 20;
let number: usize = 0;
/** Bytes that priming goes by: the number may wait meanwhile. */
const PRIMING_ROOM: i32 = 1 << 19;
let priming: usize = 0;

/**
 * Starts the model.
 *
 * @param capacity bytes that will be learnt and coded, at most
 * @param tableBits log2 bytes of one context's table
 * @param flags see the model
 */
export function start(capacity: i32, tableBits: i32, flags: i32): void {
  startModel(capacity, tableBits, flags);
  startNetwork();
  number = allocate(<usize>NUMBER_ROOM);
  priming = allocate(<usize>PRIMING_ROOM);
}

/** Where the bytes of the number go that is to be decoded. */
export function numberAddress(): usize {
  return number;
}

/** Bytes that fit there. */
export function numberRoom(): i32 {
  return NUMBER_ROOM;
}

/** Starts to decode the number of `length` bytes that lies at numberAddress; zeros follow it. */
export function startDecoding(length: i32): void {
  startNumber(number, number + <usize>length);
}

/** Probability of a one, 1 … 65535 of 65536. */
// @ts-ignore: decorator
@inline
function predict(): i32 {
  predictByNetwork();
  const chance = predictBit();
  noteChance(chance);
  return chance;
}

// @ts-ignore: decorator
@inline
function update(bit: i32): void {
  learnBit(bit);
  learnByNetwork(bit);
}

/** Where the bytes go that {@link learn} is to learn. */
export function nextAddress(): usize {
  return buffer + position;
}

/** Learns the next `count` bytes, without coding them. */
export function learn(count: i32): void {
  for (let i = 0; i < count; i++) {
    const byte: i32 = load<u8>(buffer + position);
    for (let bit = 7; bit >= 0; bit--) {
      predict();
      update((byte >> bit) & 1);
    }
  }
}

/** Learns the next `count` bytes as {@link learn} does, but for what only predictions teach; several times as fast. */
export function prime(count: i32): void {
  primeModel(count, priming, PRIMING_ROOM);
}

/**
 * As {@link prime}, twice as fast, before anything was predicted or taken: the mixer's weights, all zero then, are room for
 * hashes, and are zero again when it returns.
 */
export function primeFirst(count: i32): void {
  const bytes: i32 = SETS * VECTORS * INPUT_BYTES;
  primeModel(count, weightsAddress(), bytes);
  memory.fill(weightsAddress(), 0, bytes);
}

/** From now on, at the start of a byte, {@link undo} goes back to here. */
export function mark(): void {
  markModel();
  selectSlots(0);
}

/** Goes back, but for variables of modules, which the host puts back before or after. */
export function undo(): void {
  undoModel();
  // These slots were found before, and are written to next.
  selectSlots(0);
}

/** Codes a byte; what the interval's ends agree on since then is at agreedAddress. */
export function encodeByte(byte: i32): void {
  rewind();
  for (let i = 7; i >= 0; i--) {
    const bit = (byte >> i) & 1;
    narrow(bit, predict());
    update(bit);
  }
}

/** Decodes a byte, as {@link encodeByte}. */
export function decodeByte(): i32 {
  rewind();
  let byte = 1;
  while (byte < 256) {
    const bit = narrowToNumber(predict());
    update(bit);
    byte = (byte << 1) | bit;
  }
  return byte & 255;
}

export function lowEnd(): u32 {
  return low;
}

export function highEnd(): u32 {
  return high;
}

export { DICTIONARY, LEAST_TABLE_BITS, MOST_TABLE_BITS, X86_64 } from "../../predictors/kernel/mix/model";

/** Trains the network by itself, for weights to start from; `packages/codec/scripts/train-mix-network.mjs` runs it. */

import { allocate, resetMemory } from "../memory";
import { learnSymbol, predictSymbol, startNetwork, startRates } from "./lstm";

/** Bytes that are learnt at a time. */
const SEGMENT: i32 = 32768;

let text: usize = 0;
let chances: usize = 0;

export function start(): void {
  resetMemory();
  startNetwork();
  text = allocate(SEGMENT);
  chances = allocate(SEGMENT * 4);
}

export function segmentLength(): i32 {
  return SEGMENT;
}

/** Address of the bytes to learn. */
export function textAddress(): usize {
  return text;
}

/** Address of the probability that each of them had, f32. */
export function chancesAddress(): usize {
  return chances;
}

/** Learns `count` bytes, at most SEGMENT, at one rate. */
export function train(count: i32, rate: f32): void {
  startRates(rate, 1);
  for (let i: i32 = 0; i < count; i++) {
    const byte: i32 = load<u8>(text + i);
    store<f32>(chances + (<usize>i << 2), load<f32>(predictSymbol() + (<usize>byte << 2)));
    learnSymbol(byte);
  }
}

export { PARTS, partAddress, partColumns, partRows } from "./lstm";

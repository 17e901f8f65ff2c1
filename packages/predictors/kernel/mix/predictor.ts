/**
 * A context-mixing model as a predictor of bytes: the probabilities of all 256, then the byte that came. Costs 255
 * predictions of a bit where coding costs eight; for coding, use the bits.
 */

import { allocate } from "../memory";
import { lookAhead } from "./bytes";
import { learnBit, peekSlots, predictBit, selectSlots, startModel } from "./model";

/** What the probabilities sum to: 2^22, as every predictor's. */
const TOTAL: i32 = 1 << 22;

let probabilities: usize = 0;
const shares = memory.data(512 * 4, 64); // i32 [node]: what its leaves' probabilities sum to

/** Starts afresh; parameters as of the model. */
export function start(length: i32, tableBits: i32, flags: i32): void {
  startModel(length, tableBits, flags);
  probabilities = allocate(256 * 4);
}

/** Address of the 256 probabilities, u32 each. */
export function probabilitiesAddress(): usize {
  return probabilities;
}

/** Divides a node's share between its children, each leaf below getting at least 1. */
function divide(node: i32, leaves: i32): void {
  const share = load<i32>(shares + (node << 2));
  const ones = leaves / 2 + <i32>((<u64>(share - leaves) * <u64>predictBit()) >> 16);
  store<i32>(shares + (node << 3), share - ones);
  store<i32>(shares + (node << 3) + 4, ones);
}

/** Writes the probabilities of the next byte. Changes nothing that a second call, or learning, would notice. */
export function predict(): void {
  store<i32>(shares + 4, TOTAL);
  for (let node = 1; node < 256; node++) {
    const depth = 31 - clz<i32>(node);
    if (depth >= 4) peekSlots(node >> (depth - 4));
    lookAhead(node, depth);
    divide(node, 256 >> depth);
  }
  lookAhead(1, 0);
  selectSlots(0);
  memory.copy(probabilities, shares + 256 * 4, 256 * 4);
}

/** Learns the byte that came. */
export function update(byte: i32): void {
  for (let i = 7; i >= 0; i--) {
    predictBit();
    learnBit((byte >> i) & 1);
  }
}

export {
  DICTIONARY, LEAST_TABLE_BITS, MOST_TABLE_BITS, X86_64, networkAddress, networkLength, takeNetwork,
} from "./model";

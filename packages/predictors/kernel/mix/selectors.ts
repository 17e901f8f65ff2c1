/**
 * Weight selectors: each weight set of the mixer has up to 2048 weight vectors and picks one by what its selector
 * says, so that the weights fit the situation.
 */

import { hash } from "../hash";
import { bitIndex, last4, last8, partial, position } from "./bytes";
import {
  above, classes, column, lineFirst, openBracket,
} from "./contexts/layout";
import { previousLength, punctuation, suffix0, word0, wordLength } from "./contexts/words";
import { displacementLeft, immediateLeft, modrm, opcode, opcodes, x86State } from "./contexts/x86";
import { expectedBit, expectedByte, matchState } from "./match";

/** Weight vectors a set. */
export const VECTORS: i32 = 2048;

/** Vector that set `n` picks; `seen`, `sure`: contexts that were seen before, and whose runs all agree. */
// @ts-ignore: decorator
@inline
export function select(n: i32, seen: i32, sure: i32): i32 {
  if (n == 0) return (matchState << 5) + (seen * 31) / CONTEXTS;
  if (n == 1) return partial | (expectedBit << 8);
  if (n == 2) return last4 & 255;
  if (n == 3) return (bitIndex << 8) | ((last4 >> 8) & 255);
  if (n == 5) return expectedByte;
  if (n == 8) return (bitIndex << 6) | ((sure * 63) / CONTEXTS);
  if (n == 14) return hash(last4 & 0xffff, 77) & (VECTORS - 1);
  return TEXT ? selectForText(n) : selectForBinary(n);
}

// @ts-ignore: decorator
@inline
function selectForText(n: i32): i32 {
  if (n == 4) return (bitIndex << 7) | (<i32>(word0 != 0) << 6) | (last4 & 63);
  if (n == 6) return (bitIndex << 8) | (classes & 63) | ((punctuation & 3) << 6);
  if (n == 7) return (min(wordLength, 15) << 7) | (min(previousLength, 7) << 4) | (openBracket & 15);
  if (n == 9) return (min(column, 31) << 3) | bitIndex | ((lineFirst & 7) << 8);
  if (n == 10) return (above << 3) | bitIndex;
  if (n == 11) return classes & (VECTORS - 1);
  if (n == 12) return (suffix0 & 0x3ff) | (wordLength > 1 ? 1024 : 0);
  return (partial << 3) | min(wordLength, 7);
}

// @ts-ignore: decorator
@inline
function selectForBinary(n: i32): i32 {
  if (n == 4) return opcode;
  if (n == 6) return (bitIndex << 6) | (x86State << 3) | (min(immediateLeft, 3) << 1) | <i32>(displacementLeft > 0);
  if (n == 7) return (last4 >> 16) & 255;
  if (n == 9) return ((position & 3) << 8) | modrm;
  if (n == 10) return ((last4 >>> 24) << 3) | bitIndex;
  if (n == 11) return (last4 & 0x1f) | ((last4 >> 3) & 0x3e0);
  if (n == 12) return ((last8 & 255) << 3) | bitIndex;
  return ((opcodes & 255) << 3) | x86State;
}

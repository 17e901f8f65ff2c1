/**
 * A context-mixing model: predicts one bit at a time. For each bit: every part writes its inputs, the mixer weighs
 * them, adaptive probability maps correct the mix; then the bit comes, and every part learns it.
 *
 *   startModel(length, tableBits, flags)   once a block
 *   predictBit() → 16-bit probability of a one, then learnBit(bit)   eight times a byte, the highest bit first
 */

import { hash } from "../hash";
import { initHistories } from "../history";
import { initMath, squash } from "../math";
import { allocate, resetMemory } from "../memory";
import { initStateMaps } from "../state-map";
import { ROW, enterApms, initApms, learnApm, refine } from "./apm";
import { bitIndex, last4, partial, pushBit, pushByte, startBytes } from "./bytes";
import { GROUPS, GROUP_BYTES } from "./config";
import { updateBinaryContexts } from "./contexts/binary";
import { startIndirect } from "./contexts/indirect";
import { startLayout } from "./contexts/layout";
import { startRecords } from "./contexts/records";
import { updateTextContexts } from "./contexts/text";
import { startWords, word0 } from "./contexts/words";
import { instruction, startX86 } from "./contexts/x86";
import { learnDirect, predictDirect, startDirect } from "./direct";
import { learnHistories, learnRuns, predictHistories, readRuns, seen, startHistories, sum, sure } from "./histories";
import { expectedByte, learnMatches, matchState, predictMatches, startMatches, updateMatches } from "./match";
import { inputs, learnMix, mix, startMixer } from "./mixer";
import { learnByte, networkWeight, predictNetwork, startNetworkInputs } from "./network";
import { peekSlots, selectSlots, startSlots } from "./slots";

/** Flags of a block: text went through the word dictionary; machine code is for 64-bit mode. */
const DICTIONARY: i32 = 1;
const X86_64: i32 = 2;

/** Inputs behind those of the contexts. */
const FURTHER: usize = GROUPS * GROUP_BYTES;
const CONSTANT_INPUT: f32 = 0.3;

/** Keeps loads alive that only bring something into the cache. */
const touched = memory.data(4, 4);

let initialised: bool = false;
let apms: usize = 0;
let apmSize: usize = 0;
let apmMask: i32 = 0;
let row0: usize = 0;
let row1: usize = 0;
let row2: usize = 0;
let row3: usize = 0;
let row4: usize = 0;

/**
 * Lays out memory and forgets everything.
 *
 * @param length bytes of the block
 * @param tableBits log2 bytes of one context's table: 10 … 24
 * @param flags DICTIONARY, X86_64
 */
export function startModel(length: i32, tableBits: i32, flags: i32): void {
  if (!initialised) {
    initMath();
    initStateMaps();
    initHistories();
    initApms();
    initialised = true;
  }
  resetMemory();
  startBytes(length);
  startMixer();
  startHistories();
  startMatches(max(8, min(tableBits - 2, MATCHES == 2 ? 20 : 18)));
  startDirect(max(10, min(tableBits, 20)));
  startIndirect();
  startWords((flags & DICTIONARY) != 0);
  if (TEXT) startLayout();
  else {
    startRecords();
    startX86((flags & X86_64) != 0);
  }
  const apmBits = max(8, min(tableBits - 6, APMS == 5 ? 16 : 13));
  apmMask = (1 << apmBits) - 1;
  apmSize = <usize>65536 * ROW;
  apms = allocate(<usize>APMS * apmSize);
  startSlots(tableBits);
  if (LSTM_LAYERS > 0) startNetworkInputs();
  selectSlots(0);
  if (RUN) readRuns();
}

/** A byte is complete: contexts and slots for the next one. */
function nextByte(byte: i32): void {
  pushByte(byte);
  updateMatches(byte);
  if (TEXT) updateTextContexts(byte);
  else updateBinaryContexts(byte);
  if (RUN) learnRuns(byte);
  if (LSTM_LAYERS > 0) learnByte(byte);
  selectSlots(0);
  if (RUN) readRuns();
}

/** 16-bit probability, 1 … 65535, that the next bit is a one. Changes nothing that a second call would notice. */
export function predictBit(): i32 {
  findRows();
  predictMatches(inputs + FURTHER);
  const direct = inputs + FURTHER + MATCHES * 8;
  predictDirect(direct);
  const constant = direct + 4 + ORDERS * 8;
  store<f32>(constant, CONSTANT_INPUT);
  if (LSTM_LAYERS > 0) predictNetwork(constant + 4);
  predictHistories();
  let base = sum * (<f32>WEIGHT * 0.001);
  if (LSTM_TRAINED_WEIGHT > 0) base += networkWeight * load<f32>(constant, 4);
  const mixed = mix(
    base,
    seen,
    sure,
    partial,
    (matchState << 3) | bitIndex,
    last4 & 255,
  );
  return refineAll(mixed);
}

// @ts-ignore: decorator
@inline
function hashedRow(map: i32, context: i32): usize {
  return apms + <usize>map * apmSize + <usize>(hash(context, partial) & apmMask) * ROW;
}

/** A row lies in two lines of the cache; which of them is needed, only the mix can tell. */
// @ts-ignore: decorator
@inline
function touch(row: usize): i32 {
  return <i32>load<u8>(row) + <i32>load<u8>(row + ROW - 1);
}

/** Finds the rows of all maps and touches them, so that they are there when the mix is known. */
// @ts-ignore: decorator
@inline
function findRows(): void {
  row0 = apms + <usize>(((last4 & 255) << 8) | partial) * ROW;
  row1 = hashedRow(1, last4 & 0xffffff);
  let sum = touch(row0) + touch(row1);
  if (APMS == 5) {
    row2 = apms + 2 * apmSize + <usize>(((expectedByte & 255) << 8) | partial) * ROW;
    row3 = hashedRow(3, last4 & 0xffff);
    row4 = hashedRow(4, TEXT ? word0 : instruction);
    sum += touch(row2) + touch(row3) + touch(row4);
  }
  store<i32>(touched, sum);
}

// @ts-ignore: decorator
@inline
function refineAll(mixed: i32): i32 {
  enterApms(mixed);
  let p = squash(mixed);
  if (APMS == 5) {
    const first = refine(row0, mixed) + refine(row1, mixed);
    const others = refine(row2, mixed) + refine(row3, mixed) + refine(row4, mixed);
    p = (p * 3 + first + others + 4) >> 3;
  } else {
    p = (p * 2 + refine(row0, mixed) + refine(row1, mixed) + 2) >> 2;
  }
  return max(1, min(65535, p));
}

/** Learns the bit that came. */
export function learnBit(bit: i32): void {
  learnMix(bit);
  learnApm(row0, bit);
  learnApm(row1, bit);
  if (APMS == 5) {
    learnApm(row2, bit);
    learnApm(row3, bit);
    learnApm(row4, bit);
  }
  learnHistories(bit);
  learnDirect(bit);
  learnMatches(bit);
  pushBit(bit);
  if (bitIndex == 8) nextByte(partial & 255);
  else if (bitIndex == 4) selectSlots(partial);
}

export { buffer } from "./bytes";
export { networkAddress, networkLength, takeNetwork } from "./network";
export { peekSlots, selectSlots };

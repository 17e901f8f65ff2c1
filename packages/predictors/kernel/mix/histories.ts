/**
 * The inputs of the hashed contexts. Each context gives, by configuration: the probability that its bit history maps
 * to, stretched, as confidence, and where it is certain; the byte that last followed it (its run).
 */

import { certaintyAddress, historyEstimate, historyStates, nextHistory } from "../history";
import { cell, learn, probability12 } from "../state-map";
import { stretchAddress } from "../math";
import { CERTAIN, CERTAIN_INPUTS, CONFIDENCE, CONFIDENCE_INPUTS, GROUP_BYTES, RUN, RUN_INPUTS } from "./config";
import { bitIndex, partial } from "./bytes";
import { inputs } from "./inputs";
import { HISTORIES, RUN_OFFSET, slot } from "./slots";

/** Updates that a fresh history's estimate counts for. */
const TRUST: i32 = 4;
/** Longest run that is counted. */
const LONGEST_RUN: i32 = 31;

const maps = memory.data(CONTEXTS * 256 * 4, 64); // cells [context][history]
const runMaps = memory.data(RUN ? CONTEXTS * 128 * 4 : 4, 64); // cells [context][mixed][count][bit]
const firstSlots = memory.data(RUN ? CONTEXTS * 4 : 4, 64); // usize [context]: slot of the byte's first nibble
const runs = memory.data(RUN ? CONTEXTS * 4 : 4, 64); // i32 [context]: the run of that slot
const runCells = memory.data(RUN ? CONTEXTS * 4 : 4, 64); // usize [context]: the cell in use, or 0

/** Contexts whose history is not empty, whose run is not mixed; sum of the stretched inputs. All of the current bit. */
export let seen: i32 = 0;
export let sure: i32 = 0;
export let sum: f32 = 0;

/** Address of the maps: cells [context][history], 256 a context. */
export function historyMapsAddress(): usize {
  return maps;
}

export function startHistories(): void {
  for (let i = 0; i < CONTEXTS; i++) {
    for (let state = 0; state < historyStates(); state++) {
      store<i32>(maps + (((i << 8) | state) << 2), cell(historyEstimate(state), TRUST));
    }
    if (RUN) {
      for (let k = 0; k < 128; k++) {
        const p = 65536 - 65536 / (((k >> 1) & 31) + 2);
        store<i32>(runMaps + (((i << 7) | k) << 2), cell((k & 1) == 1 ? p : 65536 - p, 8));
      }
      store<i32>(runs + (i << 2), 0);
      store<usize>(runCells + (i << 2), 0);
    }
  }
}

/** After a byte: its contexts' runs learn it. Call before the next slots are selected. */
export function learnRuns(byte: i32): void {
  // unroll CONTEXTS
  for (let i: i32 = 0; i < CONTEXTS; i++) {
    const first = load<usize>(firstSlots + (i << 2));
    const run: i32 = load<u16>(first + RUN_OFFSET);
    const count = run >> 8;
    if (count == 0) store<u16>(first + RUN_OFFSET, byte | 256);
    else if ((run & 255) != byte) store<u16>(first + RUN_OFFSET, byte | 256 | 0x8000);
    else if ((count & 127) < LONGEST_RUN) store<u16>(first + RUN_OFFSET, run + 256);
  }
}

/** At a byte's start, after the slots were selected: reads the runs. */
export function readRuns(): void {
  // unroll CONTEXTS
  for (let i: i32 = 0; i < CONTEXTS; i++) {
    const first = slot(i);
    store<usize>(firstSlots + (i << 2), first);
    store<i32>(runs + (i << 2), load<u16>(first + RUN_OFFSET));
  }
}

/** Offset of the current node within a slot's histories: 0 … 14. */
// @ts-ignore: decorator
@inline
function node(): usize {
  return (bitIndex < 4 ? partial : (partial & ((1 << (bitIndex & 3)) - 1)) | (1 << (bitIndex & 3))) - 1;
}

/** Writes the inputs of all contexts. */
export function predictHistories(): void {
  const at = node();
  // Counted in locals: a variable of the module would be stored and loaded again each time.
  let seenSoFar = 0;
  let sureSoFar = 0;
  let sums = f32x4.splat(0);
  // unroll GROUPS_OF_CONTEXTS
  for (let g: i32 = 0; g < GROUPS_OF_CONTEXTS; g++) {
    const group = inputs + g * GROUP_BYTES;
    let p12 = i32x4.splat(2048);
    let stretched = f32x4.splat(0);
    let certain = f32x4.splat(0);
    let run = f32x4.splat(0);
    // unroll 4
    for (let lane: u8 = 0; lane < 4; lane++) {
      const i: i32 = g * 4 + lane;
      if (i < CONTEXTS) {
        const state: i32 = load<u8>(slot(i) + at + HISTORIES);
        seenSoFar += <i32>(state != 0);
        const learnt = probability12(load<i32>(maps + (((i << 8) | state) << 2)));
        const p = FINE && state == 0 ? 2048 : learnt;
        stretched = v128.load_lane<f32>(stretchAddress(p), stretched, lane);
        if (CERTAIN) certain = v128.load_lane<f32>(certaintyAddress(state), certain, lane);
        if (CONFIDENCE) p12 = i32x4.replace_lane(p12, lane, p);
        if (RUN) {
          const cell = runCell(i);
          store<usize>(runCells + (i << 2), cell);
          if (cell != 0) {
            sureSoFar += <i32>!isMixed(i);
            run = v128.load_lane<f32>(stretchAddress(probability12(load<i32>(cell))), run, lane);
          }
        }
      }
    }
    sums = f32x4.add(sums, stretched);
    v128.store(group, stretched);
    if (CONFIDENCE) {
      const centred = f32x4.convert_i32x4_s(i32x4.sub(p12, i32x4.splat(2048)));
      const confidence = f32x4.mul(centred, f32x4.splat(1.0 / 1024.0));
      const share = CERTAIN ? f32x4.mul(confidence, f32x4.sub(f32x4.splat(1), certain)) : confidence;
      v128.store(group, share, CONFIDENCE_INPUTS);
    }
    if (CERTAIN) v128.store(group, f32x4.mul(stretched, certain), CERTAIN_INPUTS);
    if (RUN) v128.store(group, run, RUN_INPUTS);
  }
  sum =
    f32x4.extract_lane(sums, 0) +
    f32x4.extract_lane(sums, 2) +
    (f32x4.extract_lane(sums, 1) + f32x4.extract_lane(sums, 3));
  seen = seenSoFar;
  sure = sureSoFar;
}

/** The cell of context `i`'s run: what it says of the next bit, if the byte so far agrees with it; else 0. */
// @ts-ignore: decorator
@inline
function runCell(i: i32): usize {
  const run = load<i32>(runs + (i << 2));
  const byte = run & 255;
  if (run < 256 || (byte | 256) >> (8 - bitIndex) != partial) return 0;
  const count = run >> 8;
  const k = ((count & 31) << 1) | ((count >> 7) << 6) | ((byte >> (7 - bitIndex)) & 1);
  return runMaps + (((i << 7) | k) << 2);
}

/** Whether other bytes than that of the run have followed context `i`. */
// @ts-ignore: decorator
@inline
function isMixed(i: i32): bool {
  return load<i32>(runs + (i << 2)) >= 0x8000;
}

export function learnHistories(bit: i32): void {
  const at = node();
  // unroll CONTEXTS
  for (let i: i32 = 0; i < CONTEXTS; i++) {
    const address = slot(i) + at;
    const state: i32 = load<u8>(address + HISTORIES);
    learn(maps + (((i << 8) | state) << 2), bit, HISTORY_LIMIT);
    store<u8>(address + HISTORIES, nextHistory(state, bit));
    if (RUN) {
      const address = load<usize>(runCells + (i << 2));
      if (address != 0) learn(address, bit, 1023);
    }
  }
}

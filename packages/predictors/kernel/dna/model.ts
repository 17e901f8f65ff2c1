/**
 * The model of bases. The next base is two binary decisions: node 0 is its high bit, nodes 1 and 2 its low bit after
 * a high bit of 0 or 1. For each: every part writes its inputs, the mixer weighs them, an adaptive probability map
 * corrects the mix; then the bit comes, and every part learns it.
 *
 *   startModel(capacity, tableBits)
 *   for each base:  predictNode(0), learnNode(0, high), predictNode(1 + high), learnNode(1 + high, low), nextBase(base)
 *
 * What a node learns changes no prediction of another node of the same base, so all three may also be predicted first.
 */
import { initHistories } from "../history";
import { initMath, squash } from "../math";
import { allocate, resetMemory } from "../memory";
import { ROW, enterApms, initApms, learnApm, refine } from "../mix/apm";
import { initStateMaps } from "../state-map";
import {
  agreement, bestVote, copies, learnCopies, predictCopies, startCopies, updateCopies, voteClass,
} from "./copies";
import { frameClass, predictFrames, startFrames, updateFrames } from "./frames";
import {
  hashHistories, learnHistories, predictHistories, seenOrders, selectHistories, startHistories,
} from "./histories";
import { inputs, learnMix, mix, pick, startMixer } from "./mixer";
import { learnInvertedOrders, learnOrders, predictOrders, selectOrders, startOrders } from "./orders";
import { hashSeeds } from "./seeds";
import { appendBase, initStrands, newestLow } from "./strands";

/** Places of the inputs. */
const HISTORY_INPUTS: usize = LOW_ORDERS * 4;
const COPY_INPUTS: usize = HISTORY_INPUTS + 2 * HIGH_ORDERS * 4;
const FRAME_INPUTS: usize = COPY_INPUTS + 4 * 4;
const CONSTANT_INPUT: usize = FRAME_INPUTS + (1 + FRAME_ORDERS) * 4;
const CONSTANT: f32 = 0.3;

/** The adaptive probability map's context: the last six bases and the node. */
const APM_MASK: i32 = 4095;
const APM_ROWS: usize = 4096 * 4;

let initialised: bool = false;
let apms: usize = 0;
let row: usize = 0;
/** Takes the words that are loaded ahead of their use, so that the loads are not optimised away. */
const touched = memory.data(4, 4);

/**
 * Lays out memory and forgets everything.
 *
 * @param capacity bases to come, at most
 * @param tableBits log2 of the contexts that one table holds: 10 … 24
 */
export function startModel(capacity: i32, tableBits: i32): void {
  if (!initialised) {
    initMath();
    initStateMaps();
    initHistories();
    initApms();
    initialised = true;
  }
  resetMemory();
  initStrands(capacity);
  startOrders(tableBits);
  startHistories(tableBits);
  startCopies(tableBits, capacity);
  startFrames();
  startMixer();
  apms = allocate(APM_ROWS * ROW);
}

/** 16-bit probability of a one at a node. Changes nothing that a second call would notice. */
export function predictNode(node: i32): i32 {
  predictOrders(inputs, node);
  predictHistories(inputs + HISTORY_INPUTS, node);
  predictCopies(inputs + COPY_INPUTS, node);
  predictFrames(inputs + FRAME_INPUTS, node);
  store<f32>(inputs + CONSTANT_INPUT, CONSTANT);

  const recent = <i32>newestLow;
  pick(0, ((bestVote * 3 + agreement) << 2) | node);
  pick(1, ((recent & 255) << 2) | node);
  pick(2, (seenOrders << 2) | node);
  pick(3, (voteClass << 4) | (min(3, copies >> 1) << 2) | node);
  pick(4, (frameClass << 2) | node);
  const mixed = mix(node);

  enterApms(mixed);
  row = apms + <usize>(((recent & APM_MASK) << 2) | node) * ROW;
  return max(1, min(65535, (squash(mixed) * 3 + refine(row, mixed) + 2) >> 2));
}

/** Learns the bit at the node that was predicted last. */
export function learnNode(node: i32, bit: i32): void {
  learnMix(bit);
  learnOrders(node, bit);
  learnHistories(node, bit);
  learnCopies(node, bit);
  learnApm(row, bit);
}

/** Goes on to the next base. */
export function nextBase(symbol: i32): void {
  appendBase(symbol);
  // The cache misses of all tables overlap when all are touched first.
  store<i32>(touched, selectOrders() ^ hashHistories() ^ hashSeeds());
  learnInvertedOrders();
  selectHistories();
  updateCopies(symbol);
  updateFrames(symbol);
}

import { initHistories } from "../history";
import { initMath, squash } from "../math";
import { allocate, resetMemory } from "../memory";
import { initStateMaps } from "../state-map";
import { ROW, enterApms, initApms, learnApm, refine } from "../mix/apm";
import { appendBase, initStrands, newestLow } from "./strands";
import { learnInvertedOrders, learnOrders, predictOrders, selectOrders, startOrders } from "./orders";
import { hashHistories, learnHistories, predictHistories, seenOrders, selectHistories, startHistories } from "./histories";
import { frameClass, predictFrames, startFrames, updateFrames } from "./frames";
import { agreement, bestClass, experts, learnCopies, predictCopies, startCopies, updateCopies } from "./copies";
import { inputs, learnMix, mix, selected, startMixer } from "./mixer";

let initialised = false;
let touched = 0;
let apms: usize = 0;
let row: usize = 0;

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
  startOrders(min(tableBits, 20));
  startHistories(tableBits);
  startCopies(min(tableBits, 22), capacity);
  startFrames();
  startMixer();
  apms = allocate(<usize>16384 * ROW);
}

export function predictNode(node: i32): i32 {
  predictOrders(inputs, node);
  predictHistories(inputs + LOW_ORDERS * 4, node);
  predictCopies(inputs + (LOW_ORDERS + 2 * HIGH_ORDERS) * 4, node);
  predictFrames(inputs + (LOW_ORDERS + 2 * HIGH_ORDERS + 4) * 4, node);
  store<f32>(inputs + (LOW_ORDERS + 2 * HIGH_ORDERS + 6) * 4, 0.3);
  const recent = <i32>newestLow;
  store<i32>(selected, ((bestClass * 3 + agreement) << 2) | node);
  if (SETS > 1) store<i32>(selected + 4, ((recent & 255) << 2) | node);
  if (SETS > 2) store<i32>(selected + 8, (seenOrders << 2) | node);
  if (SETS > 3) store<i32>(selected + 12, (min(experts, 31) << 2) | node);
  if (SETS > 4) store<i32>(selected + 16, (frameClass << 2) | node);
  const x = mix(node);
  enterApms(x);
  row = apms + <usize>(((recent & 4095) << 2) | node) * ROW;
  const p = (squash(x) * 3 + refine(row) + 2) >> 2;
  return max(1, min(65535, p));
}

export function learnNode(node: i32, bit: i32): void {
  learnMix(bit);
  learnOrders(node, bit);
  learnHistories(node, bit);
  learnCopies(node, bit);
  learnApm(row, bit);
}

export function nextBase(symbol: i32): void {
  appendBase(symbol);
  touched ^= selectOrders();
  touched ^= hashHistories();
  learnInvertedOrders();
  selectHistories();
  updateCopies(symbol);
  updateFrames(symbol);
}

export function touchedBits(): i32 {
  return touched;
}

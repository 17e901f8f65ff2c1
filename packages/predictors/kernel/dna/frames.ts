/**
 * Reading frames: in a gene, each place of a codon has its own statistics. Six hypotheses (three frames on either
 * strand) predict every base from tables of their own; the one that has predicted best of late is trusted and taught.
 * Nobody tells where genes are: the tables of the three places drift apart by themselves as soon as the first gene
 * is seen, and later genes find the frame that fits. Both strands teach.
 */
import { allocate } from "../memory";
import { stretch } from "../math";
import { HALF, learnt, probability12 } from "../state-map";
import { baseAt, contextOf, invertedContextOf, length } from "./strands";

const FRAMES: i32 = 6;
const CONTEXT: i32 = 16;
const TABLE: i32 = CONTEXT << (2 * FRAME_ORDER);

const logs = memory.data(4096 * 4, 64); // i32 [p12]: log2 p in 1/65536
const scores = memory.data(6 * 4, 64); // i32 [frame]: decayed sum of log2 p
const current = memory.data(6 * 4, 64); // usize [frame]
let tables: usize = 0; // [strand][place]
let place: i32 = 0; // length mod 3

export let bestFrame: i32 = 0;
export let secondFrame: i32 = 0;
export let frameClass: i32 = 0;

function initLogs(): void {
  for (let i = 1; i < 4096; i++) {
    // log2 by squaring
    let x = <f64>i / 4096.0;
    let result = 0;
    while (x < 1) { x *= 2; result -= 65536; }
    let bit = 32768;
    while (bit > 0) {
      x *= x;
      if (x >= 2) { x *= 0.5; result += bit; }
      bit >>= 1;
    }
    store<i32>(logs + (i << 2), result);
  }
  store<i32>(logs, -13 * 65536);
}

export function startFrames(): void {
  initLogs();
  tables = allocate(6 * TABLE);
  place = 0;
  bestFrame = 0;
  secondFrame = 0;
  for (let i = 0; i < FRAMES; i++) { store<i32>(scores + (i << 2), 0); store<usize>(current + (i << 2), tables); }
}

// @ts-ignore: decorator
@inline
function placeOf(frame: i32): i32 {
  return frame < 3 ? (place + frame) % 3 : (frame - 3 + 3 - place) % 3;
}

// @ts-ignore: decorator
@inline
function learnCell(address: usize, bit: i32): void {
  store<i32>(address, learnt(load<i32>(address) ^ HALF, bit, FRAME_LIMIT) ^ HALF);
}

// @ts-ignore: decorator
@inline
function learnBase(address: usize, symbol: i32): void {
  const high = symbol >> 1;
  learnCell(address, high);
  learnCell(address + 4 + (high << 2), symbol & 1);
}

// @ts-ignore: decorator
@inline
function p12(address: usize): i32 {
  return probability12(load<i32>(address) ^ HALF);
}

/** After a base, already appended. */
export function updateFrames(symbol: i32): void {
  const high = symbol >> 1;
  let best = 0;
  let second = 0;
  let bestScore = i32.MIN_VALUE;
  let secondScore = i32.MIN_VALUE;
  const trained = bestFrame;
  for (let i = 0; i < FRAMES; i++) {
    const address = load<usize>(current + (i << 2));
    const p = p12(address);
    const q = p12(address + 4 + (high << 2));
    const cost = load<i32>(logs + ((high ? p : 4095 - p) << 2)) + load<i32>(logs + (((symbol & 1) ? q : 4095 - q) << 2)) + 131072;
    let score = load<i32>(scores + (i << 2));
    score += cost - (score >> FRAME_DECAY);
    store<i32>(scores + (i << 2), score);
    if (score > bestScore) {
      second = best; secondScore = bestScore; best = i; bestScore = score;
    } else if (score > secondScore) { second = i; secondScore = score; }
  }
  bestFrame = best;
  secondFrame = second;
  const g = placeOf(best);
  learnBase(load<usize>(current + (best << 2)), symbol);
  if (length > FRAME_ORDER) {
    const other = tables + (best < 3 ? 3 + (g + 9 * 3 - FRAME_ORDER) % 3 : (g + FRAME_ORDER) % 3) * TABLE;
    learnBase(other + (<i32>invertedContextOf(FRAME_ORDER) << 4), 3 - baseAt(length - 1 - FRAME_ORDER));
  }
  place = place == 2 ? 0 : place + 1;
  const context = <i32>contextOf(FRAME_ORDER) << 4;
  for (let i = 0; i < FRAMES; i++) {
    const f = placeOf(i);
    store<usize>(current + (i << 2), tables + ((i < 3 ? 0 : 3) + f) * TABLE + context);
  }
  const margin = (bestScore - secondScore) >> 16;
  frameClass = ((best < 3 ? 0 : 3) + placeOf(best)) * 4 + (margin < 2 ? 0 : margin < 6 ? 1 : margin < 14 ? 2 : 3);
}

// @ts-ignore: decorator
@inline
export function predictFrames(inputs: usize, node: i32): void {
  store<f32>(inputs, stretch(p12(load<usize>(current + (bestFrame << 2)) + (node << 2))));
  store<f32>(inputs, stretch(p12(load<usize>(current + (secondFrame << 2)) + (node << 2))), 4);
}

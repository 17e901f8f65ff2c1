/**
 * Reading frames: in a gene, each place of a codon has its own statistics. A hidden Markov model has six states: the
 * next base is the first, second or third of a codon, on this strand or on the other. Its posterior tells in which
 * frame the sequence is, and mixes the predictions that the states make from the two bases before; contexts of more
 * bases are kept for each state and read in the likeliest.
 *
 * Nobody tells where genes are: as soon as the first gene is seen, the tables of the three places drift apart by
 * themselves, and later genes find the frame that fits. Both strands teach.
 *
 * Source: inhomogeneous Markov models of gene finders (Borodovsky, McIninch: GeneMark, 1993), here learnt as it goes.
 */
import { allocate } from "../memory";
import { stretch } from "../math";
import { HALF, learnt, probability12 } from "../state-map";
import { baseAt, contextOf, invertedContextOf, length } from "./strands";

/** States: 0, 1, 2 are the places on this strand; 4, 5, 6 those on the other; 3 and 7 are unused lanes. */
const LANES: i32 = 8;
const OTHER_STRAND: i32 = 4;
/** Bases of context of the hidden Markov model. */
const ORDER: i32 = 2;
/** Bytes of a context: three decisions, a cell a lane. */
const CONTEXT: i32 = 4 * LANES * 4;
const DECISION: i32 = LANES * 4;
/** Probability that the frame changes from one base to the next. */
const SWITCH: f32 = 1.0 / 8192.0;
/** Updates after which a cell adapts no slower. */
const LIMIT: i32 = 1023;
/** Bytes of a context of the longer orders, for one state: three cells and one unused. */
const LONG_CONTEXT: i32 = 16;

const codons = memory.data(16 * 4 * 8 * 4, 64); // cells [context][decision][lane]
const posterior = memory.data(8 * 4, 64); // f32 [lane]
const longTables = memory.data(FRAME_ORDERS * 4, 64); // usize [order]: cells [lane][context][decision]
const longCurrent = memory.data(FRAME_ORDERS * 4, 64); // usize [order]

let current: usize = codons;
/** The likeliest state. */
let state: i32 = 0;

/** What the posterior says, for selecting weights: likeliest state | certainty << 3; 0 … 31. */
export let frameClass: i32 = 0;

// @ts-ignore: decorator
@inline
function longOrder(i: i32): i32 {
  return i == 0 ? 4 : 7;
}

export function startFrames(): void {
  memory.fill(codons, 0, 16 * CONTEXT);
  for (let i = 0; i < FRAME_ORDERS; i++) {
    const table = allocate(LANES * (LONG_CONTEXT << (2 * longOrder(i))));
    store<usize>(longTables + (i << 2), table);
    store<usize>(longCurrent + (i << 2), table);
  }
  // The first state is a little likelier, or all would learn the same for ever.
  v128.store(posterior, f32x4(0.5, 0.1, 0.1, 0));
  v128.store(posterior, f32x4(0.1, 0.1, 0.1, 0), 16);
  current = codons;
  state = 0;
  frameClass = 0;
}

// @ts-ignore: decorator
@inline
function learnCell(address: usize, bit: i32): void {
  store<i32>(address, learnt(load<i32>(address) ^ HALF, bit, LIMIT) ^ HALF);
}

/** Probabilities that four cells give to a one. */
// @ts-ignore: decorator
@inline
function probabilities(address: usize): v128 {
  const p22 = i32x4.shr_u(v128.xor(v128.load(address), i32x4.splat(HALF)), 10);
  return f32x4.mul(f32x4.convert_i32x4_s(p22), f32x4.splat(1.0 / 4194304.0));
}

/** Probabilities that four cells give to a bit. */
// @ts-ignore: decorator
@inline
function likelihoods(address: usize, bit: i32): v128 {
  const ones = probabilities(address);
  return bit ? ones : f32x4.sub(f32x4.splat(1), ones);
}

// @ts-ignore: decorator
@inline
function sumOf(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + f32x4.extract_lane(x, 2);
}

/** The state in which the base `order` places back was, seen from the other strand. */
// @ts-ignore: decorator
@inline
function mirrored(lane: i32, order: i32): i32 {
  return lane < OTHER_STRAND ? OTHER_STRAND + (lane + 27 - order) % 3 : (lane - OTHER_STRAND + order) % 3;
}

/** Teaches the tables of the likeliest state a base that has just been appended, on both strands. */
// @ts-ignore: decorator
@inline
function learnBase(symbol: i32): void {
  const high = symbol >> 1;
  learnCell(current + (state << 2), high);
  learnCell(current + DECISION * (1 + high) + (state << 2), symbol & 1);
  // unroll FRAME_ORDERS
  for (let i: i32 = 0; i < FRAME_ORDERS; i++) {
    const order = longOrder(i);
    const address = longContext(i, order, state, <i32>(contextOf(order + 1) >> 2));
    learnCell(address, high);
    learnCell(address + 4 + (high << 2), symbol & 1);
  }
  if (length <= longOrder(FRAME_ORDERS - 1)) return;

  const codon = codons + <i32>invertedContextOf(ORDER) * CONTEXT + (mirrored(state, ORDER) << 2);
  const base = 3 - baseAt(length - 1 - ORDER);
  learnCell(codon, base >> 1);
  learnCell(codon + DECISION * (1 + (base >> 1)), base & 1);
  // unroll FRAME_ORDERS
  for (let i: i32 = 0; i < FRAME_ORDERS; i++) {
    const order = longOrder(i);
    const address = longContext(i, order, mirrored(state, order), <i32>invertedContextOf(order));
    const mirror = 3 - baseAt(length - 1 - order);
    learnCell(address, mirror >> 1);
    learnCell(address + 4 + ((mirror >> 1) << 2), mirror & 1);
  }
}

// @ts-ignore: decorator
@inline
function longContext(i: i32, order: i32, lane: i32, context: i32): usize {
  return load<usize>(longTables + (i << 2)) + ((lane << (2 * order)) | context) * LONG_CONTEXT;
}

/** After a base has been appended: weighs the states, learns, and goes on to the next place. */
// @ts-ignore: decorator
@inline
export function updateFrames(symbol: i32): void {
  const high = symbol >> 1;
  const second = current + DECISION * (1 + high);
  let own = f32x4.mul(
    f32x4.mul(v128.load(posterior), likelihoods(current, high)),
    likelihoods(second, symbol & 1),
  );
  let other = f32x4.mul(
    f32x4.mul(v128.load(posterior, 16), likelihoods(current + 16, high)),
    likelihoods(second + 16, symbol & 1),
  );
  const scale = f32x4.splat((1 - SWITCH) / (sumOf(own) + sumOf(other)));
  const floor = f32x4(SWITCH / 6.0, SWITCH / 6.0, SWITCH / 6.0, 0);
  own = f32x4.add(f32x4.mul(own, scale), floor);
  other = f32x4.add(f32x4.mul(other, scale), floor);
  v128.store(posterior, own);
  v128.store(posterior, other, 16);
  likeliest();
  learnBase(symbol);

  // The next place: forward on this strand, backward on the other.
  v128.store(posterior, v128.shuffle<f32>(own, own, 2, 0, 1, 3));
  v128.store(posterior, v128.shuffle<f32>(other, other, 1, 2, 0, 3), 16);
  state = state < OTHER_STRAND ? (state + 1) % 3 : OTHER_STRAND + (state + 1) % 3;
  frameClass = (frameClass & ~7) | state;
  current = codons + <i32>contextOf(ORDER) * CONTEXT;
  // unroll FRAME_ORDERS
  for (let i: i32 = 0; i < FRAME_ORDERS; i++) {
    const order = longOrder(i);
    store<usize>(longCurrent + (i << 2), longContext(i, order, state, <i32>contextOf(order)));
  }
}

/** Finds the likeliest state and how certain it is: below 0.6, 0.9, 0.99, or above. */
// @ts-ignore: decorator
@inline
function likeliest(): void {
  let most: f32 = 0;
  for (let i = 0; i < LANES; i++) {
    const p = load<f32>(posterior + (i << 2));
    if (p > most) {
      most = p;
      state = i;
    }
  }
  frameClass = (<i32>(most >= 0.6) + <i32>(most >= 0.9) + <i32>(most >= 0.99)) << 3;
}

/** Writes 1 + FRAME_ORDERS inputs: what the states say together, and each longer order in the likeliest state. */
// @ts-ignore: decorator
@inline
export function predictFrames(inputs: usize, node: i32): void {
  let own = v128.load(posterior);
  let other = v128.load(posterior, 16);
  if (node > 0) {
    own = f32x4.mul(own, likelihoods(current, node - 1));
    other = f32x4.mul(other, likelihoods(current + 16, node - 1));
  }
  const decision = current + DECISION * node;
  const ones =
    sumOf(f32x4.mul(own, probabilities(decision))) + sumOf(f32x4.mul(other, probabilities(decision + 16)));
  store<f32>(inputs, stretch(min(4095, <i32>((ones / (sumOf(own) + sumOf(other))) * 4096.0))));
  // unroll FRAME_ORDERS
  for (let i: i32 = 0; i < FRAME_ORDERS; i++) {
    const value = load<i32>(load<usize>(longCurrent + (i << 2)) + (node << 2)) ^ HALF;
    store<f32>(inputs + 4 + (i << 2), stretch(probability12(value)));
  }
}

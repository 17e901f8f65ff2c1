/**
 * The network that a built-in prior comes with: gated recurrent units, which go from byte to byte and learn nothing any more.
 * What they expect is two inputs of the mixer, and how they fared lately picks the weights of a set of its own.
 *
 * All numbers are integers. Weights, i8:
 *
 *   of a symbol   [symbol][gate]   1/32     the gates of a cell: reset, update, candidate
 *   of the cells  [gate][cell]     1/64
 *   of the output [symbol][cell]   1/32
 *   constants     [symbol]         1/8
 *
 * Source: K. Cho et al., "Learning phrase representations using RNN encoder-decoder" (2014), the candidate reset behind its
 * product, as in cuDNN.
 */

import { exp, stretch } from "../../predictors/kernel/math";
import { allocate } from "../../predictors/kernel/memory";
import { last4, partial } from "../../predictors/kernel/mix/bytes";
import { INPUT_BYTES, inputs, networkInputs } from "../../predictors/kernel/mix/inputs";
import { weightSet } from "../../predictors/kernel/mix/mixer";

const CELLS: i32 = 128;
const SYMBOLS: i32 = 104;
const GATES: i32 = 3 * CELLS;
const AT_CELLS: usize = SYMBOLS * GATES;
const AT_OUTPUT: usize = AT_CELLS + GATES * CELLS;
const AT_CONSTANTS: usize = AT_OUTPUT + SYMBOLS * CELLS;
const WEIGHTS: i32 = <i32>AT_CONSTANTS + SYMBOLS;

/** Symbols: printable ASCII, then these, of bytes that share what is expected of them. */
const LINE_FEED: i32 = 95;
const TAB: i32 = 96;
const CONTROL: i32 = 97;
const LATE: i32 = 98;
const CONTROLS: u32 = 31;
const LATES: u32 = 128;

/** Sigmoid, u16 in 1/2^14, for −8 … 8 in 1/256; tanh, i16 in 1/2^15, for the same in 1/512. */
const SIGMOIDS: i32 = 4096;
const TANHS: i32 = 8192;
const sigmoids = memory.data(4096 * 2, 64);
const tanhs = memory.data(8192 * 2, 64);
/** e^−x, u32 in 1/2^20 and one more, for 0 … 16 in 1/256. */
const EXPS: i32 = 4096;
const exps = memory.data(4096 * 4, 64);

const state = memory.data(128 * 2, 64); // i16 [cell], 1/2^15
const sums = memory.data(384 * 4, 64); // i32 [gate] or [symbol]
const tree = memory.data(512 * 4, 64); // u32 [node]: what is expected below a node of the byte's tree; leaves are 256 … 511

/** Largest sum of a candidate, 1/2^12, that is reset: its product still fits. */
const LARGEST: i32 = 60000;

/**
 * By how much a byte cost the network more than the whole model, lately and in the mean: bits in 1/2^12. In code it is much, and
 * what the network expects then counts for less, or for nothing: others have to learn nothing of its faults.
 */
const USUAL_LAG: i32 = 1200;
const LAG_SHIFT: i32 = 4;
let lag: i32 = 0;
/** What the bits of this byte cost the model, and what it expects of the next: a one, in 1/65536. */
let modelCost: i32 = 0;
let modelChance: i32 = 0;

let weights: usize = 0;
let active: bool = false;

/** With the model, which knows no network then. */
export function startNetwork(): void {
  // Two of the mixer's inputs that fill its last register are the network's.
  if (networkInputs + 8 > inputs + INPUT_BYTES) unreachable();
  weights = allocate(WEIGHTS);
  active = false;
  lag = USUAL_LAG;
  modelCost = 0;
}

/** Bytes of the weights. */
export function networkLength(): i32 {
  return WEIGHTS;
}

/** Where they go. */
export function networkAddress(): usize {
  return weights;
}

/** What is expected: u32 [node] of the byte's tree, of which the leaves are 256 … 511. */
export function expectedAddress(): usize {
  return tree;
}

/** Takes the weights that were put there, and starts behind a line feed. */
export function takeNetwork(): void {
  for (let i = 0; i < SIGMOIDS; i++) {
    store<u16>(sigmoids + (i << 1), <u16>(16384.0 / (1.0 + exp((2048.0 - <f64>i) / 256.0)) + 0.5));
  }
  for (let i = 0; i < TANHS; i++) {
    const value = 65536.0 / (1.0 + exp((4096.0 - <f64>i) / 256.0)) - 32768.0;
    store<i16>(tanhs + (i << 1), <i16>max(-32767.0, min(32767.0, value)));
  }
  for (let i = 0; i < EXPS; i++) store<u32>(exps + (i << 2), <u32>(1048576.0 / exp(<f64>i / 256.0)) + 1);
  memory.fill(state, 0, CELLS * 2);
  active = true;
  advance(LINE_FEED);
  lag = USUAL_LAG;
  modelCost = 0;
}

/**
 * Has the model do without its network from here on, as where it lags far behind; for training, of what the network knows by
 * heart as it will know nothing else.
 */
export function leaveNetwork(): void {
  active = false;
  lag = 1 << 20;
  store<u64>(networkInputs, 0);
}

// @ts-ignore: decorator
@inline
function symbolOf(byte: i32): i32 {
  if (byte >= 0x20 && byte < 0x7f) return byte - 0x20;
  if (byte == 0x0a) return LINE_FEED;
  if (byte == 0x09) return TAB;
  return byte < 0x80 ? CONTROL : LATE;
}

/** sums = rows of i8 · state; rows a multiple of 4. */
function multiply(rows: usize, count: i32): void {
  for (let r: i32 = 0; r < count; r += 4) {
    let a = i32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    const row = rows + <usize>r * CELLS;
    for (let i: usize = 0; i < <usize>CELLS; i += 8) {
      const x = v128.load(state + (i << 1));
      a = i32x4.add(a, i32x4.dot_i16x8_s(x, v128.load_ext<i8>(row + i)));
      b = i32x4.add(b, i32x4.dot_i16x8_s(x, v128.load_ext<i8>(row + i, CELLS)));
      c = i32x4.add(c, i32x4.dot_i16x8_s(x, v128.load_ext<i8>(row + i, 2 * CELLS)));
      d = i32x4.add(d, i32x4.dot_i16x8_s(x, v128.load_ext<i8>(row + i, 3 * CELLS)));
    }
    const ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7));
    const cd = i32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7));
    const all = i32x4.add(v128.shuffle<i32>(ab, cd, 0, 1, 4, 5), v128.shuffle<i32>(ab, cd, 2, 3, 6, 7));
    v128.store(sums + (<usize>r << 2), all);
  }
}

/** @param sum in 1/2^21 @returns in 1/2^14 */
// @ts-ignore: decorator
@inline
function sigmoid(sum: i32): i32 {
  const x = max(-2048, min(2047, (sum + (1 << 12)) >> 13));
  return load<u16>(sigmoids + ((x + 2048) << 1));
}

/** The cells go on by a symbol, and what is expected next is in the tree. */
function advance(symbol: i32): void {
  multiply(weights + AT_CELLS, GATES);
  const input = weights + <usize>(symbol * GATES);
  for (let i: i32 = 0; i < CELLS; i++) {
    const reset = sigmoid(sumOf(i) + (<i32>load<i8>(input + i) << 16));
    const update = sigmoid(sumOf(CELLS + i) + (<i32>load<i8>(input + i, CELLS) << 16));
    const inner = max(-LARGEST, min(LARGEST, sumOf(2 * CELLS + i) >> 9));
    // In 1/2^12, and the table in 1/2^9.
    const sum = ((inner * reset) >> 14) + (<i32>load<i8>(input + i, 2 * CELLS) << 7);
    const x = max(-4096, min(4095, (sum + 4) >> 3));
    const candidate = <i32>load<i16>(tanhs + ((x + 4096) << 1));
    const at = state + (i << 1);
    store<i16>(at, candidate + (((<i32>load<i16>(at) - candidate) * update) >> 14));
  }
  expect();
}

// @ts-ignore: decorator
@inline
function sumOf(i: i32): i32 {
  return load<i32>(sums + (i << 2));
}

/** Fills the tree. */
function expect(): void {
  multiply(weights + AT_OUTPUT, SYMBOLS);
  let most = i32.MIN_VALUE;
  for (let i = 0; i < SYMBOLS; i++) {
    const logit = sumOf(i) + (<i32>load<i8>(weights + AT_CONSTANTS + i) << 17);
    store<i32>(sums + (i << 2), logit);
    most = max(most, logit);
  }
  const control = max(1, chanceOf(CONTROL, most) / CONTROLS);
  const late = max(1, chanceOf(LATE, most) / LATES);
  for (let byte = 0; byte < 0x20; byte++) store<u32>(tree + 1024 + (byte << 2), control);
  for (let byte = 0x20; byte < 0x7f; byte++) store<u32>(tree + 1024 + (byte << 2), chanceOf(byte - 0x20, most));
  for (let byte = 0x7f; byte < 0x100; byte++) store<u32>(tree + 1024 + (byte << 2), byte == 0x7f ? control : late);
  store<u32>(tree + 1024 + (0x0a << 2), chanceOf(LINE_FEED, most));
  store<u32>(tree + 1024 + (0x09 << 2), chanceOf(TAB, most));
  for (let node: i32 = 255; node > 0; node--) {
    const below = tree + (<usize>node << 3);
    store<u32>(tree + (<usize>node << 2), load<u32>(below) + load<u32>(below, 4));
  }
}

// @ts-ignore: decorator
@inline
function chanceOf(symbol: i32, most: i32): u32 {
  return load<u32>(exps + (min((most - sumOf(symbol)) >> 12, EXPS - 1) << 2));
}

/** Before the model predicts a bit: writes the network's inputs, and picks the weights of its set. */
// @ts-ignore: decorator
@inline
export function predictByNetwork(): void {
  const lagging = classOfLag();
  weightSet("network", (lagging << 8) | partial);
  if (!active) return;
  const below = tree + (<usize>partial << 3);
  const zero = <f32>load<u32>(below);
  const one = <f32>load<u32>(below, 4);
  const p12 = <i32>((one / (zero + one)) * <f32>4095.99);
  // All of it up to class 2, a fourth less for each further one.
  const share: f32 = <f32>max(0, min(4, 6 - lagging)) * 0.25;
  store<f32>(networkInputs, stretch(p12) * share);
  store<f32>(networkInputs, <f32>(p12 - 2048) * (1.0 / 1024.0) * share, 4);
}

/** 0 … 7: up to −0.25, 0.25, 0.75, 1.25, 1.75, 2.25 and 2.75 bits, and more. */
// @ts-ignore: decorator
@inline
function classOfLag(): i32 {
  return max(0, min(7, (lag + 3072) >> 11));
}

/** What the model expects of the bit that comes. */
// @ts-ignore: decorator
@inline
export function noteChance(chance: i32): void {
  modelChance = chance;
}

/** After the model learnt a bit: at the end of a byte, the network goes on. */
// @ts-ignore: decorator
@inline
export function learnByNetwork(bit: i32): void {
  if (!active) return;
  modelCost += costOf(bit ? modelChance : 65536 - modelChance, 65536);
  if (partial == 1) learnByte(last4 & 255);
}

function learnByte(byte: i32): void {
  const own = costOf(load<u32>(tree + 1024 + (byte << 2)), load<u32>(tree + 4));
  lag += (own - modelCost - lag) >> LAG_SHIFT;
  modelCost = 0;
  advance(symbolOf(byte));
}

/** Bits in 1/2^12, nearly: the difference of two floating-point numbers' bits is that of their logarithms, in 1/2^23. */
// @ts-ignore: decorator
@inline
function costOf(part: u32, whole: u32): i32 {
  return (reinterpret<i32>(<f32>whole) - reinterpret<i32>(<f32>part)) >> 11;
}

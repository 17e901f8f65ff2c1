/**
 * Adaptive frequency model: a count a symbol, cumulative sums in a Fenwick tree, counts halved when their sum passes a
 * limit. A model is a block of memory, {@link modelBytes} long; several may live beside each other.
 *
 * The TypeScript twin, `src/adaptive-model.ts`, has the same counts at each step.
 */
import { consumeInterval, decodeTarget, encodeInterval } from "./range-coder";

// Layout of a model, in bytes: five numbers, then the counts of all symbols, then the tree, whose node i (from 1) sums
// the counts of the i & -i symbols before symbol i.
const SIZE: usize = 0;
const TOTAL: usize = 4;
const INCREMENT: usize = 8;
const LIMIT: usize = 12;
const ROOT: usize = 16; // the largest power of two that is not above the size
const COUNTS: usize = 20;

/** Memory of a model of `size` symbols, in bytes. */
export function modelBytes(size: u32): usize {
  return COUNTS + (<usize>size << 3) + 4;
}

// @ts-ignore: decorator
@inline
function countOf(model: usize, symbol: u32): usize {
  return model + COUNTS + (<usize>symbol << 2);
}

// @ts-ignore: decorator
@inline
function treeOf(model: usize): usize {
  return model + COUNTS + (<usize>load<u32>(model, SIZE) << 2);
}

/** Sets up a model: each symbol is counted once. The arguments are checked by the host. */
export function initModel(model: usize, size: u32, increment: u32, limit: u32): void {
  store<u32>(model, size, SIZE);
  store<u32>(model, increment, INCREMENT);
  store<u32>(model, limit, LIMIT);
  store<u32>(model, 1 << (31 - clz(size)), ROOT);
  for (let symbol: u32 = 0; symbol < size; symbol++) store<u32>(countOf(model, symbol), 1);
  buildTree(model);
}

/** Sums the counts anew, in time proportional to their number. */
function buildTree(model: usize): void {
  const size = load<u32>(model, SIZE);
  const tree = treeOf(model);
  memory.fill(tree, 0, (<usize>size + 1) << 2);
  let total: u32 = 0;
  for (let i: u32 = 1; i <= size; i++) {
    const count = load<u32>(countOf(model, i - 1));
    total += count;
    const node = tree + (<usize>i << 2);
    const sum = load<u32>(node) + count;
    store<u32>(node, sum);
    const parent = i + (i & (0 - i));
    if (parent <= size) {
      const above = tree + (<usize>parent << 2);
      store<u32>(above, load<u32>(above) + sum);
    }
  }
  store<u32>(model, total, TOTAL);
}

/** Halves all counts, rounding up, so that none becomes 0. */
function halve(model: usize): void {
  const size = load<u32>(model, SIZE);
  for (let symbol: u32 = 0; symbol < size; symbol++) {
    const count = load<u32>(countOf(model, symbol));
    store<u32>(countOf(model, symbol), count - (count >> 1));
  }
  buildTree(model);
}

function learn(model: usize, symbol: u32): void {
  const size = load<u32>(model, SIZE);
  const tree = treeOf(model);
  const increment = load<u32>(model, INCREMENT);
  const count = countOf(model, symbol);
  store<u32>(count, load<u32>(count) + increment);
  for (let i = symbol + 1; i <= size; i += i & (0 - i)) {
    const node = tree + (<usize>i << 2);
    store<u32>(node, load<u32>(node) + increment);
  }
  const total = load<u32>(model, TOTAL) + increment;
  store<u32>(model, total, TOTAL);
  if (total > load<u32>(model, LIMIT)) halve(model);
}

/** Codes a symbol by the global encoder, and learns it. */
export function encodeAdaptive(model: usize, symbol: u32): void {
  const tree = treeOf(model);
  let cumulative: u32 = 0;
  for (let i = symbol; i > 0; i &= i - 1) cumulative += load<u32>(tree + (<usize>i << 2));
  encodeInterval(cumulative, load<u32>(countOf(model, symbol)), load<u32>(model, TOTAL));
  learn(model, symbol);
}

/** Decodes a symbol by the global decoder, and learns it. */
export function decodeAdaptive(model: usize): u32 {
  const size = load<u32>(model, SIZE);
  const total = load<u32>(model, TOTAL);
  const tree = treeOf(model);
  const target = decodeTarget(total);
  let symbol: u32 = 0;
  let cumulative: u32 = 0;
  for (let step = load<u32>(model, ROOT); step > 0; step >>= 1) {
    const next = symbol + step;
    if (next <= size) {
      const sum = cumulative + load<u32>(tree + (<usize>next << 2));
      if (sum <= target) {
        symbol = next;
        cumulative = sum;
      }
    }
  }
  consumeInterval(cumulative, load<u32>(countOf(model, symbol)), total);
  learn(model, symbol);
  return symbol;
}

/**
 * Code lengths as zlib's encoder makes them from how often symbols occur: Huffman's algorithm with a heap in which of two
 * equally frequent nodes the flatter one goes first, lengths cut to a limit, and described in runs, those of literals
 * and those of distances apart. Other encoders make the same lengths, or nearly so.
 */

import { LITERALS, MAX_CODE, repeatBase, REPEAT_LAST, REPEAT_ZERO, REPEAT_ZERO_LONG } from "./codes";

const NODES: i32 = 2 * LITERALS + 1;

/** Frequencies of nodes: leaves first, then inner ones. */
const frequencies = memory.data(NODES * 4);
const depths = memory.data(NODES);
const parents = memory.data(NODES * 2);
const levels = memory.data(NODES);
/** The heap from its front; from its back, nodes by falling frequency, as they were taken out. */
const heap = memory.data((NODES + 1) * 2);
const levelCounts = memory.data((MAX_CODE + 2) * 2);

let heapLength: i32 = 0;

// @ts-ignore: decorator
@inline
function heaped(place: i32): i32 {
  return load<u16>(heap + (<usize>place << 1));
}

// @ts-ignore: decorator
@inline
function setHeaped(place: i32, node: i32): void {
  store<u16>(heap + (<usize>place << 1), node);
}

// @ts-ignore: decorator
@inline
function frequency(node: i32): u32 {
  return load<u32>(frequencies + (<usize>node << 2));
}

/** Whether a node leaves the heap before another. */
// @ts-ignore: decorator
@inline
function isBefore(a: i32, b: i32): bool {
  const fa = frequency(a);
  const fb = frequency(b);
  return fa < fb || (fa == fb && load<u8>(depths + a) <= load<u8>(depths + b));
}

function sink(from: i32): void {
  const node = heaped(from);
  let place = from;
  for (let child = place << 1; child <= heapLength; child <<= 1) {
    if (child < heapLength && isBefore(heaped(child + 1), heaped(child))) child++;
    if (isBefore(node, heaped(child))) break;
    setHeaped(place, heaped(child));
    place = child;
  }
  setHeaped(place, node);
}

/**
 * Makes the code lengths of an alphabet.
 *
 * @param counts how often each symbol occurs, 32 bits each
 * @param to where the lengths go, a byte each
 * @param most bits of a code
 * @returns how many symbols up to the last that has a code
 */
export function makeLengths(counts: usize, symbols: i32, most: i32, to: usize): i32 {
  heapLength = 0;
  let last = -1;
  for (let symbol = 0; symbol < symbols; symbol++) {
    const count = load<u32>(counts + (<usize>symbol << 2));
    store<u32>(frequencies + (<usize>symbol << 2), count);
    store<u8>(to + symbol, 0);
    if (count == 0) continue;
    addLeaf(symbol);
    last = symbol;
  }
  // A code has two symbols at least; the lowest are taken where there are fewer.
  while (heapLength < 2) {
    const forced = last < 2 ? ++last : 0;
    store<u32>(frequencies + (<usize>forced << 2), 1);
    addLeaf(forced);
  }
  for (let place = heapLength >> 1; place > 0; place--) sink(place);
  let back = NODES;
  for (let inner = symbols; ; inner++) {
    const first = heaped(1);
    setHeaped(1, heaped(heapLength--));
    sink(1);
    const second = heaped(1);
    setHeaped(--back, first);
    setHeaped(--back, second);
    store<u32>(frequencies + (<usize>inner << 2), frequency(first) + frequency(second));
    store<u8>(depths + inner, max(load<u8>(depths + first), load<u8>(depths + second)) + 1);
    store<u16>(parents + (<usize>first << 1), inner);
    store<u16>(parents + (<usize>second << 1), inner);
    setHeaped(1, inner);
    sink(1);
    if (heapLength < 2) break;
  }
  setHeaped(--back, heaped(1));
  limitLengths(back, last, most, to);
  return last + 1;
}

function addLeaf(symbol: i32): void {
  setHeaped(++heapLength, symbol);
  store<u8>(depths + symbol, 0);
}

/** Gives each leaf its level as length; where that is above the limit, shorter codes make room for it. */
function limitLengths(root: i32, last: i32, most: i32, to: usize): void {
  memory.fill(levelCounts, 0, (MAX_CODE + 2) * 2);
  store<u8>(levels + heaped(root), 0);
  let tooLong = 0;
  for (let place = root + 1; place < NODES; place++) {
    const node = heaped(place);
    let level: i32 = load<u8>(levels + load<u16>(parents + (<usize>node << 1))) + 1;
    if (level > most) {
      level = most;
      tooLong++;
    }
    store<u8>(levels + node, level);
    if (node > last) continue;
    store<u8>(to + node, level);
    addToLevel(level, 1);
  }
  if (tooLong == 0) return;
  for (; tooLong > 0; tooLong -= 2) {
    let level = most - 1;
    while (load<u16>(levelCounts + (<usize>level << 1)) == 0) level--;
    addToLevel(level, -1);
    addToLevel(level + 1, 2);
    addToLevel(most, -1);
  }
  let place = NODES;
  for (let level = most; level > 0; level--) {
    for (let n = <i32>load<u16>(levelCounts + (<usize>level << 1)); n > 0; ) {
      const node = heaped(--place);
      if (node > last) continue;
      store<u8>(to + node, level);
      n--;
    }
  }
}

// @ts-ignore: decorator
@inline
function addToLevel(level: i32, count: i32): void {
  const at = levelCounts + (<usize>level << 1);
  store<u16>(at, load<u16>(at) + count);
}

/** The repeats of {@link nextRun}. */
export let runRepeats: i32 = 0;

/**
 * The run that describes the next code lengths.
 *
 * @param from the lengths of one alphabet, or of both
 * @param at the next one
 * @param end of what is described together
 * @returns its symbol; {@link runRepeats} says for how many lengths it stands
 */
export function nextRun(from: usize, at: i32, end: i32): i32 {
  const length = load<u8>(from + at);
  // What was there before counts within the same alphabet alone.
  const same = at > 0 && load<u8>(from + at - 1) == length;
  let count = 1;
  const most = length == 0 ? 138 : same ? 6 : 7;
  while (count < most && at + count < end && load<u8>(from + at + count) == length) count++;
  let symbol: i32 = length;
  if (length == 0 && count >= repeatBase(REPEAT_ZERO_LONG)) symbol = REPEAT_ZERO_LONG;
  else if (length == 0 && count >= repeatBase(REPEAT_ZERO)) symbol = REPEAT_ZERO;
  else if (length != 0 && same && count >= repeatBase(REPEAT_LAST)) symbol = REPEAT_LAST;
  runRepeats = symbol >= REPEAT_LAST ? count : 1;
  return symbol;
}

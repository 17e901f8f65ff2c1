/** Reads a stream of RFC 1951, a block at a time: its content, its tokens, and how its codes are described. */

import {
  clearCodes, DYNAMIC, FIXED, lengths, match, MOST_TOKENS, runCounts, runLengths, runSymbols, setCounts, setFinal,
  setStoredLength, setToken, setTokenCount, setType, STORED,
} from "./block";
import {
  distanceBase, distanceExtra, DISTANCES, END_OF_BLOCK, FIRST_LENGTH, FIXED_DISTANCE, fixedLength, LENGTH_CODES,
  lengthBase, lengthExtra, LITERALS, MAX_CODE, MAX_LENGTH_CODE, MAX_MATCH, orderedSymbol, REPEAT_LAST, repeatBase,
  repeatExtra,
} from "./codes";

/** What {@link readBlock} says. */
export const READ: i32 = 0;
/** It is no stream, or damaged. */
export const DAMAGED: i32 = 1;
/** It goes on behind the bytes that are there. */
export const CUT: i32 = 2;
/** Its content is longer than there is room. */
export const FULL: i32 = 3;

/** Bits of a code that a look at a table decodes. */
const QUICK: i32 = 10;

const quickLiterals = memory.data(2 << QUICK);
const quickDistances = memory.data(2 << QUICK);
/** Symbols by code, and how many codes there are of each length. */
const sortedLiterals = memory.data(LITERALS * 2 + 4);
const sortedDistances = memory.data(64);
const literalCounts = memory.data((MAX_CODE + 1) * 2);
const distanceCounts = memory.data((MAX_CODE + 1) * 2);
const nexts = memory.data((MAX_CODE + 2) * 2);

let input: usize = 0;
let inputEnd: usize = 0;
/** Bits that were read ahead, and how many. */
let bits: u64 = 0;
let bitCount: i32 = 0;
/** Where the next byte of content goes. */
let output: usize = 0;
let outputStart: usize = 0;
let outputEnd: usize = 0;

/** Starts to read the stream of `length` bytes at `from`; content goes to `to`, at most `room` bytes. */
export function startReading(from: usize, length: usize, to: usize, room: usize): void {
  input = from;
  inputEnd = from + length;
  bits = 0;
  bitCount = 0;
  output = to;
  outputStart = to;
  outputEnd = to + room;
}

/** Bytes of content so far. */
export function contentRead(): i32 {
  return <i32>(output - outputStart);
}

/** Bits of the stream so far, from its start at `from`. */
export function bitsRead(from: usize): u64 {
  return (<u64>(input - from) << 3) - bitCount;
}

/** Reads ahead: 48 bits at least, zeros behind the end. */
// @ts-ignore: decorator
@inline
function fill(): void {
  if (bitCount >= 48) return;
  if (input + 8 <= inputEnd) {
    bits |= load<u64>(input) << bitCount;
    const taken = (63 - bitCount) >> 3;
    input += taken;
    bitCount += taken << 3;
    bits &= (<u64>1 << bitCount) - 1;
  } else fillSlowly();
}

function fillSlowly(): void {
  while (bitCount < 56) {
    if (input < inputEnd) bits |= <u64>load<u8>(input) << bitCount;
    input++;
    bitCount += 8;
  }
}

// @ts-ignore: decorator
@inline
function take(count: i32): i32 {
  const value = <i32>(bits & ((<u64>1 << count) - 1));
  bits >>= count;
  bitCount -= count;
  return value;
}

/** Whether more was read than there is. */
// @ts-ignore: decorator
@inline
function isBeyond(): bool {
  return input - <usize>(bitCount >> 3) > inputEnd;
}

/** Reads the next block; where that fails, all that was read of it is void. */
export function readBlock(): i32 {
  fill();
  setFinal(take(1));
  const type = take(2);
  setType(type);
  setTokenCount(0);
  setStoredLength(0);
  if (type == STORED) return readStored();
  if (type == FIXED) {
    fixCodes();
  } else if (type != DYNAMIC || !readCodes()) return isBeyond() ? CUT : DAMAGED;
  return readTokens();
}

function readStored(): i32 {
  // What fills up the byte has to be zeros, as every encoder writes.
  if (take(bitCount & 7) != 0) return DAMAGED;
  fill();
  const length = take(16);
  if (take(16) != (length ^ 0xffff)) return isBeyond() ? CUT : DAMAGED;
  // What was read ahead is read again.
  input -= <usize>(bitCount >> 3);
  bits = 0;
  bitCount = 0;
  if (input + length > inputEnd) return CUT;
  if (output + length > outputEnd) return FULL;
  memory.copy(output, input, length);
  input += length;
  output += length;
  setStoredLength(length);
  return READ;
}

function fixCodes(): void {
  clearCodes();
  for (let symbol = 0; symbol < 288; symbol++) store<u8>(lengths + symbol, fixedLength(symbol));
  makeDecoder(lengths, 288, sortedLiterals, literalCounts, quickLiterals);
  for (let symbol = 0; symbol < DISTANCES; symbol++) store<u8>(lengths + symbol, FIXED_DISTANCE);
  makeDecoder(lengths, DISTANCES, sortedDistances, distanceCounts, quickDistances);
}

/** Reads how the codes of a block are described. */
function readCodes(): bool {
  const literals = take(5) + FIRST_LENGTH;
  const distances = take(5) + 1;
  const runLengthCount = take(4) + 4;
  if (literals > LITERALS || distances > DISTANCES) return false;
  clearCodes();
  for (let place = 0; place < runLengthCount; place++) {
    fill();
    store<u8>(runLengths + orderedSymbol(place), take(3));
  }
  if (!makeDecoder(runLengths, LENGTH_CODES, sortedDistances, distanceCounts, quickDistances)) return false;
  const count = literals + distances;
  let runs = 0;
  for (let at = 0; at < count; ) {
    fill();
    const symbol = decode(quickDistances, sortedDistances, distanceCounts);
    if (symbol < 0 || (symbol == REPEAT_LAST && at == 0)) return false;
    const repeats = repeatBase(symbol) + take(repeatExtra(symbol));
    if (at + repeats > count) return false;
    const length = symbol < REPEAT_LAST ? symbol : symbol == REPEAT_LAST ? load<u8>(lengths + at - 1) : 0;
    memory.fill(lengths + at, <u8>length, repeats);
    store<u8>(runSymbols + runs, symbol);
    store<u8>(runCounts + runs, repeats);
    runs++;
    at += repeats;
  }
  if (isBeyond() || load<u8>(lengths + END_OF_BLOCK) == 0) return false;
  setCounts(literals, distances, runs, runLengthCount);
  return (
    makeDecoder(lengths, literals, sortedLiterals, literalCounts, quickLiterals) &&
    makeDecoder(lengths + literals, distances, sortedDistances, distanceCounts, quickDistances)
  );
}

/** Makes the tables of a code from the lengths of its symbols. Returns false if they are too short for so many. */
function makeDecoder(from: usize, count: i32, sorted: usize, counts: usize, quick: usize): bool {
  memory.fill(counts, 0, (MAX_CODE + 1) * 2);
  for (let i = 0; i < count; i++) {
    const at = counts + (<usize>load<u8>(from + i) << 1);
    store<u16>(at, load<u16>(at) + 1);
  }
  store<u16>(counts, 0);
  let left = 1;
  for (let length = 1; length <= MAX_CODE; length++) {
    left = (left << 1) - <i32>load<u16>(counts + (length << 1));
    if (left < 0) return false;
  }
  store<u16>(nexts + 2, 0);
  for (let length = 1; length <= MAX_CODE; length++) {
    const next = load<u16>(nexts + (length << 1)) + load<u16>(counts + (length << 1));
    store<u16>(nexts + ((length + 1) << 1), next);
  }
  for (let i = 0; i < count; i++) {
    const length = load<u8>(from + i);
    if (length == 0) continue;
    const at = nexts + (<usize>length << 1);
    const place = load<u16>(at);
    store<u16>(sorted + (<usize>place << 1), i);
    store<u16>(at, place + 1);
  }
  memory.fill(quick, 0, 2 << QUICK);
  let code = 0;
  let place = 0;
  for (let length = 1; length <= QUICK; length++, code <<= 1) {
    for (let n = <i32>load<u16>(counts + (length << 1)); n > 0; n--, code++, place++) {
      const entry = ((<i32>load<u16>(sorted + (place << 1)) << 4) | length);
      for (let i = reversed(code, length); i < 1 << QUICK; i += 1 << length) store<u16>(quick + (i << 1), entry);
    }
  }
  return true;
}

/** The lowest `count` bits of a code, in the other order. */
export function reversed(code: i32, count: i32): i32 {
  let result = 0;
  for (let i = 0; i < count; i++) result |= ((code >> i) & 1) << (count - 1 - i);
  return result;
}

/** The next symbol of a code; −1 if there is none. Takes 15 bits at most. */
// @ts-ignore: decorator
@inline
function decode(quick: usize, sorted: usize, counts: usize): i32 {
  const entry = <i32>load<u16>(quick + (<usize>(bits & ((1 << QUICK) - 1)) << 1));
  if (entry != 0) {
    take(entry & 15);
    return entry >> 4;
  }
  return decodeSlowly(sorted, counts);
}

function decodeSlowly(sorted: usize, counts: usize): i32 {
  let code = 0;
  let first = 0;
  let place = 0;
  for (let length = 1; length <= MAX_CODE; length++) {
    code |= <i32>((bits >> (length - 1)) & 1);
    const count = <i32>load<u16>(counts + (length << 1));
    if (code - first < count) {
      take(length);
      return load<u16>(sorted + ((place + code - first) << 1));
    }
    place += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  return -1;
}

function readTokens(): i32 {
  let count = 0;
  while (true) {
    fill();
    if (isBeyond()) return CUT;
    const symbol = decode(quickLiterals, sortedLiterals, literalCounts);
    if (symbol == END_OF_BLOCK) break;
    if (symbol < 0 || count == MOST_TOKENS) return isBeyond() ? CUT : DAMAGED;
    if (symbol < END_OF_BLOCK) {
      if (output == outputEnd) return FULL;
      store<u8>(output, symbol);
      output++;
      setToken(count++, symbol);
      continue;
    }
    if (symbol >= LITERALS) return DAMAGED;
    const lengthCode = symbol - FIRST_LENGTH;
    const length = lengthBase(lengthCode) + take(lengthExtra(lengthCode));
    // The longest length has a symbol of its own; that another one can stand for it, no encoder uses.
    if (length == MAX_MATCH && lengthExtra(lengthCode) > 0) return DAMAGED;
    fill();
    const distanceCode = decode(quickDistances, sortedDistances, distanceCounts);
    if (distanceCode < 0 || distanceCode >= DISTANCES) return isBeyond() ? CUT : DAMAGED;
    const distance = distanceBase(distanceCode) + take(distanceExtra(distanceCode));
    if (<usize>distance > output - outputStart) return isBeyond() ? CUT : DAMAGED;
    if (output + length > outputEnd) return FULL;
    copy(distance, length);
    setToken(count++, match(length, distance));
  }
  if (isBeyond()) return CUT;
  setTokenCount(count);
  return READ;
}

// @ts-ignore: decorator
@inline
function copy(distance: i32, length: i32): void {
  const from = output - distance;
  if (distance >= length) memory.copy(output, from, length);
  else for (let i = 0; i < length; i++) store<u8>(output + i, load<u8>(from + i));
  output += length;
}

/**
 * Writes the thesis's framing (section 4). The window holds what is not written yet of the text so far, then the new
 * part; a run of encodable characters that goes on beyond it is carried over to the next.
 */
import { checkUtf8, startUtf8 } from "./utf8";
export { leastByte, missingBytes, mostByte } from "./utf8";

/** New bytes a slice at most. */
export const SLICE: i32 = 65536;
/** Largest threshold, and twice the largest context: what is carried over is shorter. */
export const MOST_CARRIED: i32 = 255;
const BREAK: i32 = 15;
/** Vectors may be read and written beyond an end. */
const SLACK: i32 = 32;
const WINDOW: i32 = SLICE + MOST_CARRIED;

const window = memory.data(WINDOW + SLACK, 16);
/** For each byte of the window its code plus 1; 0 for one that has none. */
const marks = memory.data(WINDOW + SLACK, 16);
// The worst is a break and a code for each character.
const output = memory.data(WINDOW * 2 + SLACK, 16);
/** marks of the ASCII characters, by sixteens. */
const markOf = memory.data(128, 16);
/** Numbers of the sixteens that have any. */
const rows = memory.data(8);

let rowCount: i32 = 0;
let threshold: i32 = 0;
let leftContext: i32 = 0;
let rightContext: i32 = 0;
/** Bytes at the window's start that were there before. */
let carried: i32 = 0;
/** Whether they are inside a coded run. */
let coding: bool = false;
let written: usize = 0;

/** Where the host puts a character's code plus 1, by its ASCII code, before `start`. */
export function marksAddress(): usize {
  return markOf;
}

/** Where the host puts new bytes. */
export function inputAddress(): usize {
  return window + carried;
}

/** Where the host takes what was written. */
export function outputAddress(): usize {
  return output;
}

/** Starts a text. */
export function start(runThreshold: i32, left: i32, right: i32): void {
  threshold = runThreshold;
  leftContext = left;
  rightContext = right;
  carried = 0;
  coding = false;
  rowCount = 0;
  for (let row: i32 = 0; row < 8; row++) {
    if (v128.any_true(v128.load(markOf + (row << 4)))) store<u8>(rows + rowCount++, <u8>row);
  }
  startUtf8();
}

/** Checks new bytes; returns how many of them are UTF-8 before the first that is not, `count` if all are. */
export function check(count: i32): i32 {
  const first = window + carried;
  return <i32>(checkUtf8(first, first + count) - first);
}

/** Writes what can be written now that `count` new bytes are in the window; returns how many bytes that is. */
export function encode(count: i32): i32 {
  const end = carried + count;
  findMarks(end);
  written = output;
  /** First byte that is neither written nor in a coded run. */
  let raw: i32 = 0;
  let at: i32 = 0;
  if (coding) {
    const runEnd = endOfRun(0, end);
    if (runEnd == end) return carry(writeCodesBeforeEnd(0, end), end);
    raw = endCodes(0, runEnd);
    at = runEnd;
  }
  while (true) {
    const run = startOfRun(at, end);
    at = endOfRun(run, end);
    if (at - run >= threshold) {
      const first = run + leftContext;
      writeRaw(raw, first);
      writeByte((BREAK << 4) | BREAK);
      if (at == end) {
        coding = true;
        return carry(writeCodesBeforeEnd(first, end), end);
      }
      raw = endCodes(first, at);
    } else if (at == end) {
      writeRaw(raw, run);
      return carry(run, end);
    }
  }
}

/** Ends the text; returns how many bytes that wrote. */
export function finish(): i32 {
  written = output;
  writeRaw(coding ? endCodes(0, carried) : 0, carried);
  carried = 0;
  coding = false;
  return <i32>(written - output);
}

/** Keeps the window's bytes from there on; returns how many bytes were written. */
function carry(from: i32, end: i32): i32 {
  carried = end - from;
  memory.copy(window, window + from, carried);
  // finish() takes their codes from where they now are.
  memory.copy(marks, marks + from, carried);
  return <i32>(written - output);
}

/** Finds the marks of the window's bytes. */
function findMarks(end: i32): void {
  for (let i: i32 = 0; i < end; i += 16) {
    const characters = v128.load(window + i);
    let found = i8x16.splat(0);
    for (let j: i32 = 0; j < rowCount; j++) {
      const row = <i32>load<u8>(rows + j);
      // In the row's sixteen characters this leaves the place in the row; elsewhere 16 or more, for which swizzle gives 0.
      const place = v128.xor(characters, i8x16.splat(<i8>(row << 4)));
      found = v128.or(found, i8x16.swizzle(v128.load(markOf + (row << 4)), place));
    }
    v128.store(marks + i, found);
  }
}

/** The first encodable byte from there on, or `end`. */
function startOfRun(from: i32, end: i32): i32 {
  let at = from;
  while (at < end) {
    const found = ~i8x16.bitmask(i8x16.eq(v128.load(marks + at), i8x16.splat(0))) & 0xffff;
    if (found != 0) return min(at + ctz(found), end);
    at += 16;
  }
  return end;
}

/** The first byte from there on that is not encodable, or `end`. */
function endOfRun(from: i32, end: i32): i32 {
  let at = from;
  while (at < end) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(marks + at), i8x16.splat(0)));
    if (found != 0) return min(at + ctz(found), end);
    at += 16;
  }
  return end;
}

// @ts-ignore: decorator
@inline
function writeByte(byte: i32): void {
  store<u8>(written++, <u8>byte);
}

/** Copies bytes of the window as they are. */
function writeRaw(from: i32, to: i32): void {
  // Most are short: sixteen at a time, a few too many, which the next write covers.
  for (let i: i32 = from; i < to; i += 16) v128.store(written + (i - from), v128.load(window + i));
  written += to - from;
}

/** Writes codes by twos; the number of them is even. */
function writeCodes(from: i32, to: i32): void {
  const one = i8x16.splat(1);
  for (let i: i32 = from; i < to; i += 16) {
    const codes = i8x16.sub(v128.load(marks + i), one);
    // In each lane of two bytes: the first code's four bits above the second's.
    const pairs = v128.and(v128.or(i16x8.shl(codes, 4), i16x8.shr_u(codes, 8)), i16x8.splat(255));
    v128.store64_lane(written + ((i - from) >> 1), i8x16.narrow_i16x8_u(pairs, pairs), 0);
  }
  written += (to - from) >> 1;
}

/** Writes the codes that are sure to be inside the run, which goes on; returns the first that was not written. */
function writeCodesBeforeEnd(from: i32, end: i32): i32 {
  const sure = max(0, end - rightContext - from);
  const to = from + (sure & ~1);
  writeCodes(from, to);
  return to;
}

/** Writes the codes up to the run's end, which leaves its last characters as they are, and the break. */
function endCodes(from: i32, runEnd: i32): i32 {
  coding = false;
  const to = runEnd - rightContext;
  const even = from + ((to - from) & ~1);
  writeCodes(from, even);
  if (even == to) writeByte((BREAK << 4) | BREAK);
  else writeByte(((<i32>load<u8>(marks + even) - 1) << 4) | BREAK);
  return to;
}

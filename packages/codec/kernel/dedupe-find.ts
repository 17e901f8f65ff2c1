/**
 * Finds what comes again in a content, at any distance.
 *
 * Where an anchor comes again, the bytes themselves are compared with those at its latest place, forwards and backwards,
 * so that a repeat is found from its first byte to its last, and what is found is always true.
 */

import { anchorAt, findAnchors, hashOf, READ_BEHIND, WINDOW } from "./dedupe-anchors";
import { counts, fetchBucket, replacePlace, startTable, TABLE_ROOM } from "./dedupe-table";

export { fetched } from "./dedupe-table";

/** Least of the bytes that a repeat has at least: there is room for so many repeats. */
const LEAST_MINIMUM: u32 = 128;
/** A repeat up to this long gives way to one that covers it. */
const REPLACEABLE: u32 = 65536;
/** Bytes that are looked at in one call. */
const SLICE: u32 = 1 << 20;

const PAGE: usize = 65536;
/** Pages that memory grows by at least: each time costs milliseconds. */
const LEAST_GROWTH: i32 = 256;

/** A repeat, as the host gets it: its start, its length, and the start of what it repeats. */
const REPEAT: usize = 12;
/** Room for the repeats of a slice: each has LEAST_MINIMUM bytes of its own, but for one at either end. */
const repeats = memory.data(((1 << 20) / 128 + 2) * 12, 16);
let repeatsEnd: usize = repeats;

const table: usize = (__heap_base + 63) & ~63;
/** The next slice, until it is looked at. */
const slice: usize = table + TABLE_ROOM;
const content: usize = slice + SLICE;
/** Bytes of content that are there, and of those, that were looked at. */
let length: u32 = 0;
let looked: u32 = 0;

// The latest repeat. It may still grow, or give way to a longer one. There is none while its end is its start.
let start: u32 = 0;
let end: u32 = 0;
let source: u32 = 0;
/** Where the one before it ends. */
let endBefore: u32 = 0;
/** Bytes of all that are settled. */
let settled: u32 = 0;
/** Bytes of slices of zeros at the end of the content. */
let zeros: u32 = 0;
/** Bytes that a repeat has at least. */
let minimum: u32 = LEAST_MINIMUM;
/** The latest stretch that came again but was too short: how far back it was, and where it ends. */
let shortDistance: u32 = 0;
let shortEnd: u32 = 0;

growTo(content);
startTable(table);

/** Sets how long repeats are at least, before the first slice. @param bytes at least LEAST_MINIMUM */
export function setMinimum(bytes: u32): void {
  minimum = bytes;
}

function growTo(end: usize): void {
  const missing = <i32>((end + PAGE - 1) / PAGE) - memory.size();
  if (missing > 0 && memory.grow(max(missing, LEAST_GROWTH)) < 0) unreachable();
}

/** Where the next bytes go. */
export function sliceAddress(): usize {
  return slice;
}

/** Where the content begins. */
export function contentAddress(): usize {
  return content;
}

/** Most bytes that {@link look} takes. */
export function sliceLength(): u32 {
  return SLICE;
}

/**
 * Looks at `count` more bytes, which were put at {@link sliceAddress}. What it finds does not depend on what follows.
 */
export function look(count: u32): void {
  const before = length;
  growTo(content + length + count + WINDOW + READ_BEHIND);
  // New memory is all zeros already; memory that nobody touches is never taken.
  const empty = isZero(slice, count);
  if (!empty) memory.copy(content + length, slice, count);
  length += count;
  repeatsEnd = repeats;
  // The latest repeat went on to the end of what there was.
  if (end == before && end > start) {
    const distance = start - source;
    end += empty && zeros >= distance ? count : equalAfter(before - distance, before);
  }
  zeros = empty ? zeros + count : 0;
  for (; looked + WINDOW + READ_BEHIND <= length; looked += WINDOW) lookAtWindow();
}

/** Whether there are only zeros. @param count bytes; those behind them, up to a multiple of 16, are looked at too */
function isZero(address: usize, count: u32): bool {
  for (let at: u32 = 0; at < count; at += 16) if (v128.any_true(v128.load(address + at))) return false;
  return true;
}

/** Looks at what is left; zeros follow the content. */
export function finish(): void {
  repeatsEnd = repeats;
  for (; looked < length; looked += WINDOW) lookAtWindow();
  settle();
}

/** The repeats that the last call is sure of, in the order in which they come; they do not overlap. */
export function repeatsAddress(): usize {
  return repeats;
}

export function repeatCount(): u32 {
  return <u32>((repeatsEnd - repeats) / REPEAT);
}

/** Bytes of content that were there before, as far as is known. */
export function repeatedLength(): u32 {
  return settled + (end - start);
}

function lookAtWindow(): void {
  // A repeat that repeats itself says nothing new: the anchors of its first period are those of all others.
  if (looked + WINDOW <= end && looked >= start + (start - source)) return;
  const window = content + looked;
  const count = findAnchors(window);
  for (let i: u32 = 0; i < count; i++) fetchBucket(hashOf(window + anchorAt(i)));
  for (let i: u32 = 0; i < count; i++) {
    const place = looked + anchorAt(i);
    if (place >= length) break;
    const hash = hashOf(content + place);
    if (!counts(hash)) continue;
    // Places are stored from 1: 0 is none.
    const before = replacePlace(hash, place + 1);
    if (before != 0 && place >= end) compare(before - 1, place);
  }
}

/** An anchor came again, behind the latest repeat: finds out how much comes with it. */
function compare(before: u32, place: u32): void {
  if (place < shortEnd && place - before == shortDistance) return;
  const after = equalAfter(before, place);
  const floor = end - start <= REPLACEABLE ? endBefore : end;
  let first = place - equalBefore(before, place, min(before, place - floor));
  // What covers only a part of the latest repeat begins behind it.
  if (first > start && first < end) first = end;
  if (place + after - first < minimum) {
    shortDistance = place - before;
    shortEnd = place + after;
    return;
  }
  if (first > start) settle();
  start = first;
  end = place + after;
  source = before - (place - first);
}

/** The latest repeat changes no more. */
function settle(): void {
  if (end == start) return;
  store<u32>(repeatsEnd, start);
  store<u32>(repeatsEnd, end - start, 4);
  store<u32>(repeatsEnd, source, 8);
  repeatsEnd += REPEAT;
  settled += end - start;
  endBefore = end;
  start = end;
}

/** Bytes from two places on that are equal, up to the end of the content. */
function equalAfter(a: u32, b: u32): u32 {
  const most = length - b;
  for (let count: u32 = 0; count < most; count += 16) {
    const equal = i8x16.eq(v128.load(content + a + count), v128.load(content + b + count));
    const bits: u32 = i8x16.bitmask(equal);
    if (bits != 0xffff) return min(most, count + ctz(~bits));
  }
  return most;
}

/** Bytes before two places that are equal, at most `most`. */
function equalBefore(a: u32, b: u32, most: u32): u32 {
  let count: u32 = 0;
  for (; count + 16 <= most; count += 16) {
    const equal = i8x16.eq(v128.load(content + a - count - 16), v128.load(content + b - count - 16));
    const bits: u32 = i8x16.bitmask(equal);
    if (bits != 0xffff) return count + clz(~bits << 16);
  }
  while (count < most && load<u8>(content + a - count - 1) == load<u8>(content + b - count - 1)) count++;
  return count;
}

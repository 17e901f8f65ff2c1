/**
 * Finds what comes again in a content, at any distance.
 *
 * Where an anchor comes again, the bytes themselves are compared with those at its latest place, forwards and backwards,
 * so that a repeat is found from its first byte to its last, and what is found is always true.
 */

import { anchorAt, findAnchors, hashOf, READ_BEHIND, WINDOW } from "./dedupe-anchors";
import { counts, fetchBucket, replacePlace, startTable, TABLE_ROOM } from "./dedupe-table";

export { fetched } from "./dedupe-table";

/** Bytes that a repeat has at least: a model that sees both places predicts a shorter one for less than its name costs. */
const MINIMUM: u32 = 256;
/** A repeat up to this long gives way to one that covers it. */
const REPLACEABLE: u32 = 65536;
/** Bytes that are looked at in one call. */
const SLICE: u32 = 1 << 20;

const PAGE: usize = 65536;
/** Pages that memory grows by at least: each time costs milliseconds. */
const LEAST_GROWTH: i32 = 256;

/** A repeat, as the host gets it: its start, its length, and the start of what it repeats. */
const REPEAT: usize = 12;
/** Room for the repeats of a slice: each has MINIMUM bytes of its own, but for one at either end. */
const repeats = memory.data(((1 << 20) / 256 + 2) * 12, 16);
let repeatsEnd: usize = repeats;

const table: usize = (__heap_base + 63) & ~63;
const content: usize = table + TABLE_ROOM;
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

startTable(table);

/** Makes room for `count` more bytes of content, and says where they go. */
export function reserve(count: u32): usize {
  const next = content + length;
  const missing = <i32>((next + count + WINDOW + READ_BEHIND + PAGE - 1) / PAGE) - memory.size();
  if (missing > 0 && memory.grow(max(missing, LEAST_GROWTH)) < 0) unreachable();
  return next;
}

/** Where the content begins. */
export function contentAddress(): usize {
  return content;
}

/** Most bytes that {@link look} takes. */
export function sliceLength(): u32 {
  return SLICE;
}

/** Looks at `count` bytes that were put where {@link reserve} said. What it finds does not depend on what follows. */
export function look(count: u32): void {
  const before = length;
  length += count;
  repeatsEnd = repeats;
  // The latest repeat went on to the end of what there was.
  if (end == before && end > start) end += equalAfter(source + (end - start), end);
  for (; looked + WINDOW + READ_BEHIND <= length; looked += WINDOW) lookAtWindow();
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
  const after = equalAfter(before, place);
  const floor = end - start <= REPLACEABLE ? endBefore : end;
  let first = place - equalBefore(before, place, min(before, place - floor));
  // What covers only a part of the latest repeat begins behind it.
  if (first > start && first < end) first = end;
  if (place + after - first < MINIMUM) return;
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

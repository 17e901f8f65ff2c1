/**
 * Counts which characters stand how far from each other.
 *
 * For each distance d from 0 to `reach` a square table of 64-bit counts: row, the class of a character; column, the
 * class of the one that stands d later. Classes are 0 … size − 1, the places in the alphabet, and `size`, anything else.
 * The table of distance 0 holds on its diagonal how often each class came.
 *
 * A neighbour d before is the same pair as a neighbour d after, seen from the other side, so both are counted at once.
 */

/** Bytes of text that are counted at once. */
export const SLICE: i32 = 65536;
/** Characters that a window reaches at most to either side. */
export const MAXIMUM_REACH: i32 = 16;

/** Characters of the alphabet in a row that are worth coding: the thesis's threshold. At most MAXIMUM_REACH. */
export const RUN: u32 = 12;

/** In the table of bytes: a byte that is no character of its own, but goes on with the one before (UTF-8). */
export const CONTINUATION: u32 = 255;

const classOfByte = memory.data(256);
const text = memory.data(SLICE, 16);
// The classes of a slice, and before them those of the last characters of the slice before.
const classes = memory.data(MAXIMUM_REACH + SLICE, 16);
const first = classes + MAXIMUM_REACH;

let size: u32 = 0;
let reach: u32 = 0;
// Characters of the alphabet up to the last one, in a row.
let run: u32 = 0;
let inRuns: u64 = 0;

const PAGE: usize = 65536;

/** Where the host puts the class of each of the 256 bytes. */
export function classesAddress(): usize {
  return classOfByte;
}

/** Where the host puts text. */
export function textAddress(): usize {
  return text;
}

// @ts-ignore: decorator
@inline
function counts(): usize {
  return (__heap_base + 15) & ~15;
}

/** Where the tables lie, that of distance 0 first: (size + 1)² counts of 8 bytes each. */
export function countsAddress(): usize {
  return counts();
}

/** Sets all counts to zero and starts a text; the memory may grow. */
export function prepare(alphabetSize: u32, farthest: u32): void {
  size = alphabetSize;
  reach = farthest;
  const bytes: usize = (reach + 1) * (size + 1) * (size + 1) * 8;
  const pages = <i32>((counts() + bytes + PAGE - 1) / PAGE) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) unreachable();
  memory.fill(counts(), 0, bytes);
  run = 0;
  inRuns = 0;
  // The text has nothing before it.
  memory.fill(classes, <u8>size, MAXIMUM_REACH);
}

/** Turns the first `length` bytes of the text buffer into classes; returns how many characters they are. */
function classify(length: u32): u32 {
  let characters: u32 = 0;
  for (let i: u32 = 0; i < length; i++) {
    const found = <u32>load<u8>(classOfByte + load<u8>(text + i));
    store<u8>(first + characters, found);
    characters += u32(found != CONTINUATION);
  }
  return characters;
}

/** Characters in runs of {@link RUN} or more. */
export function charactersInRuns(): u64 {
  return inRuns;
}

/** A run counts once it is long enough, and then each character more: so what comes later need not be known. */
function countRuns(characters: u32): void {
  for (let at = first, end = first + characters; at < end; at++) {
    run = <u32>load<u8>(at) == size ? 0 : run + 1;
    if (run == RUN) inRuns += RUN;
    else if (run > RUN) inRuns++;
  }
}

/** The last characters become what stands before the next slice. */
function keepLast(characters: u32): void {
  memory.copy(classes, classes + characters, MAXIMUM_REACH);
}

/** Takes the first `length` bytes of the text buffer as what stands before the text, and counts nothing. */
export function skip(length: u32): void {
  const characters = classify(length);
  const before = inRuns;
  countRuns(characters);
  inRuns = before;
  keepLast(characters);
}

/** Counts the characters of the first `length` bytes of the text buffer, each with those before it. */
export function count(length: u32): void {
  const characters = classify(length);
  countRuns(characters);
  const row = (size + 1) * 8;
  for (let distance: u32 = 0; distance <= reach; distance++) {
    const table = counts() + distance * (size + 1) * row;
    for (let at = first, end = first + characters; at < end; at++) {
      const cell = table + <u32>load<u8>(at - distance) * row + <u32>load<u8>(at) * 8;
      store<u64>(cell, load<u64>(cell) + 1);
    }
  }
  keepLast(characters);
}

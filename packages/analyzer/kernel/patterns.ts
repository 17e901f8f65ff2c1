/**
 * Levels 1 to 3 over a stream of blocks. The host puts bytes behind those that {@link take} left over; results are read
 * as records from the scratch area.
 */
import {
  isTaken, levelOf, reserveUpTo, secondOf, slotAddress, slotsOf, touch, usedSlots, SECOND_BYTES,
} from "./hash-table";
import {
  BLOCK_BYTES, PLACES, PLACES_BYTES, blockCount, blocks, countBlock, firstBlock, initBlocks, mergeBlocks, mergePlaces, places,
  placesOf,
} from "./patterns/blocks";
import { md5OfPieces } from "./patterns/md5";
import {
  GROUP, PIECES, PIECE_BYTES, countInParent, countPieces, fine, initPieces, mergePieces, micro, pieceCount, piecePlace,
} from "./patterns/pieces";
import { MAP_BYTES, coverBlock, initRepeatMap } from "./patterns/repeat-map";
import { xxh64 } from "./patterns/xxh64";

export { NOWHERE, PLACES } from "./patterns/blocks";
export { PIECES } from "./patterns/pieces";
export { CELLS, CELL_LEVELS, SIZES, cellShift, cellsOfMap, markedBlocks } from "./patterns/repeat-map";

/** Bytes that the host may put in at a time, beyond what is left of a block. */
const INPUT: usize = 1 << 20;
/** Hashes read whole words, so up to seven bytes past the end. */
const SLACK: usize = 64;
/** Room for records of results, and for entries that come or go. */
const SCRATCH: usize = 1 << 18;
const PAGE: usize = 65536;

// Tables by number.
export const BLOCKS: u32 = 0;
export const FINE: u32 = 1;
export const MICRO: u32 = 2;
export const BLOCK_PLACES: u32 = 3;

/** Bytes of a signature: XXH64, or in kernels with WIDE, MD5. */
const SIGNATURE_BYTES: usize = 8 + SECOND_BYTES;
const signatures = memory.data(GROUP * 16, 8);

let blockSize: usize = 0;
let input: usize = 0;
let scratch: usize = 0;
/** Number of the next block. */
let next: u32 = 0;

/**
 * Once an instance.
 *
 * @param size bytes of a block, a multiple of 100
 * @param first number of the first block that will come
 * @param largestBlocks the most slots of the table of blocks, a power of two; and so on
 * @param markable how many blocks can be marked as repeats
 */
export function prepare(
  size: u32,
  first: u32,
  largestBlocks: u32,
  largestPieces: u32,
  largestPlaces: u32,
  markable: u32,
): void {
  blockSize = size;
  next = first;
  scratch = (__heap_base + PAGE - 1) & ~(PAGE - 1);
  input = scratch + SCRATCH;
  const cells = (input + INPUT + blockSize + SLACK + 63) & ~63;
  const bits = cells + MAP_BYTES;
  const fineSlots = bits + ((<usize>markable + 511) >> 9 << 6);
  const microSlots = fineSlots + <usize>largestPieces * PIECE_BYTES;
  const placeSlots = microSlots + <usize>largestPieces * PIECE_BYTES;
  // The table of blocks is the largest by far, and alone grows the memory later on.
  const blockSlots = placeSlots + <usize>largestPlaces * PLACES_BYTES;
  if (!reserveUpTo(blockSlots)) unreachable();
  initRepeatMap(cells, bits, markable);
  initPieces(fineSlots, microSlots, largestPieces);
  initBlocks(blockSlots, largestBlocks, placeSlots, largestPlaces);
}

export function inputAddress(): usize {
  return input;
}

export function inputCapacity(): usize {
  return INPUT + blockSize;
}

export function scratchAddress(): usize {
  return scratch;
}

export function scratchCapacity(): usize {
  return SCRATCH;
}

/**
 * Counts the whole blocks of the first `filled` bytes of the input.
 *
 * @returns how many bytes are left over; they now lie at the start of the input
 */
export function take(filled: usize): usize {
  const whole = <u32>(filled / blockSize);
  for (let i: u32 = 0; i < whole; i += GROUP) {
    const address = input + <usize>i * blockSize;
    const count = min(GROUP, whole - i);
    coverBlock(next + count - 1, 0);
    countBlocks(address, count);
    countPieces(address, next, count, blockSize / (PIECES * PIECES));
    next += count;
  }
  const rest = filled - <usize>whole * blockSize;
  memory.copy(input, input + <usize>whole * blockSize, rest);
  return rest;
}

function countBlocks(address: usize, count: u32): void {
  if (WIDE) md5OfPieces(address, count, blockSize, signatures);
  else {
    for (let i: u32 = 0; i < count; i++) {
      store<u64>(signatures + (<usize>i << 3), xxh64(address + <usize>i * blockSize, blockSize));
    }
  }
  touch(blocks, signatures, count, SIGNATURE_BYTES, BLOCK_BYTES);
  for (let i: u32 = 0; i < count; i++) {
    const signature = signatures + <usize>i * SIGNATURE_BYTES;
    countBlock(load<u64>(signature), WIDE ? load<u64>(signature, 8) : 0, next + i);
  }
}

function tableOf(number: u32): usize {
  return number == BLOCKS ? blocks : number == FINE ? fine : number == MICRO ? micro : places;
}

/** Patterns that a table holds. */
export function kept(number: u32): u32 {
  return usedSlots(tableOf(number));
}

/** Zero bits that the hashes in a table start with: one in 2^k of all is kept. */
export function sampleLevel(number: u32): u32 {
  return levelOf(tableOf(number));
}

// @ts-ignore: decorator
@inline
function countOf(number: u32, entry: usize): u64 {
  return number == BLOCKS ? <u64>blockCount(entry) : pieceCount(entry);
}

// @ts-ignore: decorator
@inline
function placeOf(number: u32, entry: usize): u64 {
  return number == BLOCKS ? <u64>firstBlock(entry) : piecePlace(entry);
}

/** Count classes: c is of the counts above 2^(c − 1), up to 2^c. */
export const CLASSES: usize = 64;

/**
 * Writes, for each class of counts, the number of patterns and that of their occurrences: 64 pairs of u64.
 */
export function countClasses(number: u32): void {
  const table = tableOf(number);
  memory.fill(scratch, 0, CLASSES * 16);
  const slots = slotsOf(table);
  for (let i: u32 = 0; i < slots; i++) {
    const entry = slotAddress(table, i);
    if (!isTaken(entry)) continue;
    const count = countOf(number, entry);
    const at = scratch + (count == 1 ? 0 : (64 - <usize>clz(count - 1)) << 4);
    store<u64>(at, load<u64>(at) + 1);
    store<u64>(at, load<u64>(at, 8) + count, 8);
  }
}

/** A result: hash, count, place, count in its parent's first place, second half of the hash or 0; five u64. */
const RECORD: usize = 40;

function writeRecord(at: usize, number: u32, entry: usize): void {
  store<u64>(at, load<u64>(entry));
  store<u64>(at, countOf(number, entry), 8);
  store<u64>(at, placeOf(number, entry), 16);
  store<u64>(at, number == BLOCKS ? 1 : countInParent(entry), 24);
  store<u64>(at, secondOf(entry, number == BLOCKS ? BLOCK_BYTES : PIECE_BYTES), 32);
}

/**
 * Writes records of the patterns that occur most often, at least twice, by falling count, then by rising place.
 *
 * @param most at least 1
 * @returns how many there are, `most` at most
 */
export function topPatterns(number: u32, most: u32): u32 {
  const table = tableOf(number);
  const slots = slotsOf(table);
  let found: u32 = 0;
  let least: u64 = 2;
  for (let i: u32 = 0; i < slots; i++) {
    const entry = slotAddress(table, i);
    if (!isTaken(entry)) continue;
    const count = countOf(number, entry);
    if (count < least) continue;
    const place = placeOf(number, entry);
    let at = found;
    for (; at > 0; at--) {
      const above = scratch + <usize>(at - 1) * RECORD;
      const other = load<u64>(above, 8);
      if (other > count || (other == count && load<u64>(above, 16) < place)) break;
    }
    if (at == most) continue;
    const to = scratch + <usize>at * RECORD;
    if (found < most) found++;
    memory.copy(to + RECORD, to, <usize>(found - 1 - at) * RECORD);
    writeRecord(to, number, entry);
    if (found == most) least = load<u64>(scratch + <usize>(most - 1) * RECORD, 8);
  }
  return found;
}

/**
 * Writes records of the patterns whose first place is in one of the given parents (blocks: that are these blocks),
 * behind the list of the parents' numbers in the scratch area.
 *
 * @param count of the parents, ascending u64
 * @returns how many records; those that find no more room are left out
 */
export function patternsIn(number: u32, count: u32): u32 {
  const table = tableOf(number);
  const slots = slotsOf(table);
  const records = scratch + (<usize>count << 3);
  const room = <u32>((SCRATCH - (<usize>count << 3)) / RECORD);
  let found: u32 = 0;
  for (let i: u32 = 0; i < slots && found < room; i++) {
    const entry = slotAddress(table, i);
    if (!isTaken(entry)) continue;
    const parent = number == BLOCKS ? <u64>firstBlock(entry) : piecePlace(entry) >> 4;
    let low: u32 = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (load<u64>(scratch + (<usize>middle << 3)) < parent) low = middle + 1;
      else high = middle;
    }
    if (low == count || load<u64>(scratch + (<usize>low << 3)) != parent) continue;
    writeRecord(records + <usize>found * RECORD, number, entry);
    found++;
  }
  return found;
}

/** Address of the first blocks of this signature, whose second half is 0 where it has 64 bits: eight u32, 2^32 − 1 where there are no more; 0 if they are not kept. */
export function placesOfBlock(signature: u64, second: u64): usize {
  return placesOf(signature, second);
}

/** Bytes of an entry of a table. */
export function entryBytes(number: u32): u32 {
  return number == BLOCKS ? <u32>BLOCK_BYTES : number == FINE || number == MICRO ? <u32>PIECE_BYTES : <u32>PLACES_BYTES;
}

/** Where {@link exportEntries} goes on. */
let cursor: u32 = 0;

export function startExport(): void {
  cursor = 0;
}

/** Writes the next entries of a table to the scratch area; returns how many, 0 at the end. */
export function exportEntries(number: u32): u32 {
  const table = tableOf(number);
  const bytes = <usize>entryBytes(number);
  const room = <u32>(SCRATCH / bytes);
  const slots = slotsOf(table);
  let count: u32 = 0;
  for (; cursor < slots && count < room; cursor++) {
    const entry = slotAddress(table, cursor);
    if (!isTaken(entry)) continue;
    memory.copy(scratch + <usize>count * bytes, entry, bytes);
    count++;
  }
  return count;
}

/**
 * Takes in entries of another instance's table from the scratch area, first the places, then the rest. Their blocks are
 * covered by then.
 *
 * @param level of the other table
 */
export function mergeEntries(number: u32, count: u32, level: u32): void {
  if (number == BLOCKS) mergeBlocks(scratch, count, level);
  else if (number == FINE) mergePieces(fine, scratch, count, level, 1);
  else if (number == MICRO) mergePieces(micro, scratch, count, level, PIECES);
  else mergePlaces(scratch, count, level);
}

/** Makes cells at least 2^least blocks large, and large enough for this block. */
export function cover(block: u32, least: u32): void {
  coverBlock(block, least);
}

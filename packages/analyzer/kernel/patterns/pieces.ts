/**
 * Levels 2 and 3: pieces of blocks, and pieces of those, ten in each.
 *
 * A piece belongs to the larger one, its parent, in which it occurs first. That one occurs there first as well, or the
 * piece would have occurred before; so the first places of all patterns make a tree, and no links need be kept.
 */
import {
  find, initTable, isTaken, levelOf, noteInsertion, raiseLevel, secondOf, touch, HEADER_BYTES, SECOND_BYTES,
} from "../hash-table";
import { DIGEST_BYTES, md5OfPieces } from "./md5";
import { FINE_START, endFine, firstWordMask, joinMicro, microHash } from "./piece-hash";
import { noteRepeat } from "./repeat-map";

/** Pieces in the next larger one. */
export const PIECES: u32 = 10;

/**
 * An entry: its hash; how often it occurs, and in the highest byte how often in its parent's first place; its place:
 * number of the parent · 16 + number within the parent, 0 … 9.
 */
export const PIECE_BYTES: usize = 24 + SECOND_BYTES;
const COUNT: usize = 8;
const PLACE: usize = 16;
const IN_PARENT: u64 = 1 << 56;

export const fine = memory.data(HEADER_BYTES, 8);
export const micro = memory.data(HEADER_BYTES, 8);

/** 1 or 2, as the map of repeats has it. */
// @ts-ignore: decorator
@inline
function sizeOf(table: usize): u32 {
  return table == fine ? 1 : 2;
}

export function initPieces(fineSlots: usize, microSlots: usize, largest: u32): void {
  initTable(fine, fineSlots, <u32>PIECE_BYTES, largest);
  initTable(micro, microSlots, <u32>PIECE_BYTES, largest);
}

// @ts-ignore: decorator
@inline
export function pieceCount(entry: usize): u64 {
  return load<u64>(entry, COUNT) & (IN_PARENT - 1);
}

/** How often the piece occurs where its parent occurs first: 1 … 10. */
export function countInParent(entry: usize): u64 {
  return load<u64>(entry, COUNT) / IN_PARENT;
}

/** Parent · 16 + number within it. */
export function piecePlace(entry: usize): u64 {
  return load<u64>(entry, PLACE);
}

/** Blocks that are looked at together, at most. */
export const GROUP: u32 = 8;
/** Pieces of a group whose hashes are in the sample: hash, number within the group, the second half of a hash that has one. */
const CHOSEN_BYTES: usize = 16 + SECOND_BYTES;
const chosenFine = memory.data(GROUP * PIECES * (16 + (WIDE ? 8 : 0)), 16);
const chosenMicro = memory.data(GROUP * PIECES * PIECES * (16 + (WIDE ? 8 : 0)), 16);
/** Digests of as many pieces as a group may have. */
const digests = memory.data(WIDE ? GROUP * PIECES * PIECES * 16 : 16, 16);

/** Notes a piece in a list, without a branch on its hash; returns the list's end. */
// @ts-ignore: decorator
@inline
function choose(end: usize, hash: u64, number: u32, largest: u64): usize {
  store<u64>(end, hash);
  store<u32>(end, number, 8);
  return end + (<usize>(hash <= largest) << 4);
}

/**
 * Counts the pieces of consecutive blocks, at most {@link GROUP}: first all hashes, then all slots into the cache, then
 * one piece after the other. That is twice as fast as each by itself.
 *
 * @param address of the first block
 * @param firstBlock its number
 * @param size bytes of a micro pattern
 */
export function countPieces(address: usize, firstBlock: u32, blocks: u32, size: usize): void {
  const mask = firstWordMask(size);
  const largestFine: u64 = u64.MAX_VALUE >> <u64>levelOf(fine);
  const largestMicro: u64 = u64.MAX_VALUE >> <u64>levelOf(micro);
  let fineEnd = chosenFine;
  let microEnd = chosenMicro;
  if (WIDE) {
    fineEnd = chooseDigests(chosenFine, address, blocks * PIECES, size * PIECES, largestFine);
    microEnd = chooseDigests(chosenMicro, address, blocks * PIECES * PIECES, size, largestMicro);
    countAll(fineEnd, microEnd, firstBlock);
    return;
  }
  let number: u32 = 0;
  for (let i: u32 = 0; i < blocks * PIECES; i++) {
    let hash: u64 = FINE_START;
    for (let m: u32 = 0; m < PIECES; m++) {
      const part = microHash(address, size, mask);
      hash = joinMicro(hash, part);
      microEnd = choose(microEnd, part, number++, largestMicro);
      address += size;
    }
    fineEnd = choose(fineEnd, endFine(hash), i, largestFine);
  }
  countAll(fineEnd, microEnd, firstBlock);
}

/** Notes the MD5 of each of `count` pieces, one behind the other; returns the list's end. */
function chooseDigests(list: usize, address: usize, count: u32, size: usize, largest: u64): usize {
  md5OfPieces(address, count, size, digests);
  let end = list;
  for (let i: u32 = 0; i < count; i++) {
    const digest = digests + <usize>i * DIGEST_BYTES;
    const hash = load<u64>(digest);
    store<u64>(end, hash);
    store<u32>(end, i, 8);
    store<u64>(end, load<u64>(digest, 8), 16);
    end += hash <= largest ? CHOSEN_BYTES : 0;
  }
  return end;
}

function countAll(fineEnd: usize, microEnd: usize, firstBlock: u32): void {
  touch(fine, chosenFine, <u32>((fineEnd - chosenFine) / CHOSEN_BYTES), CHOSEN_BYTES, PIECE_BYTES);
  touch(micro, chosenMicro, <u32>((microEnd - chosenMicro) / CHOSEN_BYTES), CHOSEN_BYTES, PIECE_BYTES);
  countChosen(fine, chosenFine, fineEnd, firstBlock, 1);
  countChosen(micro, chosenMicro, microEnd, firstBlock, PIECES);
}

/** @param parentsPerBlock 1 or 10 */
function countChosen(table: usize, list: usize, end: usize, firstBlock: u32, parentsPerBlock: u32): void {
  const firstParent = <u64>firstBlock * parentsPerBlock;
  for (; list < end; list += CHOSEN_BYTES) {
    const number = load<u32>(list, 8);
    const parent = number / PIECES;
    const place = ((firstParent + parent) << 4) | (number - parent * PIECES);
    count(table, load<u64>(list), WIDE ? load<u64>(list, 16) : 0, place, firstBlock + parent / parentsPerBlock);
  }
}

function count(table: usize, hash: u64, second: u64, place: u64, block: u32): void {
  const level = <u32>clz(hash);
  // It may have risen since the piece was chosen.
  if (level < levelOf(table)) return;
  const entry = find(table, hash, second, PIECE_BYTES);
  if (isTaken(entry)) {
    const again: u64 = piecePlace(entry) >> 4 == place >> 4 ? IN_PARENT + 1 : 1;
    store<u64>(entry, load<u64>(entry, COUNT) + again, COUNT);
    noteRepeat(sizeOf(table), block, level);
  } else {
    insert(table, entry, hash, second, IN_PARENT + 1, place);
  }
}

function insert(table: usize, entry: usize, hash: u64, second: u64, count: u64, place: u64): void {
  store<u64>(entry, hash);
  if (WIDE) store<u64>(entry + PIECE_BYTES - SECOND_BYTES, second);
  store<u64>(entry, count, COUNT);
  store<u64>(entry, place, PLACE);
  noteInsertion(table);
}

/**
 * Takes in entries of another table, of other blocks of the same file.
 *
 * @param parentsPerBlock parents in a block: 1 or 10
 */
export function mergePieces(table: usize, entries: usize, count: u32, level: u32, parentsPerBlock: u64): void {
  raiseLevel(table, level);
  for (let i: u32 = 0; i < count; i++) {
    const other = entries + <usize>i * PIECE_BYTES;
    const hash = load<u64>(other);
    if (<u32>clz(hash) < levelOf(table)) continue;
    const second = secondOf(other, PIECE_BYTES);
    const own = find(table, hash, second, PIECE_BYTES);
    if (!isTaken(own)) {
      insert(table, own, hash, second, load<u64>(other, COUNT), piecePlace(other));
      continue;
    }
    const isEarlier = piecePlace(own) < piecePlace(other);
    const earlier = isEarlier ? own : other;
    const later = isEarlier ? other : own;
    noteRepeat(sizeOf(table), <u32>((piecePlace(later) >> 4) / parentsPerBlock), <u32>clz(hash));
    const counts = pieceCount(own) + pieceCount(other) + countInParent(earlier) * IN_PARENT;
    const place = piecePlace(earlier);
    store<u64>(own, counts, COUNT);
    store<u64>(own, place, PLACE);
  }
}

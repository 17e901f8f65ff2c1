/** Level 1: blocks, by signature: how often and where. */
import {
  find, initTable, isTaken, levelOf, noteInsertion, raiseLevel, secondOf, HEADER_BYTES, SECOND_BYTES,
} from "../hash-table";
import { markBlock, noteRepeat } from "./repeat-map";

/** An entry: its signature, then the first block that has it, and how many have it. */
export const BLOCK_BYTES: usize = 16 + SECOND_BYTES;
const FIRST: usize = 8;
const COUNT: usize = 12;

/** Blocks of which the number is kept, for each signature. */
export const PLACES: u32 = 8;
/** An entry of the places: a signature, then the first block numbers, ascending, and {@link NOWHERE} behind them. */
export const PLACES_BYTES: usize = 8 + PLACES * 4 + SECOND_BYTES;
export const NOWHERE: u32 = 0xffffffff;

/** Blocks are the coarsest pieces. */
const SIZE: u32 = 0;

export const blocks = memory.data(HEADER_BYTES, 8);
/** Of the signatures that occur twice or more. */
export const places = memory.data(HEADER_BYTES, 8);

export function initBlocks(blockSlots: usize, largest: u32, placeSlots: usize, largestPlaces: u32): void {
  initTable(places, placeSlots, <u32>PLACES_BYTES, largestPlaces);
  initTable(blocks, blockSlots, <u32>BLOCK_BYTES, largest);
}

/** The first block of an entry. */
// @ts-ignore: decorator
@inline
export function firstBlock(entry: usize): u32 {
  return load<u32>(entry, FIRST);
}

/** The blocks of an entry. */
// @ts-ignore: decorator
@inline
export function blockCount(entry: usize): u32 {
  return load<u32>(entry, COUNT);
}

/** @param second half of the signature, where it has 128 bits */
export function countBlock(signature: u64, second: u64, block: u32): void {
  const level = <u32>clz(signature);
  if (level < levelOf(blocks)) return;
  const entry = find(blocks, signature, second, BLOCK_BYTES);
  if (!isTaken(entry)) {
    insert(entry, signature, second, block, 1);
    return;
  }
  const count = blockCount(entry);
  store<u32>(entry, count + 1, COUNT);
  noteRepeat(SIZE, block, level);
  markBlock(block);
  if (count < PLACES) {
    if (count == 1) addPlace(signature, second, firstBlock(entry));
    addPlace(signature, second, block);
  }
}

function insert(entry: usize, signature: u64, second: u64, block: u32, count: u32): void {
  store<u64>(entry, signature);
  if (WIDE) store<u64>(entry + BLOCK_BYTES - SECOND_BYTES, second);
  store<u32>(entry, block, FIRST);
  store<u32>(entry, count, COUNT);
  noteInsertion(blocks);
  // What is no longer counted needs no places.
  raiseLevel(places, levelOf(blocks));
}

/** Puts a block among the places of its signature, if it is one of the first. */
function addPlace(signature: u64, second: u64, block: u32): void {
  if (<u32>clz(signature) < levelOf(places)) return;
  const entry = find(places, signature, second, PLACES_BYTES);
  const isNew = !isTaken(entry);
  if (isNew) {
    store<u64>(entry, signature);
    if (WIDE) store<u64>(entry + PLACES_BYTES - SECOND_BYTES, second);
    memory.fill(entry + 8, 0xff, PLACES * 4);
  }
  // Insertion into a sorted list; what falls off its end is later than the first ones.
  let place = block;
  for (let i: u32 = 0; i < PLACES; i++) {
    const at = entry + 8 + (<usize>i << 2);
    const other = load<u32>(at);
    if (other == place) break;
    if (other > place) {
      store<u32>(at, place);
      if (other == NOWHERE) break;
      place = other;
    }
  }
  if (isNew) noteInsertion(places);
}

/** Address of the places of a signature, {@link PLACES} of them; 0 if they are not kept. */
export function placesOf(signature: u64, second: u64): usize {
  const entry = find(places, signature, second, PLACES_BYTES);
  return isTaken(entry) && load<u64>(entry) == signature ? entry + 8 : 0;
}

/**
 * Takes in entries of another table, of other blocks of the same file; its places have to be taken in before, by
 * {@link mergePlaces}.
 */
export function mergeBlocks(entries: usize, count: u32, level: u32): void {
  raiseLevel(blocks, level);
  raiseLevel(places, level);
  for (let i: u32 = 0; i < count; i++) {
    const other = entries + <usize>i * BLOCK_BYTES;
    const signature = load<u64>(other);
    const second = secondOf(other, BLOCK_BYTES);
    const own = find(blocks, signature, second, BLOCK_BYTES);
    if (<u32>clz(signature) < levelOf(blocks)) continue;
    if (!isTaken(own)) {
      insert(own, signature, second, firstBlock(other), blockCount(other));
      continue;
    }
    const earlier = min(firstBlock(own), firstBlock(other));
    const later = max(firstBlock(own), firstBlock(other));
    // The places of signatures that occur once on either side were not kept.
    addPlace(signature, second, earlier);
    addPlace(signature, second, later);
    store<u32>(own, earlier, FIRST);
    store<u32>(own, blockCount(own) + blockCount(other), COUNT);
    noteRepeat(SIZE, later, <u32>clz(signature));
    markBlock(later);
  }
}

/** Takes in places of another table. */
export function mergePlaces(entries: usize, count: u32, level: u32): void {
  raiseLevel(places, level);
  for (let i: u32 = 0; i < count; i++) {
    const other = entries + <usize>i * PLACES_BYTES;
    for (let n: u32 = 0; n < PLACES; n++) {
      const block = load<u32>(other + 8 + (<usize>n << 2));
      if (block != NOWHERE) addPlace(load<u64>(other), secondOf(other, PLACES_BYTES), block);
    }
  }
}

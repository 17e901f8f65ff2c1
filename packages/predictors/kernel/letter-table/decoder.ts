/**
 * Decodes letters by a table of scores: of a code's characters, the one whose scores, one for each neighbour, have the
 * largest sum; of equals the first. From left to right, so that the neighbours to the left are decided already.
 *
 * Cells come a slice at a time, in a window that carries the neighbours over from slice to slice.
 */
import { allocate, resetMemory } from "../memory";

/** Cells a slice at most. */
export const SLICE: i32 = 16384;
/** How far a neighbour may be. */
export const REACH: i32 = 16;
/** The first cell that is a code. */
export const FIRST_CODE: i32 = 256;
/** Codes of a table, and characters of a code, at most. */
export const MOST_CODES: i32 = 15;
export const MOST_MEMBERS: i32 = 8;
const MOST_CELLS: i32 = FIRST_CODE + MOST_CODES;

const cells = memory.data((SLICE + REACH) * 2 + 16, 16); // u16, and a vector's rest
const bytes = memory.data(SLICE, 16); // u8
/** Offset of each neighbour's scores within those of a code and a distance; REACH of them, the slice, REACH more. */
const offsets = memory.data((REACH + SLICE + REACH) * 2, 16); // u16
const offsetOfCell = memory.data(MOST_CELLS * 2, 16); // u16
/** For each distance, the bytes from a letter's place in `offsets` to the neighbour's. */
const steps = memory.data(REACH * 4, 16); // i32
/** A code's characters: the offset of its scores, then the byte, u16 each. */
const membersOfCode = memory.data(MOST_CODES * MOST_MEMBERS * 4, 16);
const sizeOfCode = memory.data(MOST_CODES); // u8
const sums = memory.data(MOST_MEMBERS * 4, 16); // f32

let scores: usize = 0;
let codeCount: i32 = 0;
let distanceCount: i32 = 0;
/** Bytes of the scores of one distance, of one code. */
let distanceBytes: i32 = 0;
let codeBytes: i32 = 0;
let width: i32 = 0;
/** What a cell beyond the text's ends is. */
let outside: u16 = 0;

/** Where the host puts the slice's cells, and up to REACH that follow. */
export function cellsAddress(): usize {
  return cells;
}

/** Where the host takes the slice's bytes. */
export function bytesAddress(): usize {
  return bytes;
}

/** Where the host saves and restores the REACH neighbours left of the next slice, two bytes each. */
export function leftAddress(): usize {
  return offsets;
}

/**
 * Sets up a table.
 *
 * @param codes number of codes
 * @param distances number of distances
 * @param neighbours what a neighbour can be; the last is what the table does not know
 * @param members scores for each neighbour: 2, 4 or 8
 * @returns where the host puts the scores: f32 [code][distance][neighbour][member]
 */
export function prepare(codes: i32, distances: i32, neighbours: i32, members: i32): usize {
  codeCount = codes;
  width = members;
  distanceCount = distances;
  distanceBytes = neighbours * members * 4;
  codeBytes = distances * distanceBytes;
  outside = <u16>((neighbours - 1) * members * 4);
  memory.fill(sizeOfCode, 0, MOST_CODES);
  resetMemory();
  scores = allocate(codes * codeBytes);
  return scores;
}

/** Says which neighbour a cell is. */
export function setNeighbour(cell: i32, neighbour: i32): void {
  store<u16>(offsetOfCell + (cell << 1), <u16>(neighbour * width * 4));
}

/** Says how far a letter's neighbour is, for the distance of that place in the order of summation. */
export function setDistance(place: i32, distance: i32): void {
  store<i32>(steps + (place << 2), distance * 2);
}

/** Adds a character to a code; its neighbour has been set. */
export function addMember(code: i32, byte: i32): void {
  const size = <i32>load<u8>(sizeOfCode + code);
  const member = membersOf(code) + (size << 2);
  store<u16>(member, load<u16>(offsetOfCell + (byte << 1)));
  store<u16>(member, <u16>byte, 2);
  store<u8>(sizeOfCode + code, <u8>(size + 1));
}

// @ts-ignore: decorator
@inline
function membersOf(code: i32): usize {
  return membersOfCode + code * (MOST_MEMBERS * 4);
}

/** Starts a text: nothing is known to its left. */
export function start(): void {
  for (let i: i32 = 0; i < REACH; i++) store<u16>(offsets + (i << 1), outside);
}

/**
 * Decodes the next `count` cells.
 *
 * @param known cells in the buffer: `count` and those that follow, as far as neighbours reach or to the text's end
 * @returns whether all of them are bytes or codes of the table; if not, nothing is decoded
 */
export function decodeSlice(count: i32, known: i32): bool {
  if (!knowsAll(known)) return false;
  const first = offsets + REACH * 2;
  for (let i: i32 = 0; i < known; i++) {
    const cell = <usize>load<u16>(cells + (<usize>i << 1));
    store<u16>(first + (<usize>i << 1), load<u16>(offsetOfCell + (cell << 1)));
  }
  for (let i: i32 = known; i < count + REACH; i++) store<u16>(first + (<usize>i << 1), outside);

  for (let i: i32 = 0; i < count; i++) {
    const cell = <i32>load<u16>(cells + (<usize>i << 1));
    let byte = cell;
    if (cell >= FIRST_CODE) {
      const place = first + (<usize>i << 1);
      const member = width == 2 ? betterOfTwo(cell - FIRST_CODE, place) : bestOfSeveral(cell - FIRST_CODE, place);
      byte = member >> 16;
      store<u16>(place, <u16>member);
    }
    store<u8>(bytes + i, <u8>byte);
  }
  memory.copy(offsets, offsets + <usize>count * 2, REACH * 2);
  return true;
}

function knowsAll(count: i32): bool {
  const end = cells + (<usize>count << 1);
  // The last vector's rest.
  memory.fill(end, 0, 16);
  const last = i16x8.splat(<i16>(FIRST_CODE + codeCount - 1));
  for (let at = cells; at < end; at += 16) if (v128.any_true(i16x8.gt_u(v128.load(at), last))) return false;
  return true;
}

/**
 * The member with the larger sum. A code of one character is not told apart: its scores are 0, and a branch that is
 * often guessed wrong costs more than adding them.
 */
// @ts-ignore: decorator
@inline
function betterOfTwo(code: i32, place: usize): i32 {
  let row = scores + code * codeBytes;
  let sum = f32x4.splat(0);
  for (let i: i32 = 0; i < distanceCount; i++) {
    const offset = <usize>load<u16>(place + load<i32>(steps + (<usize>i << 2)));
    sum = f32x4.add(sum, v128.load64_zero(row + offset));
    row += distanceBytes;
  }
  const members = membersOf(code);
  const second = f32x4.extract_lane(sum, 1) > f32x4.extract_lane(sum, 0);
  // Both are at hand before it is known which: the letter is waited for, by the next one's sum.
  return select<i32>(load<i32>(members, 4), load<i32>(members), second);
}

/** The member with the largest sum. */
function bestOfSeveral(code: i32, place: usize): i32 {
  for (let block: i32 = 0; block < width * 4; block += 16) {
    let row = scores + code * codeBytes + block;
    let sum = f32x4.splat(0);
    for (let i: i32 = 0; i < distanceCount; i++) {
      const offset = <usize>load<u16>(place + load<i32>(steps + (<usize>i << 2)));
      sum = f32x4.add(sum, v128.load(row + offset));
      row += distanceBytes;
    }
    v128.store(sums + block, sum);
  }
  let best: i32 = 0;
  for (let i: i32 = 1; i < <i32>load<u8>(sizeOfCode + code); i++) {
    if (load<f32>(sums + (<usize>i << 2)) > load<f32>(sums + (<usize>best << 2))) best = i;
  }
  return load<i32>(membersOf(code) + (best << 2));
}

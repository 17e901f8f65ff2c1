/** The resolver by itself: turns cells into bytes, at once or letter by letter. */
import { allocate, resetMemory } from "../memory";
import {
  accept, acceptLetter, addMember as addToGroup, bestRank, cellAt, clearGroups, isAmbiguous, knownByte, margin, resolve,
  scores, startResolver, startText, table,
} from "./resolver";

let capacity: i32 = 0;
let cells: usize = 0;
let bytes: usize = 0;
let length: i32 = 0;
let place: i32 = 0;

/** Forgets everything, the groups too. */
export function startGroups(): void {
  resetMemory();
  capacity = 0;
  clearGroups();
}

/** Adds a byte, none of the capitals, to the characters that share a code. */
export function addMember(code: i32, byte: i32): void {
  addToGroup(code, byte);
}

/** Makes room for 2^bits weights, once all groups are there; returns where they go. */
export function startWeights(bits: i32): usize {
  startResolver(bits);
  return table;
}

/** Makes room for a text; returns where its cells go, u16 each. */
export function reserve(count: i32): usize {
  if (count > capacity) {
    capacity = max(count, 2 * capacity);
    cells = allocate(<usize>capacity << 1);
    bytes = allocate(capacity);
  }
  length = count;
  return cells;
}

/** Where the decoded bytes are. */
export function bytesAddress(): usize {
  return bytes;
}

/** Starts on the cells that were put there. */
export function start(): void {
  place = 0;
  startText(cells, length);
}

/** Decodes all cells. */
export function decode(): void {
  start();
  for (; place < length; place++) {
    const cell = cellAt(cells, place);
    if (isAmbiguous(cell)) {
      const byte = resolve(place);
      store<u8>(bytes + place, <u8>byte);
      acceptLetter(byte);
    } else {
      store<u8>(bytes + place, <u8>knownByte(cell));
      accept(place);
    }
  }
}

/** Goes on to the next ambiguous cell and resolves it; returns its place, or the number of cells if there is none. */
export function seek(): i32 {
  for (; place < length; place++) {
    const cell = cellAt(cells, place);
    if (isAmbiguous(cell)) {
      store<u8>(bytes + place, <u8>resolve(place));
      break;
    }
    store<u8>(bytes + place, <u8>knownByte(cell));
    accept(place);
  }
  return place;
}

/** The best letter for the place that was sought. */
export function best(): i32 {
  return load<u8>(bytes + place);
}

/** Rank of the best letter in its group. */
export function rank(): i32 {
  return bestRank;
}

/** How much the best letter's score is above the next, in sixteenths. */
export function confidence(): i32 {
  return margin;
}

/** Where the scores of a group of more than two are: i16 by rank. */
export function scoresAddress(): usize {
  return scores;
}

/** Tells the true letter of the place that was sought, and leaves it. */
export function take(byte: i32): void {
  store<u8>(bytes + place, <u8>byte);
  acceptLetter(byte);
  place++;
}

/**
 * Letters that share codes: a chunk of text to units and back, and what the resolver gets wrong of it.
 *
 *   clear(), addMember(…) for each character that has a code, addEscape(…) for each escape, startWeights(…), reserve(…)
 *
 * Then for each chunk, to encode: the text to textAddress, write, begin, startEncoding, encode in slices, finishEncoding.
 * To decode: the packed units to packedAddress, read, begin, startDecoding, decode in slices; the text is at textAddress.
 * A host that frames letters in another way puts in cells instead of having them written or read.
 */
import { allocate, resetMemory } from "../../predictors/kernel/memory";
import {
  FIRST_CODE, accept, acceptLetter, addMember as addToGroup, cellAt, clearGroups, isAmbiguous, knownByte, resolve,
  startResolver, startText, table,
} from "../../predictors/kernel/resolver/resolver";
import { setCoded, sliceRead, sliceWritten, startSlice } from "../../entropy/kernel/coded-bits";
import { initCapitals } from "./text/capitals";
import { CAPITAL_MARK, startCharacters } from "./text/characters";
import { decodeLetter, encodeLetter, initCorrections, startCorrections } from "./text/corrections";
import { addEscape as addToEscapes, escape, startEscapes } from "./text/escapes";
import { DONE, INVALID, LONG, readCount, readEnd, readText } from "./text/read";
import { MOST_UNITS, writeText } from "./text/write";

export { CAPITALS, CASE, END, NUMBER, RAW, SURPRISE, TEXT } from "./text/escapes";
export { DONE, LONG, SHORT } from "./text/read";
export {
  codedAddress, codedFinalByte, codedLength, finishEncoding, refill, startDecoding, startEncoding,
} from "../../entropy/kernel/coded-bits";
export { clearMemory } from "../../predictors/kernel/memory";

/** Cells of left context at most: they lie right before those of the chunk. */
export const CONTEXT: i32 = 64;
/** Cells that are coded at a time. */
const SLICE: i32 = 16384;
/** Room for their coded bytes: two bytes an answer, seven answers a letter at the most. */
const ROOM: i32 = SLICE * 14 + 64;
/** A text's end is read beyond by this much. */
const PADDING: i32 = 8;
const UNIT_BITS: i32 = 4;

const coded = memory.data(ROOM, 64);

let capacity: i32 = 0;
let text: usize = 0;
let marks: usize = 0;
let cells: usize = 0;
let units: usize = 0;
let place: i32 = 0;
/** Cells of left context. */
let context: i32 = 0;

/** Forgets everything. */
export function clear(): void {
  resetMemory();
  clearGroups();
  startEscapes(UNIT_BITS);
  initCapitals();
  initCorrections();
  capacity = 0;
  setCoded(coded);
}

/** Adds a character to the group of a code; letters are small ones, in groups of letters alone. */
export function addMember(code: i32, byte: i32): void {
  addToGroup(code, byte);
}

/** Adds an escape; see escapes.ts. */
export function addEscape(kind: i32, bytes: u64, byteCount: i32, follower: i32): void {
  addToEscapes(kind, bytes, byteCount, follower);
}

/** Makes room for 2^bits weights of a resolver and returns its address. All groups are there. */
export function startWeights(bits: i32): usize {
  startResolver(bits);
  return table;
}

/** Makes room for chunks of up to `most` bytes of text. All groups and escapes are there. */
export function reserve(most: i32): void {
  startCharacters();
  capacity = most;
  text = allocate(most + PADDING);
  marks = allocate(most + PADDING);
  cells = allocate(<usize>(CONTEXT + most) << 1) + (CONTEXT << 1);
  units = allocate(<usize>most * MOST_UNITS + PADDING);
}

/** Where the text of a chunk is. */
export function textAddress(): usize {
  return text;
}

/** Where the cells of a chunk are, u16 each. */
export function cellsAddress(): usize {
  return cells;
}

/** Where `read` puts marks, u8 a cell: the bits by which a character differs from its cell, those of capitals. */
export function marksAddress(): usize {
  return marks;
}

/** Where packed units are after `write`. */
export function unitsAddress(): usize {
  return units;
}

/** Bytes of packed units that there is room for. */
export function packedRoom(): i32 {
  return capacity * MOST_UNITS / 2;
}

/** Where `read` expects that many bytes of packed units. */
export function packedAddress(count: i32): usize {
  return units + <usize>capacity * MOST_UNITS - count;
}

/** Writes `count` bytes of text as units and cells; returns how many bytes the units are, two in each. */
export function write(count: i32): i32 {
  memory.fill(text + count, 0, PADDING);
  memory.fill(marks, 0, count + PADDING);
  const end = writeText(text, count, marks, units, cells);
  const total = <i32>(end - units);
  store<u8>(end, <u8>escape);
  const bytes = (total + 1) >> 1;
  for (let i = 0; i < bytes; i++) {
    const two: i32 = load<u16>(units + (<usize>i << 1));
    store<u8>(units + i, <u8>((two << 4) | (two >> 8)));
  }
  return bytes;
}

/**
 * Reads `count` bytes of packed units as the cells of `most` bytes of text.
 *
 * @returns DONE, or what is wrong: see read.ts; unitsRead says where
 */
export function read(count: i32, most: i32): i32 {
  const packed = packedAddress(count);
  for (let i = 0; i < count; i++) {
    const two: i32 = load<u8>(packed + i);
    store<u16>(units + (<usize>i << 1), <u16>((two >> 4) | ((two & 15) << 8)));
  }
  const result = readText(units, count << 1, cells, marks, most);
  if (result != DONE) return result;
  // The last byte may have a unit to spare, which is an escape that says nothing.
  const end = units + (<usize>count << 1);
  const spare = <i32>(end - readEnd());
  if (spare > 1) return LONG;
  return spare == 0 || load<u8>(end - 1) == escape ? DONE : INVALID;
}

/** Units that were read. */
export function unitsRead(): i32 {
  return <i32>(readEnd() - units);
}

/**
 * Starts to resolve a chunk of `count` cells, with `before` cells of left context: what is known by its code alone there
 * is resolved first, with nothing to its own left and nothing to correct it.
 */
export function begin(count: i32, before: i32): void {
  context = before;
  startText(cells - (<usize>before << 1), before + count);
  startCorrections(false);
  for (place = 0; place < before; place++) {
    if (isAmbiguous(cellHere())) acceptLetter(best());
    else accept(place);
  }
}

/** One copy of the resolver, which is large, for all that call it. */
function best(): i32 {
  return resolve(place);
}

// @ts-ignore: decorator
@inline
function cellHere(): i32 {
  return cellAt(cells - (<usize>context << 1), place);
}

/** Cells that encode, decode and guess take at a time. */
export function sliceLength(): i32 {
  return SLICE;
}

/** Bytes that fit at codedAddress. */
export function codedRoom(): i32 {
  return ROOM;
}

/** Codes the letters among the next `count` cells; returns how many coded bytes wait at codedAddress. */
export function encode(count: i32): usize {
  startSlice();
  for (const end = place + count; place < end; place++) {
    const cell = cellHere();
    if (isAmbiguous(cell)) {
      best();
      const code = cell - FIRST_CODE;
      const byte = asSmall(load<u8>(text + place - context));
      encodeLetter(code, byte);
      acceptLetter(byte);
    } else accept(place);
  }
  return sliceWritten();
}

// @ts-ignore: decorator
@inline
function asSmall(byte: i32): i32 {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}

/** Decodes the next `count` cells; returns how many coded bytes were read since the last refill. */
export function decode(count: i32): usize {
  for (const end = place + count; place < end; place++) {
    const cell = cellHere();
    if (isAmbiguous(cell)) {
      best();
      const byte = decodeLetter(cell - FIRST_CODE);
      acceptLetter(byte);
      put(byte);
    } else {
      accept(place);
      put(knownByte(cell));
    }
  }
  return sliceRead();
}

/** Resolves the next `count` cells with nothing to correct them. */
export function guess(count: i32): void {
  for (const end = place + count; place < end; place++) {
    const cell = cellHere();
    if (isAmbiguous(cell)) {
      const byte = best();
      acceptLetter(byte);
      put(byte);
    } else {
      accept(place);
      put(knownByte(cell));
    }
  }
}

// @ts-ignore: decorator
@inline
function put(byte: i32): void {
  const at = place - context;
  store<u8>(text + at, <u8>(byte - (load<u8>(marks + at) & CAPITAL_MARK)));
}

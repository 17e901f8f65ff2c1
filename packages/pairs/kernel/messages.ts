/**
 * Short texts as units of 3 or 4 bits, plain or under the model of units.
 *
 *   clear(bits), addMember(…), addEscape(…), startWeights(…), startUnitWeights(…), reserve(…)
 *
 * To encode: the text to textAddress and write; the units are at unitsAddress. Or encodeModelled, and the coded bytes are
 * at codedAddress. To decode: the units to unitsAddress and read, or the coded bytes to codedAddress and decodeModelled;
 * then the text is at textAddress.
 */
import {
  codedEnd, decodeBit, decodedEnd, encodeBit, finalByte, finishEncoder, startDecoder, startEncoder,
} from "../../entropy/kernel/binary-coder";
import { initMath } from "../../predictors/kernel/math";
import { allocate, resetMemory } from "../../predictors/kernel/memory";
import {
  FIRST_CODE, accept, acceptLetter, addMember as addToGroup, bestRank, cellAt, clearGroups, isAmbiguous,
  knownByte, LEFT_BYTES, member, resolve, restoreLeft, saveLeft, startResolver, startText, table,
} from "../../predictors/kernel/resolver/resolver";
import { LONGEST, initBeam, isOfWord, resolveWord } from "./text/beam";
import { initCapitals } from "./text/capitals";
import { CAPITAL_MARK, SURPRISE_MARK, startCharacters } from "./text/characters";
import { decodeLetter, encodeLetter, initCorrections, startCorrections } from "./text/corrections";
import { END, addEscape as addToEscapes, escape, escapeOf, startEscapes, unitBits } from "./text/escapes";
import { DONE, LONG, SHORT, readCount, readEnd, readText, settledEnd } from "./text/read";
import { ENDED, next, startTracker, track } from "./text/tracker";
import { probabilityOf, startUnit, startUnitModel } from "./text/unit-model";
import { MOST_UNITS, writeEscape, writeText } from "./text/write";

export { DONE, LONG, SHORT } from "./text/read";

/** A text's end is read beyond by this much. */
const PADDING: i32 = 8;
/** Units that end a text, at most. */
const END_UNITS: i32 = 8;
/** Coded bytes that a unit takes at most: two a bit. And a letter: two an answer, seven answers. */
const UNIT_ROOM: i32 = 8;
const LETTER_ROOM: i32 = 14;

const wordLetters = memory.data(LONGEST);
/** The left context of a word that is attempted again. */
const left = memory.data(<i32>LEFT_BYTES, 8);

let capacity: i32 = 0;
let text: usize = 0;
let marks: usize = 0;
let cells: usize = 0;
let units: usize = 0;
let coded: usize = 0;

/** Forgets everything; units have `bits` bits from now on. */
export function clear(bits: i32): void {
  resetMemory();
  clearGroups();
  startEscapes(bits);
  initCapitals();
  initCorrections();
  initBeam();
  initMath();
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

/** Makes room for 2^bits weights of the model of units and returns its address. */
export function startUnitWeights(bits: i32): usize {
  const address = allocate(<usize>1 << bits);
  startUnitModel(address, bits);
  return address;
}

/** Makes room for texts of up to `most` bytes. All groups and escapes are there. */
export function reserve(most: i32): void {
  startCharacters();
  capacity = most;
  text = allocate(most + PADDING);
  marks = allocate(most + PADDING);
  cells = allocate(<usize>most << 1);
  units = allocate(unitRoom());
  coded = allocate(codedRoom());
}

export function textAddress(): usize {
  return text;
}

/** Where units are, u8 each. */
export function unitsAddress(): usize {
  return units;
}

/** Units that there is room for. */
export function unitRoom(): i32 {
  return capacity * MOST_UNITS + END_UNITS;
}

export function codedAddress(): usize {
  return coded;
}

/** Coded bytes that there is room for. */
export function codedRoom(): i32 {
  return unitRoom() * UNIT_ROOM + capacity * LETTER_ROOM + PADDING;
}

/** Forgets which letters of the text, to be written next, are surprises. */
function clearText(count: i32): void {
  memory.fill(text + count, 0, PADDING);
  memory.fill(marks, 0, count + PADDING);
}

/**
 * Writes `count` bytes of text as units, with escapes for the letters that a resolver gets wrong if `exact`.
 *
 * @returns how many units there are
 */
export function write(count: i32, exact: bool): i32 {
  clearText(count);
  let end = writeText(text, count, marks, units, cells);
  if (exact && markSurprises(count)) end = writeText(text, count, marks, units, cells);
  return <i32>(end - units);
}

/** Marks the letters that a resolver gets wrong; true if there are any. */
function markSurprises(count: i32): bool {
  startText(cells, count);
  let any = false;
  for (let i = 0; i < count;) {
    const start = i;
    if (!isOfWord(cellAt(cells, i))) accept(i++);
    else {
      saveLeft(left);
      i = resolveLetters(start, count);
      // Each surprise is known to the next attempt at the word.
      for (let wrong = firstWrong(start, i); wrong < i; wrong = firstWrong(start, i)) {
        store<u8>(marks + wrong, SURPRISE_MARK);
        if (unitBits == 3) store<u16>(cells + (<usize>wrong << 1), <u16>smallAt(wrong));
        any = true;
        restoreLeft(left);
        i = resolveLetters(start, count);
      }
    }
  }
  return any;
}

/**
 * Resolves letters from place i on, the first of them of a word: of codes of 4 bits that one, of 3 bits up to the end of
 * the word. They are then at `wordLetters`.
 *
 * @returns the place behind them
 */
function resolveLetters(i: i32, count: i32): i32 {
  if (unitBits == 3) return resolveWord(cells, count, i, wordLetters);
  const cell = cellAt(cells, i);
  let byte = knownByte(cell);
  if (isAmbiguous(cell)) {
    byte = resolve(i);
    if (load<u8>(marks + i) & SURPRISE_MARK) byte = member(cell - FIRST_CODE, bestRank ^ 1);
  }
  store<u8>(wordLetters, <u8>byte);
  acceptLetter(byte);
  return i + 1;
}

// @ts-ignore: decorator
@inline
function smallAt(i: i32): i32 {
  const byte: i32 = load<u8>(text + i);
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}

function firstWrong(start: i32, end: i32): i32 {
  let i = start;
  while (i < end && load<u8>(wordLetters + (i - start)) == smallAt(i)) i++;
  return i;
}

/** Reads `count` units as text; returns DONE, or what is wrong: see read.ts. */
export function read(count: i32): i32 {
  const result = readText(units, count, cells, marks, capacity);
  if (result == DONE || result == SHORT) {
    const spare = count - <i32>(settledEnd() - units);
    if (!isPadding(count, spare)) return result == DONE ? LONG : SHORT;
    resolveAll(readCount());
    return DONE;
  }
  return result;
}

/** Whether the last units are what fills a byte: fewer than that, and the beginning of an escape that says nothing. */
function isPadding(count: i32, spare: i32): bool {
  for (let i = count - spare; i < count; i++) if (load<u8>(units + i) != escape) return false;
  return spare * unitBits < 8;
}

/** Resolves the letters of `count` cells, right or wrong. */
function resolveAll(count: i32): void {
  startText(cells, count);
  for (let i = 0; i < count;) {
    const start = i;
    const cell = cellAt(cells, i);
    if (isOfWord(cell)) {
      i = resolveLetters(start, count);
      for (let k = start; k < i; k++) put(k, load<u8>(wordLetters + (k - start)));
    } else {
      accept(i);
      put(i++, knownByte(cell));
    }
  }
}

// @ts-ignore: decorator
@inline
function put(i: i32, byte: i32): void {
  store<u8>(text + i, <u8>(byte - (load<u8>(marks + i) & CAPITAL_MARK)));
}

/** Bytes of the text that was read. */
export function textLength(): i32 {
  return readCount();
}

/** Units that were read. */
export function unitsRead(): i32 {
  return <i32>(readEnd() - units);
}

/**
 * Codes `count` bytes of text under the model of units, and, if `exact`, what the resolver gets wrong.
 *
 * @param doubt expect it to be wrong more often than it thinks
 * @returns how many coded bytes there are
 */
export function encodeModelled(count: i32, exact: bool, doubt: bool): usize {
  clearText(count);
  const end = writeEscape(escapeOf(END), writeText(text, count, marks, units, cells));
  startEncoder(coded);
  startTracker();
  for (let unit = units; unit < end; unit++) encodeUnit(load<u8>(unit));
  if (exact) {
    startText(cells, count);
    startCorrections(doubt);
    for (let i = 0; i < count; i++) {
      const cell = cellAt(cells, i);
      if (isAmbiguous(cell)) {
        resolve(i);
        encodeLetter(cell - FIRST_CODE, smallAt(i));
        acceptLetter(smallAt(i));
      } else accept(i);
    }
  }
  finishEncoder();
  return codedEnd() - coded;
}

function encodeUnit(unit: i32): void {
  startUnit();
  let node = 1;
  for (let shift = unitBits - 1; shift >= 0; shift--) {
    const bit = (unit >> shift) & 1;
    encodeBit(bit, probabilityOf(node));
    node = (node << 1) | bit;
  }
  track(unit);
}

function decodeUnit(): i32 {
  startUnit();
  let node = 1;
  while (node <= escape) node = (node << 1) | decodeBit(probabilityOf(node));
  const unit = node & escape;
  track(unit);
  return unit;
}

/**
 * Decodes the first `available` bytes at codedAddress.
 *
 * @returns DONE, or what is wrong: see read.ts
 */
export function decodeModelled(available: i32, exact: bool, doubt: bool): i32 {
  startDecoder(coded, coded + available);
  startTracker();
  let count = 0;
  for (const most = unitRoom(); next != ENDED; count++) {
    if (count == most) return LONG;
    store<u8>(units + count, <u8>decodeUnit());
  }
  const result = readText(units, count, cells, marks, capacity);
  if (result != DONE) return result;
  if (!exact) {
    resolveAll(readCount());
    return DONE;
  }
  startText(cells, readCount());
  startCorrections(doubt);
  for (let i = 0; i < readCount(); i++) {
    const cell = cellAt(cells, i);
    let byte = knownByte(cell);
    if (isAmbiguous(cell)) {
      resolve(i);
      byte = decodeLetter(cell - FIRST_CODE);
      acceptLetter(byte);
    } else accept(i);
    put(i, byte);
  }
  return DONE;
}

/** Where the coded bytes end, counted from codedAddress. */
export function codedLength(): i32 {
  return <i32>decodedEnd() - <i32>coded;
}

/** The last of the coded bytes; −1 if the encoder wrote none to end them. */
export function codedFinalByte(): i32 {
  return finalByte();
}

/** Units to cells: undoes write.ts, except for what only a resolver can tell. */
import { groupSize, member } from "../../../predictors/kernel/resolver/symbols";
import { expectsCapital, learnCapital, passByte, passLetter, place, startCapitals } from "./capitals";
import { CAPITAL_MARK, SURPRISE_MARK, cellOfCode, codeOfI, isLetterCode } from "./characters";
import {
  CAPITALS, CASE, END, NUMBER, RAW, SURPRISE, TEXT, bytesOf, escape, escapes, followerOf, kindOf, lengthOf, unitBits,
} from "./escapes";
import { COMMA, COMMA_AFTER, END_OF_NUMBER, POINT, SPACE_AFTER } from "./numbers";

// What ends a reading.
/** The room for cells is full, or the text says that it ends. */
export const DONE: i32 = 0;
/** The units end in the middle; where they end between two characters, it is up to the caller whether they may. */
export const SHORT: i32 = 1;
/** An escape that there is not, or one where it cannot be; a number or a rank that cannot be. */
export const INVALID: i32 = 2;
/** More characters than there is room for. */
export const LONG: i32 = 3;

let units: usize = 0;
let unitsEnd: usize = 0;
let settled: usize = 0;
let cells: usize = 0;
let marks: usize = 0;
let count: i32 = 0;
let room: i32 = 0;
let problem: i32 = DONE;
/** What an escape said of the letter or word that must follow: CASE, CAPITALS; −1 after none. */
let announced: i32 = -1;
let surprise: bool = false;
let inWord: bool = false;
let allCapitals: bool = false;

/**
 * Reads units until there are `most` cells, the units end, or they say that the text does.
 *
 * @param unitsAddress u8 each
 * @param unitCount how many there are
 * @param cellsAddress where the cells go, u16 each; a capital's cell is that of its small letter
 * @param marksAddress where CAPITAL_MARK and SURPRISE_MARK go, u8 a cell
 * @param most cells that there is room for
 * @returns what ended it
 */
export function readText(
  unitsAddress: usize, unitCount: i32, cellsAddress: usize, marksAddress: usize, most: i32,
): i32 {
  units = unitsAddress;
  unitsEnd = units + unitCount;
  cells = cellsAddress;
  marks = marksAddress;
  room = most;
  count = 0;
  problem = DONE;
  announced = -1;
  surprise = false;
  inWord = false;
  allCapitals = false;
  startCapitals();
  settled = units;
  while (count < room || announced >= 0 || surprise) {
    const unit = nextUnit();
    if (problem != DONE) return problem;
    if (unit != escape) readCode(unit);
    else if (readEscape()) break;
    if (problem != DONE) return problem;
    if (announced < 0 && !surprise) settled = units;
  }
  return DONE;
}

/** Cells that were read. */
export function readCount(): i32 {
  return count;
}

/** The address after the last unit of the last character that was read. */
export function settledEnd(): usize {
  return settled;
}

/** The address after the last unit that was read. */
export function readEnd(): usize {
  return units;
}

// @ts-ignore: decorator
@inline
function nextUnit(): i32 {
  if (units == unitsEnd) {
    problem = SHORT;
    return 0;
  }
  return load<u8>(units++);
}

// @ts-ignore: decorator
@inline
function readCode(code: i32): void {
  if (isLetterCode(code)) readLetter(code);
  else if (announced >= 0 || surprise || groupSize(code) == 0) problem = INVALID;
  else {
    putCell(cellOfCode(code), 0);
    passByte(member(code, 0));
    inWord = false;
  }
}

// @ts-ignore: decorator
@inline
function putCell(cell: i32, mark: i32): void {
  if (count == room) {
    problem = LONG;
    return;
  }
  store<u16>(cells + (<usize>count << 1), <u16>cell);
  store<u8>(marks + count, <u8>mark);
  count++;
}

function putByte(byte: i32): void {
  putCell(byte, 0);
  passByte(byte);
}

function readLetter(code: i32): void {
  let cell = cellOfCode(code);
  let mark = 0;
  if (surprise) {
    surprise = false;
    if (groupSize(code) == 2) mark = SURPRISE_MARK;
    else {
      const rank = nextUnit();
      if (rank >= groupSize(code)) problem = INVALID;
      else cell = member(code, rank);
    }
  }
  let capital = announced == CASE;
  if (!inWord) {
    inWord = true;
    allCapitals = announced == CAPITALS;
    if (!allCapitals) {
      const alone = code == codeOfI && !isPlainNext();
      if (expectsCapital(place, alone)) capital = !capital;
      learnCapital(alone, capital);
    }
    passLetter();
  } else if (announced == CAPITALS) problem = INVALID;
  announced = -1;
  putCell(cell, capital || allCapitals ? mark | CAPITAL_MARK : mark);
  readPlainLetters();
}

/** Reads the letters that follow in the word, as long as there is no escape among them. */
// @ts-ignore: decorator
@inline
function readPlainLetters(): void {
  const mark: u8 = allCapitals ? <u8>CAPITAL_MARK : 0;
  const end = min(unitsEnd, units + (room - count));
  let at = units;
  let cell = cells + (<usize>count << 1);
  let itsMark = marks + count;
  for (; at < end; at++) {
    const unit: i32 = load<u8>(at);
    if (!isLetterCode(unit)) break;
    store<u16>(cell, <u16>cellOfCode(unit));
    store<u8>(itsMark, mark);
    cell += 2;
    itsMark++;
  }
  count += <i32>(at - units);
  units = at;
}

/** Whether the next unit is a letter's code. */
// @ts-ignore: decorator
@inline
function isPlainNext(): bool {
  return units < unitsEnd && load<u8>(units) != escape && isLetterCode(load<u8>(units));
}

/** Reads an escape; true if it is the end of the text. */
function readEscape(): bool {
  let number = 0;
  let unit = nextUnit();
  while (unit == escape && number < escapes) {
    number += escape;
    unit = nextUnit();
  }
  number += unit;
  if (problem != DONE) return false;
  const kind = number < escapes ? kindOf(number) : -1;
  if (kind == CASE || kind == CAPITALS) {
    if (announced >= 0) problem = INVALID;
    announced = kind;
  } else if (kind == SURPRISE) {
    if (surprise) problem = INVALID;
    surprise = true;
  } else if (kind < 0 || announced >= 0 || surprise) problem = INVALID;
  else {
    if (kind == END) return true;
    inWord = false;
    if (kind == TEXT) readEscapedText(number);
    else if (kind == NUMBER) readNumber();
    else readRaw();
  }
  return false;
}

function readEscapedText(number: i32): void {
  let bytes = bytesOf(number);
  for (let i = lengthOf(number); i > 0; i--) {
    putByte(<i32>(bytes & 0xff));
    bytes >>= 8;
  }
  const follower = followerOf(number);
  if (follower != 0) announced = follower;
}

function readNumber(): void {
  for (;;) {
    let value = nextUnit();
    if (unitBits == 3 && value == escape) value += nextUnit();
    if (problem != DONE || value == END_OF_NUMBER) return;
    if (value < END_OF_NUMBER) putByte(0x30 + value);
    else if (value == SPACE_AFTER) return putByte(0x20);
    else if (value == COMMA_AFTER) {
      putByte(0x2c);
      return putByte(0x20);
    } else putByte(value == POINT ? 0x2e : value == COMMA ? 0x2c : 0x3a);
  }
}

function readRaw(): void {
  for (let left = nextUnit() + 1; left > 0 && problem == DONE; left--) {
    let byte = nextUnit();
    if (unitBits == 3) byte = (byte << 3) | nextUnit();
    byte = (byte << unitBits) | nextUnit();
    if (byte > 0xff) problem = INVALID;
    if (problem == DONE) putByte(byte);
  }
}

/** Text to units: each character's code, and escapes for what has none. The cells are what a reader will have of them. */
import { codeOfByte, groupSize, member } from "../../../predictors/kernel/resolver/symbols";
import { expectsCapital, learnCapital, passByte, passLetter, place, placeAfter, startCapitals } from "./capitals";
import {
  CAPITAL, CODED, DIGIT, OTHER, SMALL, SURPRISE_MARK, cellOfCode, characterOf, codeOfI,
} from "./characters";
import {
  CAPITALS, CASE, NUMBER, RAW, SURPRISE, bytesOf, escape, escapeOf, firstEscape, followerOf, lengthOf, matches,
  nextEscape, unitBits,
} from "./escapes";
import { COLON, COMMA, COMMA_AFTER, END_OF_NUMBER, POINT, SPACE_AFTER } from "./numbers";

/** The most units that a byte takes. */
export const MOST_UNITS: i32 = 10;

let text: usize = 0;
let length: i32 = 0;
let marks: usize = 0;
let cells: usize = 0;
let next: usize = 0;

/**
 * Writes a text as units.
 *
 * @param textAddress its bytes, eight zeros behind them
 * @param count how many
 * @param marksAddress u8 a byte: which letters have a SURPRISE_MARK
 * @param unitsAddress where the units go, u8 each, at most MOST_UNITS a byte
 * @param cellsAddress where the cells go, u16 each, one a byte
 * @returns the address after the last unit
 */
export function writeText(
  textAddress: usize, count: i32, marksAddress: usize, unitsAddress: usize, cellsAddress: usize,
): usize {
  text = textAddress;
  length = count;
  marks = marksAddress;
  next = unitsAddress;
  cells = cellsAddress;
  startCapitals();
  let at = 0;
  while (at < count) {
    const character = characterOf(byteAt(at));
    at = character == SMALL || character == CAPITAL ? writeWord(at, 0) : writeOther(at, character);
  }
  return next;
}

/** Writes an escape at an address; returns the address behind it. */
export function writeEscape(number: i32, address: usize): usize {
  store<u8>(address++, <u8>escape);
  for (; number >= escape; number -= escape) store<u8>(address++, <u8>escape);
  store<u8>(address++, <u8>number);
  return address;
}

// @ts-ignore: decorator
@inline
function byteAt(at: i32): i32 {
  return load<u8>(text + at);
}

// @ts-ignore: decorator
@inline
function writeUnit(unit: i32): void {
  store<u8>(next, <u8>unit);
  next++;
}

// @ts-ignore: decorator
@inline
function writeCell(at: i32, cell: i32): void {
  store<u16>(cells + (<usize>at << 1), <u16>cell);
}

function putEscape(number: i32): void {
  next = writeEscape(number, next);
}

/** Whether the letter at a place has a unit of its own, no escape before it, if small letters are expected. */
// @ts-ignore: decorator
@inline
function isPlain(at: i32): bool {
  return characterOf(byteAt(at)) == SMALL && !(load<u8>(marks + at) & SURPRISE_MARK);
}

/** Whether the word at a place is a single letter that may be the word I. */
// @ts-ignore: decorator
@inline
function isAlone(at: i32): bool {
  return codeOfByte(byteAt(at)) == codeOfI && !isPlain(at + 1);
}

/** Whether all letters of the word at a place are capitals, two at least. */
function isAllCapitals(at: i32): bool {
  const first = at;
  while (characterOf(byteAt(at)) == CAPITAL) at++;
  return at - first > 1 && characterOf(byteAt(at)) != SMALL;
}

/** Writes the word at a place. `announced`: the escape before it that says how it is written, or 0; returns its end. */
function writeWord(at: i32, announced: i32): i32 {
  let allCapitals = announced == CAPITALS;
  if (!announced && characterOf(byteAt(at)) == CAPITAL && isAllCapitals(at)) {
    putEscape(escapeOf(CAPITALS));
    allCapitals = true;
  }
  if (!allCapitals) {
    const alone = isAlone(at);
    const capital = characterOf(byteAt(at)) == CAPITAL;
    if (!announced && capital != expectsCapital(place, alone)) putEscape(escapeOf(CASE));
    learnCapital(alone, capital);
    writeLetter(at++);
  }
  for (; ; at++) {
    const character = characterOf(byteAt(at));
    if (character != SMALL) {
      if (character != CAPITAL) break;
      if (!allCapitals) putEscape(escapeOf(CASE));
    }
    writeLetter(at);
  }
  passLetter();
  return at;
}

// @ts-ignore: decorator
@inline
function writeLetter(at: i32): void {
  const byte = byteAt(at) | 0x20;
  const code = codeOfByte(byte);
  if (load<u8>(marks + at) & SURPRISE_MARK) writeSurprise(at, byte, code);
  else {
    writeUnit(code);
    writeCell(at, cellOfCode(code));
  }
}

/** Of a pair, it is enough to say that the letter is the other one; in a larger group, its rank follows. */
function writeSurprise(at: i32, byte: i32, code: i32): void {
  putEscape(escapeOf(SURPRISE));
  writeUnit(code);
  const size = groupSize(code);
  if (size != 2) writeUnit(rankOf(code, byte));
  writeCell(at, size == 2 ? cellOfCode(code) : byte);
}

function rankOf(code: i32, byte: i32): i32 {
  let rank = 0;
  while (member(code, rank) != byte) rank++;
  return rank;
}

/** Writes what is no letter; returns the place behind it. */
function writeOther(at: i32, character: i32): i32 {
  if (character == DIGIT) return writeNumber(at);
  const number = findEscape(at);
  if (number >= 0) {
    putEscape(number);
    const end = at + lengthOf(number);
    for (; at < end; at++) writeByte(at);
    const follower = followerOf(number);
    return follower == 0 ? at : writeWord(at, follower);
  }
  if (character != CODED) return writeRaw(at);
  const byte = byteAt(at);
  const code = codeOfByte(byte);
  writeUnit(code);
  writeCell(at, cellOfCode(code));
  passByte(byte);
  return at + 1;
}

/** The cell of a byte that is known. */
// @ts-ignore: decorator
@inline
function writeByte(at: i32): void {
  const byte = byteAt(at);
  writeCell(at, byte);
  passByte(byte);
}

/** The escape that says most of what stands at a place; −1 if there is none. */
function findEscape(at: i32): i32 {
  const eight = load<u64>(text + at);
  let number = firstEscape(byteAt(at));
  for (; number >= 0; number = nextEscape(number)) {
    if (matches(number, eight) && isFollowed(number, at)) break;
  }
  return number;
}

/** Whether an escape that fits ends as the text goes on. */
function isFollowed(number: i32, at: i32): bool {
  const follower = followerOf(number);
  if (follower == 0) return true;
  const end = at + lengthOf(number);
  const character = characterOf(byteAt(end));
  if (character != SMALL && character != CAPITAL) return false;
  if (character == CAPITAL && isAllCapitals(end)) return follower == CAPITALS;
  if (follower == CAPITALS) return false;
  let before = place;
  for (let i = at; i < end; i++) before = placeAfter(before, byteAt(i));
  return (character == CAPITAL) != expectsCapital(before, isAlone(end));
}

/** Writes the number at a place. */
function writeNumber(at: i32): i32 {
  putEscape(escapeOf(NUMBER));
  for (; ; at++) {
    const byte = byteAt(at);
    if (characterOf(byte) == DIGIT) writeValue(byte - 0x30);
    else {
      const mark = markOf(byte);
      if (mark == 0 || characterOf(byteAt(at + 1)) != DIGIT && !(mark == POINT && byteAt(at + 1) == 0x20)) break;
      writeValue(mark);
    }
    writeByte(at);
  }
  let ending = END_OF_NUMBER;
  let end = at;
  if (at < length) {
    if (byteAt(at) == 0x20) {
      ending = SPACE_AFTER;
      end = at + 1;
    } else if (byteAt(at) == 0x2c && byteAt(at + 1) == 0x20) {
      ending = COMMA_AFTER;
      end = at + 2;
    }
  }
  writeValue(ending);
  for (; at < end; at++) writeByte(at);
  return end;
}

/** The value of a mark inside of numbers; 0 for another byte. */
function markOf(byte: i32): i32 {
  if (byte == 0x2e) return POINT;
  if (byte == 0x2c) return COMMA;
  return byte == 0x3a && unitBits == 4 ? COLON : 0;
}

function writeValue(value: i32): void {
  if (unitBits == 3 && value >= escape) {
    writeUnit(escape);
    value -= escape;
  }
  writeUnit(value);
}

/** Writes bytes as they are: those that nothing else can say, as many as stand together. */
function writeRaw(at: i32): i32 {
  let end = at + 1;
  const most = min(length, at + escape + 1);
  while (end < most && characterOf(byteAt(end)) == OTHER && findEscape(end) < 0) end++;
  putEscape(escapeOf(RAW));
  writeUnit(end - at - 1);
  for (; at < end; at++) {
    const byte = byteAt(at);
    if (unitBits == 3) writeUnit(byte >> 6);
    else writeUnit(byte >> 4);
    if (unitBits == 3) writeUnit((byte >> 3) & 7);
    writeUnit(byte & escape);
    writeByte(at);
  }
  return end;
}

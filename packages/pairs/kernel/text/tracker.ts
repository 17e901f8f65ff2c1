/**
 * Follows units as they come, one at a time: what the next one can be, and the characters so far, letters by their
 * codes. It is what a model of the units knows of them; there are no surprises among them.
 */
import { codeOfByte, member } from "../../../predictors/kernel/resolver/symbols";
import { expectsCapital, learnCapital, passByte, passLetter, place, startCapitals } from "./capitals";
import { isLetterCode } from "./characters";
import {
  CAPITALS, CASE, END, NUMBER, RAW, TEXT, bytesOf, escape, escapes, followerOf, kindOf, lengthOf, unitBits,
} from "./escapes";
import { COMMA, COMMA_AFTER, END_OF_NUMBER, POINT, SPACE_AFTER } from "./numbers";
import { pushRepeat, startRepeats } from "./repeats";

// What the next unit is.
export const CODE: i32 = 0;
/** The number of an escape, or a part of it. */
export const ESCAPE: i32 = 1;
/** A value in a number. */
export const VALUE: i32 = 2;
/** The second unit of such a value. */
export const HIGH_VALUE: i32 = 3;
/** How many bytes follow as they are. */
export const COUNT: i32 = 4;
/** A part of such a byte. */
export const BYTE: i32 = 5;
/** There is none: the text has ended. */
export const ENDED: i32 = 6;

/** What the next unit is. */
export let next: i32 = CODE;
/** What came of it in units before: of an escape its number so far, of a byte its upper bits behind a one. */
export let part: i32 = 0;
/** The last eight characters, 8 bits each, the nearest lowest: code + 1, or what symbolOf gives. */
export let past: u64 = 0;
/** Hashes of the letters of the word so far, 0 between words, and of the word before. */
export let word: u64 = 0;
export let previous: u64 = 0;
/** What an escape said of the letter or word to come: CASE, CAPITALS or 0. */
export let announced: i32 = 0;
/** Characters so far. */
export let characters: i32 = 0;
/** How the last four words began, two bits each, the nearest lowest: small, with a capital, all in capitals. */
export let shapes: i32 = 0;

const SMALL_WORD: i32 = 0;
const CAPITAL_WORD: i32 = 1;
const CAPITALS_WORD: i32 = 2;

let bytesLeft: i32 = 0;
let allCapitals: bool = false;

const WORD_FACTOR: u64 = 0x9e3779b97f4a7c15;
const DIGIT_SYMBOL: u64 = 0xf0;
const UNKNOWN_SYMBOL: u64 = 0xff;

/** Starts a text. */
export function startTracker(): void {
  next = CODE;
  part = 0;
  past = 0;
  word = 0;
  previous = 0;
  announced = 0;
  characters = 0;
  shapes = 0;
  startRepeats();
  allCapitals = false;
  startCapitals();
}

/** Takes the next unit. An escape that there is not ends the text. */
export function track(unit: i32): void {
  pushRepeat(unit);
  switch (next) {
    case CODE:
      if (unit != escape) trackCode(unit);
      else next = ESCAPE;
      return;
    case ESCAPE:
      part += unit;
      if (unit != escape) trackEscape(part);
      else if (part > escapes) next = ENDED;
      return;
    case VALUE:
      if (unitBits == 3 && unit == escape) next = HIGH_VALUE;
      else trackValue(unit);
      return;
    case HIGH_VALUE:
      next = VALUE;
      trackValue(unit + escape);
      return;
    case COUNT:
      bytesLeft = unit + 1;
      next = BYTE;
      part = 1;
      return;
    case BYTE:
      part = (part << unitBits) | unit;
      if (part < 256) return;
      trackByte(part & 0xff);
      part = 1;
      if (--bytesLeft == 0) expectCode();
  }
}

function expectCode(): void {
  next = CODE;
  part = 0;
}

function trackCode(code: i32): void {
  if (!isLetterCode(code)) {
    trackByte(member(code, 0));
    return;
  }
  if (word == 0) {
    allCapitals = announced == CAPITALS;
    if (!allCapitals) {
      const capital = expectsCapital(place, false) != (announced == CASE);
      learnCapital(false, capital);
      shapes = (shapes << 2) | (capital ? CAPITAL_WORD : SMALL_WORD);
    } else shapes = (shapes << 2) | CAPITALS_WORD;
    passLetter();
  }
  announced = 0;
  const symbol = <u64>(code + 1);
  past = (past << 8) | symbol;
  word = (word + symbol) * WORD_FACTOR;
  characters++;
}

function trackByte(byte: i32): void {
  past = (past << 8) | symbolOf(byte);
  if (word != 0) {
    previous = word;
    word = 0;
  }
  passByte(byte);
  characters++;
}

function symbolOf(byte: i32): u64 {
  const code = codeOfByte(byte);
  if (code >= 0) return code + 1;
  if (byte >= 0x30 && byte <= 0x39) return DIGIT_SYMBOL;
  return byte < 0x80 ? byte + 32 : UNKNOWN_SYMBOL;
}

function trackEscape(number: i32): void {
  expectCode();
  if (number >= escapes) {
    next = ENDED;
    return;
  }
  switch (kindOf(number)) {
    case TEXT: {
      let bytes = bytesOf(number);
      for (let i = lengthOf(number); i > 0; i--) {
        trackByte(<i32>(bytes & 0xff));
        bytes >>= 8;
      }
      announced = followerOf(number);
      return;
    }
    case CASE: announced = CASE; return;
    case CAPITALS: announced = CAPITALS; return;
    case NUMBER: next = VALUE; return;
    case RAW: next = COUNT; return;
    case END: next = ENDED;
  }
}

function trackValue(value: i32): void {
  next = VALUE;
  if (value < END_OF_NUMBER) trackByte(0x30 + value);
  else if (value == POINT) trackByte(0x2e);
  else if (value == COMMA) trackByte(0x2c);
  else if (value > COMMA) trackByte(0x3a);
  else {
    if (value == SPACE_AFTER || value == COMMA_AFTER) {
      if (value == COMMA_AFTER) trackByte(0x2c);
      trackByte(0x20);
    }
    expectCode();
  }
}

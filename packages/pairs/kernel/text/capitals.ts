/**
 * Where words begin with a capital: expected from the characters before the word, so that only surprises are coded. A
 * counter for each kind of place starts with what English does and follows what the text does: a writer who never uses
 * capitals soon pays for none.
 *
 * A place is the classes of the three characters before the word, and whether the word is a single letter that may be I.
 */

const LETTER: i32 = 7; // and digits, and whatever has no class of its own
const SPACE: i32 = 0;
const LINE_END: i32 = 1;
const PERIOD: i32 = 2;
const EXCLAMATION: i32 = 3; // and question marks
const CLOSING: i32 = 4; // quotes and closing brackets
const OPENING: i32 = 5; // brackets
const COMMA: i32 = 6; // and the like
/** A byte that is no place: a carriage return, and what typographic quotes and dashes begin with. */
const NOTHING: i32 = 8;

/** Places that are not "I". */
const PLACES: i32 = 512;
const AFTER_LETTER: i32 = (LETTER << 6) | (LETTER << 3) | LETTER;
/** What precedes a text: empty lines. */
const START: i32 = (LINE_END << 6) | (LINE_END << 3) | LINE_END;

/** A counter's ends; at 0 and above a capital is expected. */
const LEAST: i32 = -8;
const MOST: i32 = 7;
/** What counters start with, where a capital is expected and where not. */
const LIKELY: i32 = 3;
const UNLIKELY: i32 = -4;

const classes = memory.data(256); // u8 [byte]
const counters = memory.data(PLACES * 2); // i8 [place, or PLACES + place for "I"]
/** The place behind what was passed so far. */
export let place: i32 = START;

/** Fills the table of classes; once an instance. */
export function initCapitals(): void {
  memory.fill(classes, <u8>LETTER, 256);
  setClass(" \t", SPACE);
  setClass("\n", LINE_END);
  setClass(".", PERIOD);
  setClass("!?", EXCLAMATION);
  setClass("\"'`)]}>_*", CLOSING);
  setClass("([{<", OPENING);
  setClass(",;:-/=&|~", COMMA);
  setClass("\r\u00e2\u0080", NOTHING);
  // The last bytes of U+2018 … U+201F, and of U+2013 and U+2014.
  for (let byte = 0x98; byte <= 0x9f; byte++) store<u8>(classes + byte, <u8>CLOSING);
  setClass("\u0093\u0094", COMMA);
}

function setClass(characters: string, kind: i32): void {
  for (let i = 0; i < characters.length; i++) store<u8>(classes + (characters.charCodeAt(i) & 0xff), <u8>kind);
}

/** Forgets the text before. */
export function startCapitals(): void {
  for (let p = 0; p < PLACES; p++) {
    store<i8>(counters + p, <i8>(beginsSentence(p >> 6, (p >> 3) & 7, p & 7) ? LIKELY : UNLIKELY));
  }
  memory.fill(counters + PLACES, <u8>LIKELY, PLACES);
  place = START;
}

// What the characters before a word come to.
const INSIDE: i32 = 0;
const AFTER_PERIOD: i32 = 1;
const AFTER_EXCLAMATION: i32 = 2;
const BETWEEN_SENTENCES: i32 = 3;

/** Whether English has a capital behind these three characters. */
function beginsSentence(first: i32, second: i32, third: i32): bool {
  // An empty line, and what may open the next.
  if (second == LINE_END && (first == LINE_END || third == LINE_END) && third != COMMA && third != LETTER) return true;
  let state = follow(INSIDE, first, LETTER);
  state = follow(state, second, first);
  return follow(state, third, second) == BETWEEN_SENTENCES;
}

function follow(state: i32, kind: i32, before: i32): i32 {
  switch (kind) {
    // An ellipsis ends nothing.
    case PERIOD: return before == PERIOD ? INSIDE : AFTER_PERIOD;
    case EXCLAMATION: return AFTER_EXCLAMATION;
    case SPACE: case LINE_END: return state == INSIDE ? INSIDE : BETWEEN_SENTENCES;
    // "Where?" he said.
    case CLOSING: return state == AFTER_EXCLAMATION ? INSIDE : state;
    case OPENING: return state == BETWEEN_SENTENCES ? BETWEEN_SENTENCES : INSIDE;
  }
  return INSIDE;
}

/** Class of the characters before, were `byte` one more of them. */
// @ts-ignore: decorator
@inline
export function placeAfter(before: i32, byte: i32): i32 {
  const kind: i32 = load<u8>(classes + byte);
  return kind == NOTHING ? before : ((before << 3) | kind) & (PLACES - 1);
}

/** Whether a word at a place is expected to begin with a capital. */
// @ts-ignore: decorator
@inline
export function expectsCapital(at: i32, alone: bool): bool {
  return load<i8>(counters + at + (alone ? PLACES : 0)) >= 0;
}

/** Learns how a word began at the current place. */
// @ts-ignore: decorator
@inline
export function learnCapital(alone: bool, capital: bool): void {
  const counter = counters + place + (alone ? PLACES : 0);
  const count: i32 = load<i8>(counter);
  store<i8>(counter, <i8>(capital ? min(MOST, count + 1) : max(LEAST, count - 1)));
}

/** Goes on behind a letter of a word. */
// @ts-ignore: decorator
@inline
export function passLetter(): void {
  place = AFTER_LETTER;
}

/** Goes on behind another byte. */
// @ts-ignore: decorator
@inline
export function passByte(byte: i32): void {
  place = placeAfter(place, byte);
}

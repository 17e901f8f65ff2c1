/** Layout of text: classes of characters, lines and columns, open brackets and quotes, folded characters. */

import { bitIndex, buffer, last4, position } from "../bytes";
import { VECTORS, weightSet } from "../mixer";
import { context } from "./context";
import { folded, inWord, punctuation, word0 } from "./words";

/** Bytes after which an open bracket no longer counts. */
const BRACKET_REACH: i32 = 300;

/** Classes of the last characters, 3 bits each: lower 0, upper 1, space 2, other 3, newline 4, digit 5, full stop 6, comma 7. */
let classes: i32 = 0;
/** The same, where a run of lower-case letters counts once. */
let classRuns: i32 = 0;
/** Bytes since the line began. */
let column: i32 = 0;
/** The byte above, in the line before; the last byte where that line is shorter. */
let above: i32 = 0;
/** First byte of the line. */
let lineFirst: i32 = 0;
/** The bracket or quote that is open, 0 if none, and bytes since it opened. */
let openBracket: i32 = 0;
let bracketDistance: i32 = 0;
/** The last eight characters: letters in lower case, digits as 0, sentence ends as a full stop, runs of white space as one. */
let folded4: i32 = 0;
let folded8: i32 = 0;

let lastClass: i32 = 0;
let line: i32 = 0;
let lineBefore: i32 = 0;
let outer1: i32 = 0;
let outer2: i32 = 0;

export function startLayout(): void {
  classes = classRuns = column = above = lineFirst = openBracket = bracketDistance = folded4 = folded8 = 0;
  lastClass = line = lineBefore = outer1 = outer2 = 0;
}

// @ts-ignore: decorator
@inline
function classOf(c: i32, folded: i32): i32 {
  if (folded >= 97 && folded <= 122) return c == folded ? 0 : 1;
  if (c == 32) return 2;
  if (c == 10) return 4;
  if (c >= 48 && c <= 57) return 5;
  if (c == 46) return 6;
  return c == 44 ? 7 : 3;
}

function openOrClose(c: i32): void {
  const opens = c == 40 || c == 91 || c == 123 || c == 60 || (c == 34 && openBracket != 34);
  const closes = c == 41 || c == 93 || c == 125 || c == 62 || c == 34;
  if (opens) {
    outer2 = outer1;
    outer1 = openBracket;
    openBracket = c;
    bracketDistance = 0;
  } else if (closes) {
    openBracket = outer1;
    outer1 = outer2;
    outer2 = 0;
    bracketDistance = 0;
  } else {
    bracketDistance++;
    if (bracketDistance > BRACKET_REACH) openBracket = 0;
  }
}

/** Whether the model has a part that looks at the layout. */
// @ts-ignore: decorator
@inline
export function usesLayout(): bool {
  return usesThisFile();
}

/** After the words. */
export function updateLayout(c: i32): void {
  if (!usesLayout()) return;
  follow(c);
  const last2 = last4 & 0xffff;
  context("class-runs", classRuns, c | 0x1000);
  context("column", last2, ((column & 255) << 8) | 20 | (above << 16));
  context("word-bracket", word0, (openBracket << 8) | (min(bracketDistance, 15) << 16) | 25 | (c << 24));
  context("line-start", (lineFirst << 8) | above, 30 | (min(column, 255) << 8) | (c << 16));
  context("classes-10", classes & 0x3fffffff, (c << 8) | 42);
  context("folded-5", folded4, ((folded8 & 255) << 8) | 43);
}

// @ts-ignore: decorator
@inline
export function selectByLayout(): void {
  weightSet("classes-2-punctuation", (bitIndex << 8) | (classes & 63) | ((punctuation & 3) << 6));
  weightSet("column", (min(column, 31) << 3) | bitIndex | ((lineFirst & 7) << 8));
  weightSet("classes-4", classes & (VECTORS - 1));
}

function follow(c: i32): void {
  const kind = classOf(c, folded);
  classes = (classes << 3) | kind;
  if (kind != lastClass || kind > 0) classRuns = ((classRuns << 3) | kind) & 0xfffffff;
  lastClass = kind;
  if (c == 10) {
    lineBefore = line;
    line = position;
    column = 0;
    lineFirst = 0;
  } else {
    if (column == 0) lineFirst = c;
    column++;
  }
  const up = lineBefore + column;
  above = load<u8>(buffer + (up < line ? up : position - 1));
  openOrClose(c);
  let shape = c;
  if (inWord) shape = folded;
  else if (c >= 48 && c <= 57) shape = 48;
  else if (c == 10) shape = 32;
  else if (c == 33 || c == 63 || c == 59 || c == 58) shape = 46;
  if (shape != 32 || (folded4 & 255) != 32) {
    folded8 = (folded8 << 8) | (folded4 >>> 24);
    folded4 = (folded4 << 8) | shape;
  }
}

/**
 * Lines of fields: logs, tables, source, markup. A line is taken apart into tokens (of letters, digits and bytes ≥ 128) and
 * fields (between commas, semicolons, tabs and bars that are not quoted). What stands at a token's place in the line before,
 * and behind the same beginning of an earlier line, is followed byte by byte.
 */

import { allocate } from "../memory";
import { hash } from "../hash";
import { buffer, position } from "./bytes";
import { touch } from "./journal";

/** Tokens and fields of a line that are told apart. */
const MOST: i32 = 256;
const TEMPLATE_BITS: i32 = 16;

/** How a token compares with one that is followed: there is none; the same so far; greater, less where they differ first. */
const NONE: i32 = 0;
const SAME: i32 = 1;
const GREATER: i32 = 2;
const LESS: i32 = 3;

/** Hash of the token so far, 0 where none has begun; of the last one. */
export let token: i32 = 0;
export let lastToken: i32 = 0;
/** Hash of the line before the token, where tokens with digits are alike; of the whole line so far. */
export let template: i32 = 0;
export let lineSoFar: i32 = 0;
/** Fields and tokens before this one in the line, up to 255. */
export let field: i32 = 0;
export let tokenCount: i32 = 0;
/** Spaces and tabs that the line begins with. */
export let indent: i32 = 0;
/** Tokens of the line that were those at their places in the line before, up to 255. */
export let agreed: i32 = 0;
/** The last four characters between the last token and this one, the latest lowest. */
export let gap: i32 = 0;
/** How the token compares with the one above, and with the one behind the same template. */
export let aboveState: i32 = 0;
export let likeState: i32 = 0;

/** Where these two are followed; 0 where they are not. */
let aboveAt: i32 = 0;
let likeAt: i32 = 0;
/** Number of the token above in its line. */
let aboveToken: i32 = 0;
let hasDigit: bool = false;
let quoted: bool = false;
let indenting: bool = true;
let lastByte: i32 = 0;

/** i32 [token]: where the tokens of this line start, and of the one before; [field]: the first token of each. */
let starts: usize = 0;
let startsBefore: usize = 0;
let firsts: usize = 0;
let firstsBefore: usize = 0;
let tokensBefore: i32 = 0;
let fieldsBefore: i32 = 0;
/** i32 [hash of a template]: where it was last. */
let templates: usize = 0;

export function startLines(): void {
  starts = allocate(MOST * 4);
  startsBefore = allocate(MOST * 4);
  firsts = allocate(MOST * 4);
  firstsBefore = allocate(MOST * 4);
  templates = allocate(4 << TEMPLATE_BITS);
  token = lastToken = template = lineSoFar = field = tokenCount = indent = agreed = gap = 0;
  aboveState = likeState = aboveAt = likeAt = aboveToken = lastByte = tokensBefore = fieldsBefore = 0;
  hasDigit = quoted = false;
  indenting = true;
}

/** After byte `c`. */
export function updateLines(c: i32): void {
  if (isOfToken(c)) {
    lineSoFar = hash(lineSoFar, c + 1);
    extendToken(c);
  } else if (c == 10) endLine();
  else {
    lineSoFar = hash(lineSoFar, c + 1);
    extendGap(c);
  }
  lastByte = c;
}

// @ts-ignore: decorator
@inline
function isOfToken(c: i32): bool {
  const letter = c | 32;
  return (letter >= 97 && letter <= 122) || isDigit(c) || c >= 128 || c == 95;
}

// @ts-ignore: decorator
@inline
function isDigit(c: i32): bool {
  return c >= 48 && c <= 57;
}

function extendToken(c: i32): void {
  indenting = false;
  token = hash(token, c + 1);
  if (isDigit(c)) hasDigit = true;
  aboveState = compared(aboveState, aboveAt, c);
  likeState = compared(likeState, likeAt, c);
  aboveAt = followed(aboveAt);
  likeAt = followed(likeAt);
}

/** The state after byte `c`, where another was followed at a place. */
// @ts-ignore: decorator
@inline
function compared(state: i32, at: i32, c: i32): i32 {
  if (state != SAME) return state;
  const other: i32 = load<u8>(buffer + at);
  return c == other ? SAME : c > other ? GREATER : LESS;
}

/** The next place: a token's end stays. */
// @ts-ignore: decorator
@inline
function followed(at: i32): i32 {
  return at > 0 && isOfToken(load<u8>(buffer + at)) ? at + 1 : at;
}

function extendGap(c: i32): void {
  if (c == 34) quoted = !quoted;
  if (indenting) {
    if (c == 32 || c == 9) indent++;
    else indenting = false;
  }
  // A character that comes several times, such as spaces that fill a column, counts once.
  const again = token == 0 && c == lastByte;
  endToken(c);
  if (again && !indenting) return;
  if ((c == 44 || c == 59 || c == 9 || c == 124) && !quoted) startField();
  else {
    nextToken();
    const end = field + 1 < fieldsBefore ? load<i32>(firstsBefore + ((field + 1) << 2)) : tokensBefore;
    aboveToken = aboveToken + 1 < end ? aboveToken + 1 : tokensBefore;
  }
  follow();
}

function startField(): void {
  nextToken();
  if (field < MOST - 1) field++;
  touch(firsts + (field << 2));
  store<i32>(firsts + (field << 2), tokenCount);
  aboveToken = field < fieldsBefore ? load<i32>(firstsBefore + (field << 2)) : tokensBefore;
}

// @ts-ignore: decorator
@inline
function nextToken(): void {
  if (tokenCount < MOST - 1) tokenCount++;
}

/** Before character `c`, which is of none. */
function endToken(c: i32): void {
  if (token != 0) {
    template = hash(template, hasDigit ? 1 : token);
    if (aboveState == SAME && agreed < 255) agreed++;
    lastToken = token;
    gap = 0;
  }
  if (token != 0 || c != lastByte || indenting) template = hash(template, c + 2);
  gap = (gap << 8) | c;
  token = 0;
  hasDigit = false;
}

/** Where a token may begin: finds what is to be followed. */
function follow(): void {
  touch(starts + (tokenCount << 2));
  store<i32>(starts + (tokenCount << 2), position);
  aboveAt = aboveToken < tokensBefore ? load<i32>(startsBefore + (aboveToken << 2)) : 0;
  aboveState = aboveAt > 0 ? SAME : NONE;
  const known = templates + (<usize>(template >>> (32 - TEMPLATE_BITS)) << 2);
  likeAt = load<i32>(known);
  likeState = likeAt > 0 ? SAME : NONE;
  touch(known);
  store<i32>(known, position);
}

function endLine(): void {
  endToken(10);
  const free = startsBefore;
  startsBefore = starts;
  starts = free;
  const freeFirsts = firstsBefore;
  firstsBefore = firsts;
  firsts = freeFirsts;
  tokensBefore = tokenCount + 1;
  fieldsBefore = field + 1;
  template = lineSoFar = field = tokenCount = indent = agreed = aboveToken = 0;
  indenting = true;
  quoted = false;
  touch(firsts);
  store<i32>(firsts, 0);
  follow();
}

/** The byte that is followed, and the one behind it in the next eight bits, as far as they are known; 0 where nothing is. */
// @ts-ignore: decorator
@inline
function bytesAt(at: i32): i32 {
  if (at == 0) return 0;
  const next: i32 = at + 1 < position ? load<u8>(buffer + at, 1) : 0;
  return <i32>load<u8>(buffer + at) | (next << 8);
}

/** In the line before. */
export function aboveBytes(): i32 {
  return bytesAt(aboveAt);
}

/** Behind the same template. */
export function likeBytes(): i32 {
  return bytesAt(likeAt);
}

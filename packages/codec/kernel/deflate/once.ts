/**
 * Guesses the next token as the fastest levels of Go's standard library and of miniz choose it: of each hash they know the
 * latest place alone, enter only where they look, and take what they find. Go's looks at fewer and fewer places the longer
 * there is no match. As in `matcher.ts`, what is known of a place are the tokens before it as they really were.
 */

import { agreement } from "./agreement";
import { match } from "./block";
import { MAX_DISTANCE, MAX_MATCH, MIN_MATCH } from "./codes";

const MOST_HASH_BITS: i32 = 14;
/** The latest place of each hash, plus 1; miniz keeps its low 16 bits alone. */
const places = memory.data(4 << MOST_HASH_BITS, 64);

let isGo: bool = false;
let content: usize = 0;
let length: i32 = 0;

/** Starts on content of so many bytes. */
export function startOnce(address: usize, bytes: i32, asGo: bool): void {
  isGo = asGo;
  content = address;
  length = bytes;
  memory.fill(places, 0, 4 << MOST_HASH_BITS);
  startPiece(0);
}

/** The token that is guessed for a place, which is entered: a match, or 0 for a literal. Once for each token. */
export function guessOnce(place: i32): i32 {
  return isGo ? guessGo(place) : guessMiniz(place);
}

/** Takes in what the token at a place really was. */
export function followOnce(place: i32, tokenLength: i32, wasGuessed: bool): void {
  if (isGo) followGo(place, tokenLength, wasGuessed);
}

// miniz

const MINIZ_MASK: u32 = (1 << 12) - 1;
/** Bytes that it reads at once; none of its matches goes on beyond them. */
const READ: i32 = 4096;
/** As few bytes as are left of them then become literals. */
const FEW: i32 = 4;
/** Matches of three bytes are not made from this far away. */
const FAR: i32 = 8192;

function guessMiniz(place: i32): i32 {
  const end = min(length, (place | (READ - 1)) + 1);
  const most = min(end - place, MAX_MATCH);
  if (most < FEW) return 0;
  const three = load<u32>(content + place) & 0xffffff;
  const at = places + (<usize>((three ^ (three >> 17)) & MINIZ_MASK) << 2);
  const distance = (place - load<i32>(at)) & 0xffff;
  store<i32>(at, place & 0xffff);
  if (distance == 0 || distance > min(place, MAX_DISTANCE - (end - place))) return 0;
  const agreed = agreement(content + place, content + place - distance, most);
  return agreed < MIN_MATCH || (agreed == MIN_MATCH && distance >= FAR) ? 0 : match(agreed, distance);
}

// Go

/** Bytes of a piece: matches end with it, and nothing is looked for in its last bytes. */
const PIECE: i32 = 65535;
const MARGIN: i32 = 15;
const LEAST_PIECE: i32 = 17;
/** Places without a match after which every second is looked at; after as many again, every third. */
const PATIENCE: i32 = 32;

/** Where the piece ends, the next place that is looked at, and how long there was no match. */
let pieceEnd: i32 = 0;
let nextLook: i32 = 0;
let patience: i32 = PATIENCE;
/** Whether a match ends at the next place that is looked at: then that is looked at in any case. */
let isBehindMatch: bool = false;

function startPiece(place: i32): void {
  pieceEnd = min(length, place - (place % PIECE) + PIECE);
  nextLook = pieceEnd - place < LEAST_PIECE ? pieceEnd : place;
  patience = PATIENCE;
  isBehindMatch = false;
}

// @ts-ignore: decorator
@inline
function placeOf(place: i32): usize {
  return places + (<usize>((load<u32>(content + place) * 0x1e35a7bd) >>> (32 - MOST_HASH_BITS)) << 2);
}

function guessGo(place: i32): i32 {
  if (place >= pieceEnd) startPiece(place);
  if (place != nextLook) return 0;
  const last = pieceEnd - MARGIN;
  if (isBehindMatch) {
    if (place >= last) return none();
    store<i32>(placeOf(place - 1), place);
  } else if (place + (patience >> 5) > last) return none();
  const at = placeOf(place);
  const distance = place + 1 - load<i32>(at);
  const isEmpty = load<i32>(at) == 0;
  store<i32>(at, place + 1);
  if (isBehindMatch) nextLook = place + 1;
  else {
    nextLook = place + (patience >> 5);
    patience += patience >> 5;
  }
  isBehindMatch = false;
  if (isEmpty || distance > MAX_DISTANCE) return 0;
  const agreed = agreement(content + place, content + place - distance, min(pieceEnd - place, MAX_MATCH));
  return agreed < 4 ? 0 : match(agreed, distance);
}

/** Nothing more is looked for in the piece. */
function none(): i32 {
  nextLook = pieceEnd;
  return 0;
}

function followGo(place: i32, tokenLength: i32, wasGuessed: bool): void {
  const next = place + tokenLength;
  if (tokenLength > 1) {
    nextLook = next;
    patience = PATIENCE;
    isBehindMatch = true;
  } else if (!wasGuessed) {
    // It found no match here: it goes on as it does behind one.
    nextLook = next;
    patience = PATIENCE;
  }
}

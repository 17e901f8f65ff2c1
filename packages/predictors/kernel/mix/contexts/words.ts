/**
 * Words: the current one and those before it, as hashes; their last letters and kinds; and the word that came last time
 * after the one or two before. A word is letters, bytes ≥ 128, or, where the text is coded by a dictionary, one code of
 * one to three bytes.
 */

import { allocate } from "../../memory";
import { hash } from "../../hash";
import { estimation, hashedRow } from "../estimations";
import { bitIndex, last4 } from "../bytes";
import { touch } from "../journal";
import { weightSet } from "../mixer";
import { context } from "./context";
import { usesLayout } from "./layout";

/** Escape of the codec's `words` transform: the next byte is literal, and if it is ≥ 128, so are all ≥ 128 after it. */
const ESCAPE: i32 = 0x0c;
const NONE: i32 = 0;
const NEXT: i32 = 1;
const RUN_OF_HIGH: i32 = 2;

const FOLLOWER_BITS: i32 = 16;

/** Odd numbers that spread what is hashed with others. */
const K1: i32 = 0x5f356495;
const K2: i32 = 0x3f356495;
const K3: i32 = 0x2545f491;

/** Hash of the current word, 0 between words; of the word before, and so on. */
export let word0: i32 = 0;
let word1: i32 = 0;
let word2: i32 = 0;
let word3: i32 = 0;
/** Hash of the first word of the line. */
let lineWord: i32 = 0;
/** Bytes of the current word. */
let wordLength: i32 = 0;
/** Last letters of the current word, 5 bits each (6 for codes). */
let suffix: i32 = 0;
/** First byte of the current word. */
let first: i32 = 0;
/** Last letters over word boundaries. */
let letters: i32 = 0;
/** The last four characters that are no letters, no spaces. */
export let punctuation: i32 = 0;
/** Words that followed the last word, and the last two, the time before. */
let follower1: i32 = 0;
let follower2: i32 = 0;
/**
 * Kinds of the last three words: the first byte of its code, which tells what words it is used like, or the first
 * letter of a word that is written out.
 */
let class1: i32 = 0;
let class2: i32 = 0;
let class3: i32 = 0;
/** Whether the last byte belongs to a word. */
export let inWord: bool = false;
/** The last byte, lower case. */
export let folded: i32 = 0;

let coded: bool = false;
let codeLeft: i32 = 0;
let literal: i32 = NONE;
let followers: usize = 0;

// @ts-ignore: decorator
@inline
function needsFollowers(): bool {
  return has("contexts", "word-follower-1") || has("contexts", "word-follower-2");
}

/** `dictionary`: whether the block went through the word dictionary. */
export function startWords(dictionary: bool): void {
  coded = dictionary;
  codeLeft = 0;
  literal = NONE;
  class1 = class2 = class3 = 0;
  word0 = word1 = word2 = word3 = lineWord = 0;
  wordLength = suffix = first = letters = punctuation = 0;
  follower1 = follower2 = 0;
  inWord = false;
  if (needsFollowers()) followers = allocate((2 * 4) << FOLLOWER_BITS);
}

export function updateWords(c: i32): void {
  if (!usesThisFile() && !usesLayout()) return;
  follow(c);
  const last2 = last4 & 0xffff;

  // The word so far, alone and with the words before it; some skip a word.
  context("word", word0, c | 0x700);
  context("words-0-1", word0, word1 * K1 + 8);
  context("words-0-2", word0, word2 * K1 + 10);
  context("words-0-1-3", word0 + word3 * K2, word1 * K1 + 17);
  context("words-0-2-class-1", word0 + word2 * K2, class1 * K1 + 12);
  context("words-1-2", word1, word2 * K1 + c + 0xd00);
  context("words-0-1-2-3", word0 + word1 * K1, word2 * K2 + word3 * K3 + 33);
  context("word-classes-3", word0, ((class1 << 16) | (class2 << 8) | class3) * K1 + 35);
  context("word-line", word0, lineWord + 0x130000);
  context("word-1-order-2", last2, word1 * K1 + 40);

  // The words that followed last time; punctuation, letters over word boundaries.
  context("word-follower-1", word0, follower1 * K1 + 23);
  context("word-follower-2", word0, follower2 * K1 + 24);
  context("word-punctuation", word0, ((punctuation & 0xffff) << 8) | 26 | (c << 24));
  context("letters", letters & 0x3fffffff, 0x27 + (<i32>inWord << 8));
}

// @ts-ignore: decorator
@inline
export function selectByWords(): void {
  weightSet("in-word", (bitIndex << 7) | (<i32>(word0 != 0) << 6) | (last4 & 63));
  weightSet("suffix", (suffix & 0x3ff) | (wordLength > 1 ? 1024 : 0));
}

// @ts-ignore: decorator
@inline
export function estimateByWords(): void {
  estimation("word", hashedRow(word0));
}

/** A word ends: learn what followed the one and the two before it, shift the history. */
function endWord(): void {
  if (needsFollowers()) {
    const after1 = followers + ((word1 & 0xffff) << 2);
    const after2 = followers + (4 << FOLLOWER_BITS) + ((hash(word1, word2) & 0xffff) << 2);
    touch(after1);
    touch(after2);
    store<i32>(after1, word0);
    store<i32>(after2, word0);
  }
  word3 = word2;
  word2 = word1;
  word1 = word0;
  word0 = 0;
  class3 = class2;
  class2 = class1;
  class1 = first;
  wordLength = 0;
  suffix = 0;
  if (needsFollowers()) {
    follower1 = load<i32>(followers + ((word1 & 0xffff) << 2));
    follower2 = load<i32>(followers + (4 << FOLLOWER_BITS) + ((hash(word1, word2) & 0xffff) << 2));
  }
}

function follow(c: i32): void {
  folded = c >= 65 && c <= 90 ? c + 32 : c;
  inWord = (folded >= 97 && folded <= 122) || c >= 128;
  let codeEnds = false;
  let codeStarts = false;
  if (coded) {
    if (literal == NEXT && c < 128) {
      literal = NONE;
      inWord = false;
    } else if (literal != NONE && c >= 128) literal = RUN_OF_HIGH;
    else {
      literal = c == ESCAPE ? NEXT : NONE;
      if (codeLeft > 0) {
        codeLeft--;
        codeEnds = codeLeft == 0;
      } else if (c >= 128) {
        codeStarts = true;
        codeLeft = c < 0xc0 ? 0 : c < 0xf0 ? 1 : 2;
        codeEnds = codeLeft == 0;
      }
    }
  }
  if (word0 != 0 && (!inWord || codeStarts)) endWord();
  if (inWord) {
    word0 = (word0 + folded) * 0x2f0b4c47 + 0x3d;
    if (wordLength == 0) first = folded;
    const width = coded && folded >= 128 ? 6 : 5;
    const letter = folded & ((1 << width) - 1);
    suffix = (suffix << width) | letter;
    letters = (letters << width) | letter;
    wordLength++;
  }
  if (codeEnds) endWord();
  if (!inWord && c != 32) punctuation = (punctuation << 8) | c;
  if (c == 46 || c == 10) lineWord = 0;
  else if (word0 == 0 && lineWord == 0) lineWord = word1;
}

/**
 * Words: the current one and those before it, as hashes; their ends, beginnings and lengths; and the word that came
 * last time after the one or two before. A word is letters, bytes ≥ 128, or, where the text is coded by a dictionary,
 * one code of one to three bytes.
 */

import { allocate } from "../../memory";
import { hash } from "../../hash";
import { hasContext } from "./select";

/** Escape of the codec's `words` transform: the next byte is literal, and if it is ≥ 128, so are all ≥ 128 after it. */
const ESCAPE: i32 = 0x0c;
const NONE: i32 = 0;
const NEXT: i32 = 1;
const RUN_OF_HIGH: i32 = 2;

const FOLLOWER_BITS: i32 = 16;

/** Hash of the current word, 0 between words; of the word before, and so on. */
export let word0: i32 = 0;
export let word1: i32 = 0;
export let word2: i32 = 0;
export let word3: i32 = 0;
/** Hash of the first word of the sentence and of the line. */
export let sentenceWord: i32 = 0;
export let lineWord: i32 = 0;
/** Bytes of the current word and of the one before. */
export let wordLength: i32 = 0;
export let previousLength: i32 = 0;
/** Last letters of the current word and of the two before, 5 bits each (6 for codes). */
export let suffix0: i32 = 0;
export let suffix1: i32 = 0;
export let suffix2: i32 = 0;
/** First letters of the current word and of the one before, 5 bits each. */
export let prefix0: i32 = 0;
export let prefix1: i32 = 0;
/** First byte of the current word and of the one before. */
export let first0: i32 = 0;
export let first1: i32 = 0;
/** Last letters over word boundaries. */
export let letters: i32 = 0;
/** The last four characters that are no letters, no spaces. */
export let punctuation: i32 = 0;
/** Words that followed the last word, and the last two, the time before. */
export let follower1: i32 = 0;
export let follower2: i32 = 0;
/**
 * Kinds of the last three words: the first byte of its code, which tells what words it is used like, or the first
 * letter of a word that is written out.
 */
export let class1: i32 = 0;
export let class2: i32 = 0;
export let class3: i32 = 0;
/** Whether the last byte belongs to a word. */
export let inWord: bool = false;
/** The last byte, lower case. */
export let folded: i32 = 0;

let coded: bool = false;
let codeLeft: i32 = 0;
let literal: i32 = NONE;
let sentenceWords: i32 = 0;
let followers: usize = 0;

/** `dictionary`: whether the block went through the word dictionary. */
export function startWords(dictionary: bool): void {
  coded = dictionary;
  codeLeft = 0;
  literal = NONE;
  class1 = class2 = class3 = 0;
  word0 = word1 = word2 = word3 = 0;
  sentenceWord = lineWord = 0;
  wordLength = previousLength = 0;
  suffix0 = suffix1 = suffix2 = prefix0 = prefix1 = first0 = first1 = letters = punctuation = 0;
  follower1 = follower2 = 0;
  sentenceWords = 0;
  inWord = false;
  if (needsFollowers()) followers = allocate((2 * 4) << FOLLOWER_BITS);
}

// @ts-ignore: decorator
@inline
function needsFollowers(): bool {
  return TEXT && (hasContext(24) || hasContext(25));
}

/** A word ends: learn what followed the one and the two before it, shift the history. */
function endWord(): void {
  if (needsFollowers()) {
    store<i32>(followers + ((word1 & 0xffff) << 2), word0);
    store<i32>(followers + (4 << FOLLOWER_BITS) + ((hash(word1, word2) & 0xffff) << 2), word0);
  }
  word3 = word2;
  word2 = word1;
  word1 = word0;
  word0 = 0;
  class3 = class2;
  class2 = class1;
  class1 = first0;
  previousLength = wordLength;
  wordLength = 0;
  suffix2 = suffix1;
  suffix1 = suffix0;
  suffix0 = 0;
  prefix1 = prefix0;
  prefix0 = 0;
  if (sentenceWords == 0) sentenceWord = word1;
  sentenceWords++;
  if (needsFollowers()) {
    follower1 = load<i32>(followers + ((word1 & 0xffff) << 2));
    follower2 = load<i32>(followers + (4 << FOLLOWER_BITS) + ((hash(word1, word2) & 0xffff) << 2));
  }
}

export function updateWords(c: i32): void {
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
    if (TEXT) {
      if (wordLength == 0) {
        first1 = first0;
        first0 = folded;
      }
      if (wordLength < 4) prefix0 = (prefix0 << 5) | (folded & 31);
      const width = coded && folded >= 128 ? 6 : 5;
      const letter = folded & ((1 << width) - 1);
      suffix0 = (suffix0 << width) | letter;
      letters = (letters << width) | letter;
    }
    wordLength++;
  }
  if (codeEnds) endWord();
  if (!inWord && c != 32) {
    punctuation = (punctuation << 8) | c;
    if (c == 46 || c == 33 || c == 63) sentenceWords = 0;
  }
  if (c == 46 || c == 10) lineWord = 0;
  else if (word0 == 0 && lineWord == 0) lineWord = word1;
}

/** The contexts of text. The second word of each hash holds a constant of its own, so that no two contexts meet. */

import { last4, last8 } from "../bytes";
import { expectedByte, expectedLength } from "../match";
import { indirect1, indirect2, updateIndirect } from "./indirect";
import {
  above, bracketDistance, classes, classRuns, column, folded4, folded8, lineFirst, openBracket, updateLayout,
} from "./layout";
import { context, hasContext, hasSet } from "./select";
import {
  class1, class2, class3, first1, folded, follower1, follower2, inWord, letters, lineWord, prefix1, previousLength, punctuation,
  sentenceWord, suffix1, suffix2, updateWords, word0, word1, word2, word3, wordLength,
} from "./words";

const K1: i32 = 0x5f356495;
const K2: i32 = 0x3f356495;
const K3: i32 = 0x2545f491;

// @ts-ignore: decorator
@inline
function needsLayout(): bool {
  return (
    hasContext(15) || hasContext(21) || hasContext(26) || hasContext(31) || hasContext(43) || hasContext(44) ||
    hasContext(45) || hasSet(6) || hasSet(7) || hasSet(9) || hasSet(10) || hasSet(11)
  );
}

export function updateTextContexts(c: i32): void {
  updateWords(c);
  if (needsLayout()) updateLayout(c, folded, inWord);
  if (hasContext(19) || hasContext(20)) updateIndirect(c);
  const last2 = last4 & 0xffff;
  const last3 = last4 & 0xffffff;

  // The last 1 to 6 bytes, then 7.
  context(0, last4 & 0xff, 1);
  context(1, last2, 2);
  context(2, last3, 3);
  context(3, last4, 4);
  context(4, last4, (last8 & 0xff) | 0x500);
  context(5, last4, (last8 & 0xffff) | 0x60000);
  context(6, last4, (last8 & 0xffffff) ^ 0x07000000);

  // The word so far, alone and with the words before it; some skip a word.
  context(7, word0, c | 0x700);
  context(8, word0, word1 * K1 + 8);
  context(9, word0 + word2 * K2, word1 * K1 + 9);
  context(10, word0, word2 * K1 + 10);
  context(11, word0 + word3 * K2, word1 * K1 + 17);
  context(12, word0 + word2 * K2, class1 * K1 + 12);
  context(13, word1, word2 * K1 + c + 0xd00);
  context(14, word0, lineWord + 0x130000);

  // Shapes and skips.
  context(15, classRuns, c | 0x1000);
  context(16, last4 & 0xffffff00, 11);
  context(17, last4 & 0x00ffff00, 12);
  context(18, last4 & 0xf0f0ffff, 18 | ((last8 & 0xf0) << 8));

  // What followed the same bytes before.
  context(19, indirect1, c | 0xe00);
  context(20, indirect2, last2 | 0xf0000);

  // Columns.
  context(21, last2, ((column & 255) << 8) | 20 | (above << 16));

  // Ends of the words before; the words that followed last time.
  context(22, word0 + (suffix1 & 0x7fff), (suffix2 & 0x7fff) + 0x210000);
  context(23, word0, (suffix1 & 0x3ff) + 0x220000 + (c << 24));
  context(24, word0, follower1 * K1 + 23);
  context(25, word0, follower2 * K1 + 24);

  // Brackets, punctuation, letters over word boundaries.
  context(26, word0, (openBracket << 8) | (min(bracketDistance, 15) << 16) | 25 | (c << 24));
  context(27, word0, ((punctuation & 0xffff) << 8) | 26 | (c << 24));
  context(28, letters & 0x3fffffff, 0x27 + (<i32>inWord << 8));

  // The byte that the match expects.
  context(29, expectedByte, (expectedLength << 8) | 28);
  context(30, expectedByte, (c << 8) | 29);

  // Lines, word lengths and first letters.
  context(31, (lineFirst << 8) | above, 30 | (min(column, 255) << 8) | (c << 16));
  context(32, word0, (first1 << 8) | (previousLength << 16) | 31);
  context(33, word1, (wordLength << 8) | 32 | (c << 16));

  // Longer word contexts.
  context(34, word0 + word1 * K1, word2 * K2 + word3 * K3 + 33);
  context(35, word0, ((class1 << 8) | class2) * K1 + 34);
  context(36, word0, ((class1 << 16) | (class2 << 8) | class3) * K1 + 35);
  context(37, last4, last8 ^ 0x36000000);
  context(38, last4 & 0xffff0000, (last8 & 0xff) | (37 << 8));
  context(39, word0, prefix1 + 0x26000000);
  context(40, word0 + word2 * K2, ((suffix1 & 0x7fff) << 6) | 39);

  // Bytes together with the word before.
  context(41, last2, word1 * K1 + 40);
  context(42, last3, word1 * K1 + 41);

  // Classes and folded characters.
  context(43, classes & 0x3fffffff, (c << 8) | 42);
  context(44, folded4, ((folded8 & 255) << 8) | 43);
  context(45, folded4, ((folded8 & 0xffffff) << 8) | 44);
  context(46, word0, sentenceWord * K1 + 45);
  context(47, last3, ((punctuation & 255) << 8) | 46);
}

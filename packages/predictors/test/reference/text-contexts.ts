/** The numbered contexts of text: two words to hash for each. */
import { imul, min } from "./numbers.ts";
import type { Parts } from "./parts.ts";

const K1 = 0x5f356495;
const K2 = 0x3f356495;
const K3 = 0x2545f491;

export function textContexts({ stream, matches, words: w, layout, indirect }: Parts): [number, number][] {
  const { last4, last8 } = stream;
  const c = last4 & 0xff;
  const last2 = last4 & 0xffff;
  const last3 = last4 & 0xffffff;
  return [
    [c, 1],
    [last2, 2],
    [last3, 3],
    [last4, 4],
    [last4, (last8 & 0xff) | 0x500],
    [last4, (last8 & 0xffff) | 0x60000],
    [last4, (last8 & 0xffffff) ^ 0x07000000],
    [w.word0, c | 0x700], // 7
    [w.word0, imul(w.word1, K1) + 8],
    [w.word0 + imul(w.word2, K2), imul(w.word1, K1) + 9],
    [w.word0, imul(w.word2, K1) + 10],
    [w.word0 + imul(w.word3, K2), imul(w.word1, K1) + 17],
    [w.word0 + imul(w.word2, K2), imul(w.class1, K1) + 12],
    [w.word1, imul(w.word2, K1) + c + 0xd00],
    [w.word0, w.lineWord + 0x130000],
    [layout.classRuns, c | 0x1000], // 15
    [last4 & 0xffffff00, 11],
    [last4 & 0x00ffff00, 12],
    [last4 & 0xf0f0ffff, 18 | ((last8 & 0xf0) << 8)],
    [indirect.indirect1, c | 0xe00], // 19
    [indirect.indirect2, last2 | 0xf0000],
    [last2, ((layout.column & 255) << 8) | 20 | (layout.above << 16)],
    [w.word0 + (w.suffix1 & 0x7fff), (w.suffix2 & 0x7fff) + 0x210000], // 22
    [w.word0, (w.suffix1 & 0x3ff) + 0x220000 + (c << 24)],
    [w.word0, imul(w.follower1, K1) + 23],
    [w.word0, imul(w.follower2, K1) + 24],
    [w.word0, (layout.openBracket << 8) | (min(layout.bracketDistance, 15) << 16) | 25 | (c << 24)], // 26
    [w.word0, ((w.punctuation & 0xffff) << 8) | 26 | (c << 24)],
    [w.letters & 0x3fffffff, 0x27 + (w.inWord ? 0x100 : 0)],
    [matches.expectedByte, (matches.expectedLength << 8) | 28], // 29
    [matches.expectedByte, (c << 8) | 29],
    [(layout.lineFirst << 8) | layout.above, 30 | (min(layout.column, 255) << 8) | (c << 16)],
    [w.word0, (w.first1 << 8) | (w.previousLength << 16) | 31],
    [w.word1, (w.wordLength << 8) | 32 | (c << 16)],
    [w.word0 + imul(w.word1, K1), imul(w.word2, K2) + imul(w.word3, K3) + 33], // 34
    [w.word0, imul((w.class1 << 8) | w.class2, K1) + 34],
    [w.word0, imul((w.class1 << 16) | (w.class2 << 8) | w.class3, K1) + 35],
    [last4, last8 ^ 0x36000000],
    [last4 & 0xffff0000, (last8 & 0xff) | (37 << 8)],
    [w.word0, w.prefix1 + 0x26000000],
    [w.word0 + imul(w.word2, K2), ((w.suffix1 & 0x7fff) << 6) | 39],
    [last2, imul(w.word1, K1) + 40], // 41
    [last3, imul(w.word1, K1) + 41],
    [layout.classes & 0x3fffffff, (c << 8) | 42],
    [layout.folded4, ((layout.folded8 & 255) << 8) | 43],
    [layout.folded4, ((layout.folded8 & 0xffffff) << 8) | 44],
    [w.word0, imul(w.sentenceWord, K1) + 45],
    [last3, ((w.punctuation & 255) << 8) | 46],
  ];
}

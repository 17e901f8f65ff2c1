/**
 * What the neural paper reports, as it reports it: F. van Dijken, W. Verdyck, "Neural data compression" (2024).
 * Bits per character of the first 1,000,000 bytes, unless said otherwise.
 */

/** The files of Table 1. */
export const PAPER_FILES = ["webster", "bible", "text8", "mozilla", "chr20", "celegchr"] as const;

/** A figure a file, in their order; undefined where the table has none. */
type Row = readonly (number | undefined)[];

/** Table 1; the rows from "arithmetic" on are coders that predict nothing, or compressors of another kind. */
const TABLE_1 = {
  static: [5.19, 2.6, 3.27, undefined, 1.92, 1.94],
  dynamic: [3.71, 3.53, 3.55, 7.03, 1.98, 1.92],
  "dynamic-rnn": [3.16, 3.13, 3.3, 7.19, 1.97, 1.92],
  "tokenized-dynamic": [2.72, 2.12, 2.41, 6.08, undefined, undefined],
  "tokenized-dynamic-rnn": [2.44, 2.07, 2.39, 5.96, undefined, undefined],
  adaptive: [3.63, 3.46, 3.53, 6.67, 1.98, 1.93],
  "adaptive-rnn": [2.72, 2.74, 3.08, 6.48, 1.96, 1.93],
  "tokenized-adaptive": [2.7, 2.1, 2.47, 5.78, undefined, undefined],
  "tokenized-adaptive-rnn": [2.47, 2.07, 2.5, 5.77, undefined, undefined],
  arithmetic: [4.94, 4.39, 4.12, 7.26, 2, 1.95],
  huffman: [4.98, 4.43, 4.15, 7.29, 2.23, 2],
  gzip: [2.33, 2.24, 2.64, 5.26, 2.14, 2.11],
  bzip2: [1.72, 1.7, 2.1, 5.28, 2.05, 2.04],
  zlib: [2.36, 2.27, 2.65, 5.26, 2.24, 2.19],
  xz: [1.9, 1.8, 2.2, 5.11, 1.93, 1.88],
  brotli: [1.85, 1.8, 2.14, 5.06, 1.84, 1.78],
} as const satisfies Record<string, Row>;

/** A row of Table 1. */
export type PaperMethod = keyof typeof TABLE_1;

/** A figure of Table 1; undefined where it has none. */
export function paperFigure(method: string, file: string): number | undefined {
  const column = (PAPER_FILES as readonly string[]).indexOf(file);
  const row: Row | undefined = Object.hasOwn(TABLE_1, method) ? TABLE_1[method as PaperMethod] : undefined;
  return column < 0 ? undefined : row?.[column];
}

/** Table 2: the adaptive method on the first 100 KB of the bible, on an Apple M1; seconds, and bits per character. */
export const TABLE_2 = {
  none: { seconds: 9, bitsPerCharacter: 3.72 },
  residual: { seconds: 13, bitsPerCharacter: 3.64 },
  rnn: { seconds: 13.61, bitsPerCharacter: 3.42 },
  "rnn-2": { seconds: 16.82, bitsPerCharacter: 3.36 },
  "rnn-3": { seconds: 19.74, bitsPerCharacter: 3.42 },
  lstm: { seconds: 27, bitsPerCharacter: 3.51 },
  gru: { seconds: 36, bitsPerCharacter: 3.43 },
  transformer: { seconds: 112.35, bitsPerCharacter: 3.67 },
} as const;

/** Section 4.1: the share of symbols among the first five ranks, adaptive RNN, first 1,000,000 bytes of the bible. */
export const FIRST_FIVE_RANKS = 0.8;

/** Section 4.1: characters after which the ranks' entropy is below the file's own. */
export const BREAK_EVEN = 10_000;

/** Section 5.1: how often each base and each rank came on chr20, dynamic RNN; what it calls 100,000 bases are a million. */
export const DNA_RANKS = {
  bases: [271_844, 265_885, 234_169, 228_102],
  ranks: [308_440, 272_668, 249_420, 169_471],
} as const;

/** Section 4.3: time of decompression divided by that of compression. */
export const DECOMPRESSION_FACTORS: Readonly<Record<string, number>> = {
  adaptive: 2,
  "adaptive-rnn": 2,
  dynamic: 6,
  "dynamic-rnn": 1.2,
};

/** How an encoder of deflate chooses, as far as the guesses of its choices need to know. */
export interface Settings {
  /** Looks whether the next place has a longer match. */
  readonly lazy: boolean;
  /** A match of this length shortens the search for a better one. */
  readonly good: number;
  /** Longer matches are taken at once; of encoders that are not lazy, they are not entered into the chains. */
  readonly longest: number;
  /** A match of this length ends the search. */
  readonly nice: number;
  /** Places that are looked at. */
  readonly hops: number;
}

/** zlib's levels 1 to 9. */
export const ZLIB_LEVELS: readonly Settings[] = [
  { lazy: false, good: 4, longest: 4, nice: 8, hops: 4 },
  { lazy: false, good: 4, longest: 5, nice: 16, hops: 8 },
  { lazy: false, good: 4, longest: 6, nice: 32, hops: 32 },
  { lazy: true, good: 4, longest: 4, nice: 16, hops: 16 },
  { lazy: true, good: 8, longest: 16, nice: 32, hops: 32 },
  { lazy: true, good: 8, longest: 16, nice: 128, hops: 128 },
  { lazy: true, good: 8, longest: 32, nice: 128, hops: 256 },
  { lazy: true, good: 32, longest: 128, nice: 258, hops: 1024 },
  { lazy: true, good: 32, longest: 258, nice: 258, hops: 4096 },
];

/** Levels 2 to 9 of Go's standard library. */
export const GO_LEVELS: readonly Settings[] = [
  { lazy: false, good: 0, longest: 5, nice: 16, hops: 8 },
  { lazy: false, good: 0, longest: 6, nice: 32, hops: 32 },
  { lazy: true, good: 0, longest: 4, nice: 16, hops: 16 },
  { lazy: true, good: 0, longest: 16, nice: 32, hops: 32 },
  { lazy: true, good: 0, longest: 16, nice: 128, hops: 128 },
  { lazy: true, good: 0, longest: 32, nice: 128, hops: 256 },
  { lazy: true, good: 0, longest: 128, nice: 258, hops: 1024 },
  { lazy: true, good: 0, longest: 258, nice: 258, hops: 4096 },
];

/** Levels 2 to 10 of miniz, and of what descends from it. */
export const MINIZ_LEVELS: readonly Settings[] = [
  ...[6, 32].map((hops) => ({ lazy: false, good: 0, longest: 258, nice: 0, hops })),
  ...[16, 32, 128, 256, 512, 768, 1500].map((hops) => ({ lazy: true, good: 0, longest: 128, nice: 0, hops })),
];

/** Level 1 of both looks at one place. */
export const ONCE: Settings = { lazy: false, good: 0, longest: 258, nice: 258, hops: 1 };

/** fflate's levels 1 to 9. */
export const FFLATE_LEVELS: readonly Settings[] = [
  [8, 4],
  [16, 8],
  [16, 16],
  [16, 32],
  [32, 32],
  [128, 128],
  [128, 256],
  [258, 1024],
  [258, 4096],
].map(([nice, hops]) => ({ lazy: false, good: 0, longest: 258, nice, hops }));

/** Bits of fflate's hashes, of content of so many bytes. */
export function fflateHashBits(length: number): number {
  return Math.ceil(Math.max(8, Math.min(13, Math.log(length))) * 1.5);
}

/** What zlib calls a strategy, beside its levels. */
export type Strategy = "usual" | "filtered" | "runs" | "none";

/**
 * How the encoder finds places that agree: by three bytes, by four, by four as the fork of zlib in Chromium and Node does;
 * or as the encoders of Go's standard library, of miniz and of fflate do, which also look at them in ways of their own.
 */
export type Hash = "rolling" | "product" | "fork" | "go" | "go-fastest" | "miniz" | "miniz-fastest" | "fflate";

/** An encoder that takes the first good match, as zlib's does: its choices are guessed. */
export interface Guessed extends Settings {
  readonly strategy: Strategy;
  /** Log2 of the tokens of a block, less one: 7 to 16; of hashes: 8 to 20; of the window: 9 to 15. */
  readonly blockBits: number;
  readonly hashBits: number;
  readonly windowBits: number;
  readonly hash: Hash;
}

/** An encoder that weighs what its choices take: they are ranked. */
interface Weighed {
  /** Under which codes: those of the block itself, those as its tokens so far refine them, or those of the block before. */
  readonly prices: "own" | "refined" | "before";
  /** Longer matches are taken at once. */
  readonly nice: number;
}

/** 7-Zip as it is usually set, which goes over a block once, and at its best; libdeflate from level 10 on; zopfli. */
export const WEIGHED: readonly Weighed[] = [
  { prices: "before", nice: 33 },
  { prices: "own", nice: 65 },
  { prices: "own", nice: 129 },
  { prices: "own", nice: 258 },
  { prices: "refined", nice: 258 },
];

/** libdeflate's encoder below level 10: its choices are guessed. */
export interface Libdeflate {
  /** How many of the next places are looked at before a match is made. */
  readonly ahead: 0 | 1 | 2;
  readonly nice: number;
  readonly hops: number;
  /** Log2 of hashes of four bytes. */
  readonly fourBits: number;
}

/** Its levels 1 to 9. */
export const LIBDEFLATE_LEVELS: readonly Libdeflate[] = [
  { ahead: 0, nice: 32, hops: 2, fourBits: 15 },
  { ahead: 0, nice: 10, hops: 6, fourBits: 16 },
  { ahead: 0, nice: 14, hops: 12, fourBits: 16 },
  { ahead: 0, nice: 30, hops: 16, fourBits: 16 },
  { ahead: 1, nice: 30, hops: 16, fourBits: 16 },
  { ahead: 1, nice: 65, hops: 35, fourBits: 16 },
  { ahead: 1, nice: 130, hops: 100, fourBits: 16 },
  { ahead: 2, nice: 258, hops: 300, fourBits: 16 },
  { ahead: 2, nice: 258, hops: 600, fourBits: 16 },
];

/** How one stream was made. */
export type StreamSettings = Guessed | Libdeflate | Weighed;

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

/** What zlib calls a strategy, beside its levels. */
export type Strategy = "usual" | "filtered" | "runs" | "none";

/** How one stream was made. */
export interface StreamSettings extends Settings {
  readonly strategy: Strategy;
  /** Log2 of the tokens of a block, less one: 7 to 16; of hashes: 8 to 16; of the window: 9 to 15. */
  readonly blockBits: number;
  readonly hashBits: number;
  readonly windowBits: number;
  /** Bytes that are hashed: 3, or 4 of encoders that make no shorter matches. */
  readonly hashed: 3 | 4;
}

/** What a {@link ByteCounter} counted, as plain data that a worker or a file can carry. */
export interface StatisticsState {
  /** Bytes counted. */
  readonly size: number;
  /** Where the last of them lies, plus one. */
  readonly end: number;
  /** 65,536: how often a byte is followed by another; index byte + 256 · next. */
  readonly pairs: Float64Array;
  /** 256: how many stretches start with a byte. */
  readonly firsts: Float64Array;
  /** log2 bytes of a cell of the profile. */
  readonly profileShift: number;
  /** 256 counts a cell. */
  readonly profile: Uint32Array;
  /** Seven sums for each lag: see `kernel/statistics/autocorrelation.ts`. */
  readonly sums: BigUint64Array;
  /** Strings of three bytes: number, count, and so on. */
  readonly triples: Uint32Array;
  /** Strings that occur 2^32 times more than said, once for each such time. */
  readonly tripleCarries: Uint32Array;
  /** log2 of one in how many contexts of three bytes was counted. */
  readonly quadrupleLevel: number;
  /** Strings of four bytes: number, 0, low and high half of the count, and so on. */
  readonly quadruples: Uint32Array;
}

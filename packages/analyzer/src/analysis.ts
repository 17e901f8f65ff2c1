/**
 * The report of an analysis: plain data, the same as JSON (`JSON.parse(JSON.stringify(analysis))` equals it; what is
 * not known is `null`, never missing, `NaN` or infinite). The five levels are those of the paper on Recursive
 * Self-Reference Compression (§3.1); what it leaves open is defined here.
 *
 * Offsets and sizes are bytes, shares are 0 … 1, entropies bits per byte.
 */

/** A number that was counted, or estimated from a sample. */
export interface Estimate {
  readonly value: number;
  /** True where every occurrence was counted; `standardError` is then 0. */
  readonly exact: boolean;
  /** One standard deviation of the estimate, in the unit of `value`. */
  readonly standardError: number;
}

/** How patterns are told apart. Beside XXH64, pieces of the two finer levels have a 64-bit hash of the analyzer's own. */
export type SignatureKind = "xxh64" | "md5";

/** What was asked for. */
export interface AnalysisParameters {
  /** S: bytes of a coarse pattern. Fine ones have S / 10, micro ones S / 100. */
  readonly blockSize: number;
  readonly signature: SignatureKind;
  /** Blocks on either side of a coarse pattern that belong to the region around it. */
  readonly region: number;
  /** Bytes of memory that the analysis was allowed. */
  readonly memoryLimit: number;
}

/** The three levels of patterns, by name, coarsest first. */
export const LEVEL_NAMES = ["coarse", "fine", "micro"] as const;
export type LevelName = (typeof LEVEL_NAMES)[number];

/** Patterns that occur `from` … `to` times. */
export interface CountClass {
  readonly from: number;
  readonly to: number;
  /** Distinct patterns of the class, estimated where the level is sampled. */
  readonly patterns: number;
  /** Their occurrences, all together. */
  readonly occurrences: number;
}

/** One pattern. */
export interface Pattern {
  /**
   * 32 hexadecimal digits of its MD5, as `md5sum` prints it; or 16 of the XXH64 of a block, as `xxhsum` prints it, and of
   * the analyzer's own hash for finer pieces.
   */
  readonly signature: string;
  /** How often it occurs, without overlaps, at multiples of its own size. */
  readonly count: number;
  /** Where it occurs first. */
  readonly offset: number;
  /**
   * Where it occurs, ascending, at most the first eight places. Only blocks have more than the first, and of those
   * perhaps not all where the memory for places was used up: then it has fewer entries than min(8, `count`).
   */
  readonly offsets: readonly number[];
}

/** Levels 1 to 3 (§3.1): pieces of one size, counted by their signature. */
export interface PatternLevel {
  readonly name: LevelName;
  /** Bytes of a piece. */
  readonly patternSize: number;
  /** Pieces in all. Those beyond the last whole block belong to none. */
  readonly total: number;
  /** Different pieces. */
  readonly distinct: Estimate;
  /** Different pieces that occur at least twice. */
  readonly repeating: Estimate;
  /** Pieces that occurred before: `total` − `distinct`. */
  readonly repeats: Estimate;
  /** `distinct` / `total`: the paper's pattern density, 1 where nothing repeats. */
  readonly density: number;
  /**
   * Which patterns were counted. A sample takes the patterns whose signature starts with `log2(1 / rate)` zero bits, and
   * counts each of these wherever it occurs; so counts are exact, and numbers of patterns are estimates.
   */
  readonly sampling: {
    /** 1 or a power of 1/2: the share of all possible signatures that was counted. */
    readonly rate: number;
    /** Patterns counted. */
    readonly kept: number;
  };
  /** Chance that any two different pieces had the same signature, by the birthday bound. */
  readonly collisionProbability: number;
  /** Patterns by how often they occur; classes 1, 2, 3–4, 5–8, 9–16, …; empty classes at the end are left out. */
  readonly counts: readonly CountClass[];
  /**
   * A sum over all patterns that occur at least twice and how often they do, 64 bits in hexadecimal: equal where all of
   * them are.
   */
  readonly digest: string;
  /** The patterns that occur most often, at least twice: by falling count, then by offset. At most 32. */
  readonly top: readonly Pattern[];
}

/**
 * A pattern and those of the next finer level that lie in it. A piece is a child of the pattern in which it occurs first:
 * so every piece has one parent, and the parent of a piece that occurs first at some place also occurs first at that
 * place. Where the region around a block is wider than the block, pieces of the blocks beside it are `around` it.
 */
export interface PatternNode {
  readonly level: LevelName;
  readonly signature: string;
  readonly count: number;
  /** Where it occurs first. */
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
  /** How often it occurs in the place of its parent's first occurrence; 1 for a root. */
  readonly multiplicity: number;
  /**
   * Correlation with the parent: the phi coefficient, over all pieces of this level, of "the piece is this pattern" with
   * "the piece lies where an occurrence of the parent has this pattern". 1: it occurs only as a part of the parent;
   * towards 0: it nearly always occurs without it. Null for a root, and for what is around a pattern and not in it: where
   * the two occur together but for the first time is not kept.
   */
  readonly correlation: number | null;
  /**
   * By offset: those that occur at least twice, or have such in them. Where the finer level is sampled, only those that
   * the sample has.
   */
  readonly children: readonly PatternNode[];
  /**
   * Of a block: patterns of the next finer level that recur and occur first in the blocks beside its first occurrence, as
   * far as {@link AnalysisParameters.region} says; by offset. Empty for all others.
   */
  readonly around: readonly PatternNode[];
}

/** Where pieces are that occurred before, along the file. */
export interface RepeatMap {
  /** Bytes of a cell; the last may be shorter. A power of two of blocks. */
  readonly cellSize: number;
  /** For each cell the share of its pieces that occurred before; at most 1024 cells, the same number for each level. */
  readonly coarse: readonly number[];
  readonly fine: readonly number[];
  readonly micro: readonly number[];
}

/** Stretches of blocks each of which occurred before. */
export interface RepeatRuns {
  /** By length in blocks: classes 1, 2, 3–4, 5–8, …; empty classes at the end are left out. */
  readonly lengths: readonly {
    readonly from: number;
    readonly to: number;
    readonly runs: number;
    /** Blocks in them. */
    readonly blocks: number;
  }[];
  /** The longest, the first of several; null where nothing repeats. */
  readonly longest: { readonly offset: number; readonly size: number } | null;
}

/** Entropy of a byte where some bytes before it are known. */
export interface OrderEntropy {
  /** How many bytes before it are known: 0 … 3. */
  readonly order: number;
  readonly bitsPerByte: number;
  /** True where every byte was counted, up to those that have no such context: the first few in 64 KiB. */
  readonly exact: boolean;
  /** Bytes counted. */
  readonly positions: number;
  /**
   * What the sample leaves open, one standard deviation, in bits per byte: from the choice of contexts (order 3), and
   * from the choice of windows, taken as the error of order 1 on the same windows, where the truth is known. 0 if exact.
   */
  readonly standardError: number;
  /**
   * By how much the figure may be too low for want of data, at most, in bits per byte: what an adaptive coder, which has
   * to learn the frequencies on the way, needs more. The truth about the source lies between. Large where there is less
   * data than contexts.
   */
  readonly shortfall: number;
}

/** How alike the data is to itself, shifted. */
export interface Autocorrelation {
  /** Index 0 is lag 1. Pearson's product-moment correlation of the byte values: −1 … 1; 0 where a side is constant. */
  readonly product: readonly number[];
  /** Index 0 is lag 1. Share of the bytes that equal the byte one lag before them. */
  readonly match: readonly number[];
  /** The share of equal bytes that chance alone would give: the sum of the squared shares of the byte values. */
  readonly matchByChance: number;
  /** Lags at which either is higher than around, and higher than chance makes it; highest first, at most 16. */
  readonly peaks: readonly {
    readonly lag: number;
    readonly product: number;
    readonly match: number;
  }[];
  /** Whether all pairs of the file were counted that lie within one piece of 64 KiB. */
  readonly exact: boolean;
  /** Pairs counted at lag 1. */
  readonly pairs: number;
  /** Standard deviation of `product` for data without any correlation; peaks are at least four of these high. */
  readonly standardError: number;
}

/** Entropy of order 0 along the file. */
export interface EntropyProfile {
  /** Bytes of a cell; the last may be shorter. */
  readonly cellSize: number;
  /** At most 1024. */
  readonly bitsPerByte: readonly number[];
  /** Whether all bytes were counted; else at least one in four, evenly spread. */
  readonly exact: boolean;
}

/** Level 4: statistics of the whole. */
export interface Statistics {
  /** Orders 0, 1, 2, 3. */
  readonly entropy: readonly OrderEntropy[];
  /** How often each byte value occurs: 256 numbers, exact. */
  readonly byteCounts: readonly number[];
  readonly profile: EntropyProfile;
  readonly autocorrelation: Autocorrelation;
  /** Distinct patterns / patterns on level 1. */
  readonly patternDensity: number;
  readonly selfReference: {
    /**
     * (1 − entropy) · density · autocorrelation, as the paper writes it (§3.1, level 4), with the entropy of order 0, the
     * density of level 1 and the correlation at lag 1. Negative for whatever has more than 1 bit of entropy a byte.
     */
    readonly asPaper: number;
    /** The same with entropy / 8: −1 … 1. */
    readonly normalised: number;
  };
}

/** Series along the file that level 5 correlates: shares of repeats on three levels, and entropy. */
export const SERIES_NAMES = ["coarse", "fine", "micro", "entropy"] as const;
export type SeriesName = (typeof SERIES_NAMES)[number];

/** Level 5: the levels against each other. The paper names its quantities and defines none; these are the definitions here. */
export interface MetaAnalysis {
  /**
   * Pearson correlation of each two series over the cells of the repeat map, in the order of {@link SERIES_NAMES}. Null
   * where a series does not change along the file.
   */
  readonly crossCorrelation: readonly (readonly (number | null)[])[];
  /** Pairs of series that correlate at ±0.5 or beyond, strongest first. */
  readonly metaPatterns: readonly {
    readonly first: SeriesName;
    readonly second: SeriesName;
    readonly correlation: number;
  }[];
  /** (1 + the mean of |correlation| over the six pairs, null as 0) / 2: 0.5 … 1. */
  readonly metaEfficiency: number;
  /** The paper's free factor, fitted to its Table 4.2 at this size: see {@link Claimed}. */
  readonly breakthroughFactor: number;
  /** metaEfficiency · breakthroughFactor. */
  readonly recursiveAmplification: number;
}

/**
 * What the paper's formula gives (§3.2): original size / compressed size · recursive amplification. It is no compression
 * ratio: the "compressed" form keeps signatures and statistics, from which nothing can be restored, and is multiplied by
 * a factor that has no bytes behind it.
 */
export interface Claimed {
  /** Bytes of what is kept (§3.3), by part; where levels are sampled, estimates. */
  readonly representation: {
    /** Signatures and counts of all patterns that recur, on three levels. */
    readonly signatures: number;
    /** Entropies, autocorrelation, density, score. */
    readonly statistics: number;
    /**
     * Links from all finer patterns that recur to the one in which each occurs first, if that recurs; with a wider region,
     * from each fine one to every block that recurs and has it in its region.
     */
    readonly hierarchy: number;
    readonly total: number;
  };
  /** Size / representation. */
  readonly ratioBeforeAmplification: number;
  /** The paper's ratio for this data. */
  readonly ratio: number;
  /** What the paper's Table 4.2 has for data of this size, between its rows by interpolation of logarithms. */
  readonly tableRatio: number;
}

/** The size after one way of removing repeats, such that all can be restored. */
export interface RepeatRemoval {
  /** Which pieces are replaced by references; `all`: blocks, then fine pieces of new blocks, then micro ones of those. */
  readonly level: LevelName | "all";
  /** Content of the pieces that are new. */
  readonly content: Estimate;
  /** Bytes: one bit a piece, and for each repeat a number of as many bits as the number of distinct pieces needs. */
  readonly references: number;
  /** `content` + `references` + what lies beyond the last whole block. May exceed the original. */
  readonly size: Estimate;
}

/** What can be achieved and undone again. */
export interface Achievable {
  /** Sizes that follow from the entropies of orders 0 … 3, in bytes. */
  readonly entropy: readonly {
    readonly order: number;
    /** What an ideal coder needs that knows all frequencies beforehand: they are not counted. */
    readonly size: number;
    /**
     * What one needs that has to learn them on the way; this can be undone. Where order 2 or 3 is sampled, what the
     * sample needs, in proportion: rather too much, as a longer stream has more to learn from.
     */
    readonly adaptiveSize: number;
  }[];
  /** Coarse, fine, micro, all. */
  readonly repeats: readonly RepeatRemoval[];
  /** What Pith makes of it; null unless the caller of the analysis had it compressed and put the figure here. */
  readonly pith: { readonly size: number; readonly level: number } | null;
}

/** The whole report. */
export interface Analysis {
  /** Version of this structure. */
  readonly format: 1;
  readonly parameters: AnalysisParameters;
  /** Bytes analysed. */
  readonly size: number;
  /** Bytes after the last whole block, which belong to no pattern. */
  readonly remainder: number;
  /** Levels 1, 2, 3. */
  readonly levels: readonly [coarse: PatternLevel, fine: PatternLevel, micro: PatternLevel];
  /**
   * The trees of the blocks that recur most, and of those in which the most frequent finer patterns occur first; by
   * falling count, then by offset. At most 16.
   */
  readonly tree: readonly PatternNode[];
  readonly map: RepeatMap;
  /** Null where blocks are sampled or too many: runs are then not known. */
  readonly runs: RepeatRuns | null;
  /** Level 4. */
  readonly statistics: Statistics;
  /** Level 5. */
  readonly meta: MetaAnalysis;
  readonly claimed: Claimed;
  readonly achievable: Achievable;
  /** Sentences for people: how exact the figures are, and why, where they are not. Empty if all are exact. */
  readonly notes: readonly string[];
}

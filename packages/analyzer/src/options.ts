import { checkInteger } from "@pith/core";
import type { SignatureKind } from "./analysis.ts";

/** What an analysis takes. */
export interface AnalyzerOptions {
  /** S, bytes of a coarse pattern: a multiple of 100 from 100 to 1,000,000. Default 1000. */
  readonly blockSize?: number | undefined;
  /**
   * Signature of patterns: `"xxh64"`, which is fast (default; finer patterns have a hash of the analyzer's own), or `"md5"`, as in
   * the paper: all 128 bits, on all three levels, which takes longer.
   */
  readonly signature?: SignatureKind | undefined;
  /**
   * Blocks on either side of a coarse pattern that belong to the region around it, from which its finer patterns are taken:
   * 0 to 8. Default 0: the region is the pattern itself.
   */
  readonly region?: number | undefined;
  /**
   * Bytes of memory that the analysis may take together with its process: 256 MiB to 4 GiB, default 1 GiB. What does not
   * fit is sampled, and the report says so.
   */
  readonly memoryLimit?: number | undefined;
}

/** Options, checked and complete. */
export type AnalyzerSettings = { readonly [Name in keyof AnalyzerOptions]-?: NonNullable<AnalyzerOptions[Name]> };

const MIB = 2 ** 20;
const LEAST_MEMORY = 256 * MIB;
const MOST_MEMORY = 4096 * MIB;
/** A micro pattern is the hundredth part of a block. */
const PARTS = 100;
const LARGEST_BLOCK = 1_000_000;
const WIDEST_REGION = 8;

/** @throws TypeError, RangeError for options that are not as {@link AnalyzerOptions} says */
export function checkOptions(options: AnalyzerOptions): AnalyzerSettings {
  const { blockSize = 1000, signature = "xxh64", region = 0, memoryLimit = 1024 * MIB } = options;
  if (!(Number.isInteger(blockSize) && blockSize % PARTS === 0 && blockSize >= PARTS && blockSize <= LARGEST_BLOCK)) {
    throw new RangeError(
      `blockSize: expected a multiple of ${PARTS} from ${PARTS} to ${LARGEST_BLOCK}, as patterns of a tenth and a hundredth of it are looked for, got ${blockSize}`,
    );
  }
  if (!["xxh64", "md5"].includes(signature)) {
    throw new RangeError(`signature: expected "xxh64" or "md5", got ${JSON.stringify(signature)}`);
  }
  checkInteger("region", region, 0, WIDEST_REGION);
  if (!(memoryLimit >= LEAST_MEMORY && memoryLimit <= MOST_MEMORY)) {
    throw new RangeError(`memoryLimit: expected ${LEAST_MEMORY} to ${MOST_MEMORY} bytes, got ${memoryLimit}`);
  }
  return { blockSize, signature, region, memoryLimit };
}

/** The most slots of each table, powers of two. */
export interface PatternTableSizes {
  readonly blocks: number;
  /** Of the fine and of the micro patterns, each. */
  readonly pieces: number;
  /** Signatures whose places are kept. */
  readonly places: number;
  /** Blocks that can be marked as repeats. */
  readonly markable: number;
}

/** Tables that an analysis may fill. */
export interface TableSizes {
  readonly patterns: PatternTableSizes;
  /** Strings of four bytes. */
  readonly quadruples: number;
}

/** What the host's runtime takes, with a worker and the buffers between them. */
const HOST_MEMORY = 160 * MIB;
/** Counters of the statistics that are always there: 64 MiB for strings of three bytes, and the rest. */
const FIXED_COUNTERS = 72 * MIB;

/** More strings of four bytes than a key of 53 bits can number, beside the string itself, are of no use. */
const MOST_QUADRUPLES = 2 ** 21;

/** Shares out the memory: two thirds to the table of blocks, an eighth to those of the finer patterns. */
export function tableSizes(memoryLimit: number, signature: SignatureKind): TableSizes {
  const free = memoryLimit - HOST_MEMORY - FIXED_COUNTERS;
  /** Bytes of the second half of a signature. */
  const more = signature === "md5" ? 8 : 0;
  const slots = (share: number, bytes: number): number => 2 ** Math.floor(Math.log2((share * free) / bytes));
  return {
    patterns: {
      blocks: Math.min(2 ** 27, slots(0.66, 16 + more)),
      pieces: slots(1 / 8, 2 * (24 + more)),
      places: slots(1 / 64, 40 + more),
      markable: slots(1 / 48, 1 / 8),
    },
    quadruples: Math.min(MOST_QUADRUPLES, slots(1 / 16, 16)),
  };
}

/**
 * Figures of "Ultra-Dense Data Representation Through Recursive Self-Reference Compression" (Breakthrough Compression
 * Research Team, 2025).
 */

/** A row of its Table 4.2. */
export interface TableRow {
  /** As the paper writes it. */
  readonly name: string;
  /** Bytes; its units are powers of 1024, as its §4.3 shows (17,557,620,908 bytes are "16.35 GB"). */
  readonly size: number;
  /** The compression ratio that it reports. */
  readonly ratio: number;
}

/** Table 4.2: compression performance by size. */
export const TABLE_4_2: readonly TableRow[] = [
  { name: "1KB", size: 2 ** 10, ratio: 6.48 },
  { name: "10KB", size: 10 * 2 ** 10, ratio: 30.52 },
  { name: "100KB", size: 100 * 2 ** 10, ratio: 68.2 },
  { name: "1MB", size: 2 ** 20, ratio: 1288 },
  { name: "10MB", size: 10 * 2 ** 20, ratio: 81_285 },
  { name: "100MB", size: 100 * 2 ** 20, ratio: 631_672 },
  { name: "16.35GB", size: 17_557_620_908, ratio: 5_943_677 },
];

/**
 * The one size of a compressed file that it states (§4.3), bytes. It is the original size divided by the ratio, so the
 * amplification that the ratio is said to contain (§3.2) is exactly 1 there.
 */
const STATED_COMPRESSED_SIZE = 2954;

/** The ratio that the table has for a size: between two rows by interpolation of logarithms, beyond them the nearest row's. */
export function tableRatio(size: number): number {
  const above = TABLE_4_2.findIndex((row) => row.size >= size);
  if (above <= 0) return (above === 0 ? TABLE_4_2[0] : TABLE_4_2[TABLE_4_2.length - 1]).ratio;
  const [low, high] = [TABLE_4_2[above - 1], TABLE_4_2[above]];
  const share = Math.log(size / low.size) / Math.log(high.size / low.size);
  return low.ratio * (high.ratio / low.ratio) ** share;
}

/**
 * The paper's free `breakthrough_factor` (§3.1, level 5), fitted to its table: the factor that makes its formula,
 * original size / compressed size · meta efficiency · factor, give the ratio of the table for a compressed size of
 * {@link STATED_COMPRESSED_SIZE} and an efficiency of 1. It is 1 for 16.35 GB.
 */
export function breakthroughFactor(size: number): number {
  return (tableRatio(size) * STATED_COMPRESSED_SIZE) / size;
}

/** What a level means. */
export interface LevelInfo {
  /** 1 to 10. */
  readonly level: number;
  /** Bytes of content in a block, unless the caller sets them. */
  readonly blockSize: number;
  /** Most bytes of memory that coding a block of that size takes, both ways, if nothing in it is opened. */
  readonly memory: number;
  /** The method for any bytes: what is found to be of a kind that has its own is coded by that. */
  readonly method: GeneralMethodName;
  readonly description: string;
}

/** Methods that a level may have. */
type GeneralMethodName = "mix" | "lz" | "ppm";

const MIB = 2 ** 20;

/** Levels 1 (fast) to 10 (small). */
export const LEVELS: readonly LevelInfo[] = [
  { level: 1, blockSize: 4 * MIB, memory: 44 * MIB, method: "lz", description: "fastest, decoded as fast as xz" },
  { level: 2, blockSize: 4 * MIB, memory: 88 * MIB, method: "lz", description: "slower to code, decoded as fast" },
  { level: 3, blockSize: 4 * MIB, memory: 88 * MIB, method: "ppm", description: "fast, smaller" },
  { level: 4, blockSize: 8 * MIB, memory: 96 * MIB, method: "mix", description: "balanced, faster" },
  { level: 5, blockSize: 8 * MIB, memory: 136 * MIB, method: "mix", description: "balanced" },
  { level: 6, blockSize: 16 * MIB, memory: 212 * MIB, method: "mix", description: "balanced, smaller" },
  { level: 7, blockSize: 16 * MIB, memory: 300 * MIB, method: "mix", description: "small" },
  { level: 8, blockSize: 32 * MIB, memory: 496 * MIB, method: "mix", description: "smaller" },
  { level: 9, blockSize: 32 * MIB, memory: 768 * MIB, method: "mix", description: "very small" },
  { level: 10, blockSize: 32 * MIB, memory: 768 * MIB, method: "mix", description: "smallest, half as fast as 9" },
];

export const DEFAULT_LEVEL = 5;
/** The smallest: its model for English starts from trained weights, which have to be brought. */
export const MAX_LEVEL = 10;

/**
 * Bytes of content in a block at a level.
 *
 * @throws RangeError if the level is not an integer from 1 to 10
 */
export function defaultBlockSize(level: number): number {
  return levelInfo(level).blockSize;
}

/** @throws RangeError if the level is not an integer from 1 to 10 */
export function levelInfo(level: number): LevelInfo {
  const found = LEVELS.find((info) => info.level === level);
  if (found === undefined) {
    throw new RangeError(`level: expected an integer from 1 to ${LEVELS.length}, got ${String(level)}`);
  }
  return found;
}

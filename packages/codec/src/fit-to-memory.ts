import { type CompressOptions, compressSettings, settingsOfBlock } from "./plan/options.ts";
import { unitMemory } from "./plan/opening.ts";

/** What the option `memoryLimit` leaves of a level. */
export interface MemoryFit {
  /** Bytes of content in a block; the content's length, where that is less. */
  readonly blockSize: number;
  /** Of such a block; of a shorter one, such as the last, it may be higher. */
  readonly level: number;
  /** How often the tables of that level are halved: 0 to 2. */
  readonly halvings: number;
  /** Bytes of memory that such a block takes at most. */
  readonly memory: number;
}

/**
 * How large blocks are, and how they are coded, so that each takes no more memory than it may.
 *
 * @param contentLength bytes; default: any number
 * @throws TypeError, RangeError for wrong options, and where even the least takes too much
 * @example
 * fitToMemory({ level: 9, memoryLimit: 2 ** 29 }); // { blockSize: 33554432, level: 9, halvings: 1, memory: 531431424 }
 */
export function fitToMemory(
  options: Pick<CompressOptions, "level" | "method" | "neural" | "open" | "blockSize" | "memoryLimit"> = {},
  contentLength = Infinity,
): MemoryFit {
  const settings = compressSettings(options, contentLength);
  const blockSize = Math.min(settings.blockSize, contentLength);
  const block = settingsOfBlock(settings, blockSize);
  return { blockSize, level: block.level, halvings: block.halvings ?? 0, memory: unitMemory(block, blockSize) };
}

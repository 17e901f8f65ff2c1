/**
 * What memory leaves of a level. A block gets what its level says where that fits; else the level's tables are halved,
 * twice at most; else the next lower level is tried. Blocks of which nobody says how long they are to be are halved
 * before a lower level is tried, as long as they stay long enough.
 */
import { dna } from "../methods/dna/index.ts";
import type { Method } from "../methods/method.ts";
import { methodOf } from "../methods/registry.ts";
import { generalMethod } from "./general/index.ts";
import { levelInfo } from "./levels.ts";
import { isChosen, optionsOf, type BlockSettings } from "./settings.ts";

/** Tables an eighth of what they should be are worse than a lower level. */
const MOST_HALVINGS = 2;
/** Shorter blocks bring less than a lower level; there is none below the first. */
const LEAST_BLOCK = 2 ** 20;
const LEAST_BLOCK_OF_ALL = 2 ** 16;

/** Bytes of memory that coding a block of `length` bytes takes, at most. */
export function blockMemory(settings: BlockSettings, length: number): number {
  const { method, level } = settings;
  const general = generalMethod(settings);
  /** Beside what a method takes: content, payload, and of those that have transforms, what comes out of these. */
  const of = (each: Method, buffers: number): number =>
    each.memoryAt(length, level, optionsOf(settings)) + buffers * length;
  if (general === undefined) return of(methodOf(method), 2);
  if (!isChosen(method)) return of(general.method, 3);
  return Math.max(of(general.method, 3), (general.memoryBeside?.(settings, length) ?? 0) + 3 * length, of(dna, 2));
}

/** The same settings with ever less to do for a block, down to the least there is. */
export function* efforts(settings: BlockSettings): Generator<BlockSettings> {
  for (let level = settings.level; level >= 1; level--) yield* ofLevel({ ...settings, level });
}

function* ofLevel(settings: BlockSettings): Generator<BlockSettings> {
  for (let halvings = 0; halvings <= MOST_HALVINGS; halvings++) yield { ...settings, halvings };
}

/**
 * The settings for a block of `length` bytes that takes no more than `memory` bytes: the best of {@link efforts}.
 *
 * @returns undefined where even the least takes more
 */
export function settingsWithin(settings: BlockSettings, length: number, memory: number): BlockSettings | undefined {
  for (const effort of efforts(settings)) if (blockMemory(effort, length) <= memory) return effort;
  return undefined;
}

/** Bytes of content in a block, where nobody says: as the level has it, or less where a block would not fit. */
export function blockSizeWithin(settings: BlockSettings, memory: number): number {
  for (let level = settings.level; level >= 1; level--) {
    const least = level === 1 ? LEAST_BLOCK_OF_ALL : LEAST_BLOCK;
    for (let size = levelInfo(level).blockSize; size >= least; size /= 2) {
      for (const effort of ofLevel({ ...settings, level })) if (blockMemory(effort, size) <= memory) return size;
    }
  }
  return LEAST_BLOCK_OF_ALL;
}

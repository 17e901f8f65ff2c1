import { checkBytes, checkInteger, checkOneOf, type TaskOptions } from "@pith/core";
import { KINDS, METHOD_CHOICES, type Kind, type MethodName } from "./names.ts";
import type { BlockSettings } from "./settings.ts";
import { RepeatSample } from "../transforms/dedupe/repeat-sample.ts";
import { DEFAULT_LEVEL, levelInfo, LEVELS, MAX_LEVEL, type LevelInfo } from "./levels.ts";
import { MAX_LENGTH } from "../format/constants.ts";
import { largestNeural } from "../methods/neural/choose.ts";
import { unpackCustom, type CustomNetworks } from "../methods/neural/custom-network.ts";
import { neuralMemory } from "../methods/neural/memory.ts";
import { checkNeuralOptions, type NeuralOptions, type NeuralSettings } from "../methods/neural/options.ts";

const MAX_THREADS = 64;
const MIN_BLOCK_SIZE = 4096;
const DEFAULT_MEMORY_LIMIT = 2 ** 30;

/** Options of compressing. */
export interface CompressOptions extends TaskOptions {
  /** 1 (fast) to 10 (small); default 5. 9 and 10 differ only in their networks. */
  readonly level?: number | undefined;
  /** Default "auto". A forced method still stores a block that it does not make smaller. */
  readonly method?: MethodName | undefined;
  /** What the data is; default "auto": detected for each block. */
  readonly kind?: Kind | undefined;
  /** The network of the methods "neural" and "rank"; what is left out, the level decides. */
  readonly neural?: NeuralOptions | undefined;
  /**
   * Worker threads, 1 to 64; default 1. 0 works on the calling thread, in slices between which the event loop turns:
   * no worker has to start, but the loop is kept busy. The output is the same for every number. All calls and streams
   * of a process share its workers, of which there is at most one a core.
   */
  readonly threads?: number | undefined;
  /** Bytes of content in a block, 4 KiB to 1 GiB; default by level. */
  readonly blockSize?: number | undefined;
  /**
   * Bytes of memory that all blocks in work together may take; default 1 GiB. Fewer threads run where more would
   * exceed it; a `RangeError` if one block alone exceeds it.
   */
  readonly memoryLimit?: number | undefined;
  /** What `sampleRepeats` found in the content, with the same options; for the method "auto". */
  readonly repeats?: RepeatSample | undefined;
}

/** Options of decompressing. */
export interface DecompressOptions extends TaskOptions {
  /** Worker threads, 1 to 64; default 1. 0 works on the calling thread, in slices between which the event loop turns. */
  readonly threads?: number | undefined;
  /**
   * Bytes of memory that all blocks in work together may take; default 1 GiB. Fewer threads run where more would
   * exceed it; a `PithError` `memory-limit` if one block alone exceeds it.
   */
  readonly memoryLimit?: number | undefined;
  /**
   * Most bytes of content that may come out; default: any number. A few bytes of a file can stand for a gigabyte: give
   * a limit where the file comes from somebody else. A `PithError` `length-limit` before memory is taken for the block
   * that would exceed it; of several blocks, those before it are decoded.
   */
  readonly maxLength?: number | undefined;
  /**
   * Networks that blocks may name, beside those that come with this package: what `neural.network` was when they were
   * compressed. `info` and `networkHash` tell which a block needs, and which one is.
   */
  readonly networks?: readonly Uint8Array[] | undefined;
}

/** {@link CompressOptions}, checked and complete. */
export interface CompressSettings {
  readonly block: BlockSettings;
  readonly blockSize: number;
  readonly threads: number;
  readonly memoryLimit: number;
  /** Bytes of memory that a block takes. */
  readonly memory: number;
  /** How repeats across blocks are looked for; undefined: not at all. */
  readonly dedupe: DedupeSettings | undefined;
}

/** How repeats across blocks are looked for. */
export interface DedupeSettings {
  /** Without looking first whether it promises to pay. */
  readonly always: boolean;
  /** Where it promises to pay, where that is known beforehand. */
  readonly sample: RepeatSample | undefined;
  /** For content that repeats what lies anywhere before it: as long a block as can be. */
  readonly far: DedupeRoom;
  /** For content that repeats itself within blocks alone: it need not be long, so that parts may have more memory. */
  readonly near: DedupeRoom;
  /** Bytes of content that are held back to be compared with what comes. */
  readonly lookBack: number;
}

/** How memory is divided between a deduplicated block and its parts. */
interface DedupeRoom {
  /** Of the parts of what is left. */
  readonly level: number;
  /** Bytes of memory that coding a part takes. */
  readonly partMemory: number;
  /** Bytes of memory for everything else. */
  readonly memory: number;
}

/** {@link DecompressOptions}, checked and complete. */
export interface DecompressSettings {
  readonly threads: number;
  readonly memoryLimit: number;
  /** Of content, in bytes; Infinity where there is none. */
  readonly maxLength: number;
  readonly networks: CustomNetworks;
}

/**
 * Checks options of compressing.
 *
 * @param contentLength bytes of the whole content, where that is known
 * @throws TypeError, RangeError; PithError for a network that is damaged
 */
export function compressSettings(options: CompressOptions, contentLength = Infinity): CompressSettings {
  const level = checkInteger("level", options.level ?? DEFAULT_LEVEL, 1, MAX_LEVEL);
  const info = levelInfo(level);
  const blockSize = checkInteger("blockSize", options.blockSize ?? info.blockSize, MIN_BLOCK_SIZE, MAX_LENGTH);
  const threads = checkInteger("threads", options.threads ?? 1, 0, MAX_THREADS);
  const memoryLimit = memoryLimitOf(options);
  const method = checkOneOf("method", options.method ?? "auto", METHOD_CHOICES);
  const neural = options.neural && neuralSettings(options.neural, method, memoryLimit);
  const memory = blockMemory(info, method, Math.min(blockSize, contentLength), neural);
  if (memory > memoryLimit) {
    throw new RangeError(
      `memoryLimit: expected at least the ${memory} bytes that a block of ${blockSize} bytes takes at level ${level}, ` +
        `got ${memoryLimit}`,
    );
  }
  return {
    block: {
      level,
      method,
      kind: checkOneOf("kind", options.kind ?? "auto", KINDS),
      neural,
    },
    blockSize,
    threads,
    memoryLimit,
    memory,
    dedupe: dedupeSettings(method, level, blockSize, memoryLimit, contentLength, repeatsOf(options)),
  };
}

/** Bytes of memory that deduplication has, in blocks, at least: two that are all new, each thrice. */
const FEWEST_BLOCKS = 6;
/** Bytes of a stream that are held back. */
const HELD_BACK = 2 ** 26;
/** Content below this is coded sooner than it is looked through. */
const LEAST_DEDUPED = 2 ** 16;

/** @throws RangeError if deduplication is asked for, and the memory does not suffice */
function dedupeSettings(
  method: MethodName,
  level: number,
  blockSize: number,
  memoryLimit: number,
  contentLength: number,
  sample: RepeatSample | undefined,
): DedupeSettings | undefined {
  const always = method === "dedupe";
  if (!always && (method !== "auto" || contentLength < Math.min(LEAST_DEDUPED, blockSize + 1))) return undefined;
  const room = (info: LevelInfo): DedupeRoom => {
    const partMemory = blockMemory(info, method, blockSize);
    return { level: info.level, partMemory, memory: memoryLimit - partMemory };
  };
  const least = FEWEST_BLOCKS * Math.min(blockSize, contentLength);
  // The parts may have half of the memory, for content of some length needs the other half.
  const levels = LEVELS.filter((info) => info.level <= level).map(room);
  const far = levels.filter(({ partMemory }) => partMemory <= memoryLimit / 2).at(-1) ?? levels[0];
  if (far.memory < least) {
    if (!always) return undefined;
    throw new RangeError(
      `memoryLimit: expected at least the ${far.partMemory + least} bytes that dedupe takes with blocks of ` +
        `${blockSize} bytes, got ${memoryLimit}`,
    );
  }
  const near = levels.filter(({ memory }) => memory >= least).at(-1) ?? far;
  const lookBack = contentLength < Infinity ? far.memory : Math.min(far.memory / 3, HELD_BACK);
  return { always, sample, far, near, lookBack };
}

/** @throws TypeError, RangeError; PithError for a network that is damaged */
function neuralSettings(options: NeuralOptions, method: string, memoryLimit: number): NeuralSettings {
  checkNeuralOptions(options, method);
  const { network, ...settings } = options;
  if (network === undefined) return settings;
  return { ...settings, learning: "static", network: unpackCustom(checkBytes("network", network), memoryLimit) };
}

/** Checks options of decompressing. @throws TypeError, RangeError; PithError for a network that is damaged */
export function decompressSettings(options: DecompressOptions): DecompressSettings {
  const threads = checkInteger("threads", options.threads ?? 1, 0, MAX_THREADS);
  const memoryLimit = memoryLimitOf(options);
  const networks = (options.networks ?? []).map((packed) => unpackCustom(checkBytes("networks", packed), memoryLimit));
  const { maxLength } = options;
  return {
    threads,
    memoryLimit,
    maxLength: maxLength === undefined ? Infinity : checkInteger("maxLength", maxLength, 0, Number.MAX_SAFE_INTEGER),
    networks: new Map(networks.map((network) => [network.hash, network])),
  };
}

/** Most bytes of memory that coding a block of `length` takes: a longer block than the level's has longer buffers. */
function blockMemory(level: LevelInfo, method: MethodName, length: number, neural: NeuralSettings = {}): number {
  const BUFFERS = 6;
  if (method === "neural" || method === "rank") {
    // With content and payload.
    return neuralMemory(largestNeural(length, level.level, neural), length) + 2 * length;
  }
  if (method === "stored") return BUFFERS * length;
  return level.memory + BUFFERS * Math.max(0, length - level.blockSize);
}

function memoryLimitOf({ memoryLimit = DEFAULT_MEMORY_LIMIT }: { memoryLimit?: number | undefined }): number {
  return checkInteger("memoryLimit", memoryLimit, 0, Number.MAX_SAFE_INTEGER);
}

function repeatsOf({ repeats }: CompressOptions): RepeatSample | undefined {
  if (repeats === undefined || repeats instanceof RepeatSample) return repeats;
  throw new TypeError(`repeats: expected what sampleRepeats gives, got ${typeof repeats}`);
}

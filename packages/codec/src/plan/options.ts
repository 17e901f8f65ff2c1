import { checkBytes, checkInteger, checkOneOf, type TaskOptions } from "@pith/core";
import { contentKind, formOfArray, KINDS, METHOD_CHOICES, type Kind, type MethodName } from "./names.ts";
import { openedMemory, roomWithin } from "./opening.ts";
import type { BlockSettings } from "./settings.ts";
import { checkReference, type ReferenceFile } from "../bytes/reference.ts";
import { RepeatSample } from "../transforms/dedupe/repeat-sample.ts";
import { blockMemory, blockSizeWithin, efforts, settingsWithin } from "./effort.ts";
import { DEFAULT_LEVEL, MAX_LEVEL } from "./levels.ts";
import { DEFAULT_MEMORY_LIMIT, type DecodeMeans } from "../format/decode-means.ts";
import { ALL_FORMATS } from "../format/all.ts";
import { MAX_LENGTH } from "../format/constants.ts";
import { checkPrior, checkPriorSource, type PriorCoder, type PriorSource } from "../methods/prior/coder.ts";
import { unpackCustom } from "../methods/neural/custom-network.ts";
import { checkNeuralOptions, type NeuralOptions, type NeuralSettings } from "../methods/neural/options.ts";

const MAX_THREADS = 64;
const MIN_BLOCK_SIZE = 4096;

/** Which blocks are decoded again as they are coded. */
type CheckedBlocks = boolean | "weights";

/** Options of compressing. */
export interface CompressOptions extends TaskOptions {
  /** 1 (fast) to 10 (small); default 5. 9 and 10 differ only in their networks. */
  readonly level?: number | undefined;
  /** Default "auto". A forced method still stores a block that it does not make smaller. */
  readonly method?: MethodName | undefined;
  /** What the data is; default "auto": detected for each block. "weights:bf16" and its like are numbers without a header. */
  readonly kind?: Kind | undefined;
  /**
   * Whether what is packed inside the content is taken apart and coded as what it is, with method and kind "auto": streams of
   * deflate (gzip, ZIP, PDF, PNG), JPEG, base64, hexadecimal, UTF-16, members of a tar, files of an ISO image; and whether the tensors of safetensors, GGUF and .npy files are blocks of their own, coded as
   * values of their types. Everything comes back bit for bit. Default true.
   */
  readonly open?: boolean | undefined;
  /** The network of the methods "neural" and "rank"; what is left out, the level decides. */
  readonly neural?: NeuralOptions | undefined;
  /**
   * Worker threads, 1 to 64; default 1. 0 works on the calling thread, in slices between which the event loop turns:
   * no worker has to start, but the loop is kept busy. The output is the same for every number. All calls and streams
   * of a process share its workers, of which there is at most one a core. Each works on a block of its own; one block alone
   * takes a second one at levels 9 and 10, in Node.
   */
  readonly threads?: number | undefined;
  /**
   * Bytes of content in a block, 4 KiB to 1 GiB; default by level, or less where memory is short. Where it is looked for what
   * is packed inside, a block ends between the members of an archive; by default it is up to four times as long where
   * else a packed file would be cut.
   */
  readonly blockSize?: number | undefined;
  /**
   * Bytes of memory that all blocks in work together may take, and that decompressing each may; default 1 GiB. Fewer
   * threads run where more would exceed it. Where one block alone would, at its length, it is coded with less than the
   * level has: its tables are halved, or halved twice; if that is not enough, `blockSize`, unless it is given, is halved,
   * to 1 MiB at least; if that is not either, the next lower level has its turn. `fitToMemory` says what comes of it. A
   * `RangeError` only if level 1 so takes too much.
   */
  readonly memoryLimit?: number | undefined;
  /**
   * A safetensors file that tensors of the content may differ from by little, such as the model that one was trained from: those that
   * have the name, type and shape of one there are coded as the difference, where that is shorter. Who decompresses needs it, too.
   */
  readonly reference?: ReferenceFile | undefined;
  /**
   * Codes blocks of up to 64 KiB with what it knows, where that is shorter: a `Prior` of `@pith/priors`, such as
   * `await Prior.builtIn()`, for the method "auto". Who decompresses needs it, too.
   */
  readonly prior?: PriorCoder | undefined;
  /**
   * Whether each block is decoded again before it is given out: "weights": those that are coded as numbers of models; default
   * false. Blocks of which they are a part are checked, too. It takes as long as decompressing; a `PithError` `checksum-mismatch` if one does not come back, as where memory is faulty.
   */
  readonly verify?: CheckedBlocks | undefined;
  /** Told of each block that `verify` has decoded again, and that came back: bytes of its content. */
  readonly onVerified?: ((contentLength: number) => void) | undefined;
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
  /** The file that blocks may be the difference to: what `reference` was when they were compressed. */
  readonly reference?: ReferenceFile | undefined;
  /** The prior that blocks may be made with, or a function that finds the one with a hash, which blocks name. */
  readonly prior?: PriorSource | undefined;
}

/** {@link CompressOptions}, checked and complete. */
export interface CompressSettings {
  /** Of blocks whose memory suffices: see {@link settingsOfBlock}. */
  readonly block: BlockSettings;
  /** What all content is, where it is numbers and nothing else. */
  readonly array: ReturnType<typeof formOfArray>;
  readonly blockSize: number;
  /** Bytes that a block may have so that nothing is cut. */
  readonly mostBlock: number;
  readonly threads: number;
  readonly memoryLimit: number;
  /** How repeats across blocks are looked for; undefined: not at all. */
  readonly dedupe: DedupeSettings | undefined;
  readonly reference: ReferenceFile | undefined;
  readonly prior: PriorCoder | undefined;
  readonly verify: CheckedBlocks;
  readonly onVerified: CompressOptions["onVerified"];
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
  readonly part: BlockSettings;
  /** Bytes of the longest part that may be opened. */
  readonly mostPart: number;
  /** Bytes of memory that a part takes, both ways. */
  readonly partMemory: number;
  /** Bytes of memory for everything else. */
  readonly memory: number;
}

/** {@link DecompressOptions}, checked and complete. */
export interface DecompressSettings extends DecodeMeans {
  readonly threads: number;
  /** Of content, in bytes; Infinity where there is none. */
  readonly maxLength: number;
}

/**
 * Checks options of compressing.
 *
 * @param contentLength bytes of the whole content, where that is known
 * @throws TypeError, RangeError; PithError for a network that is damaged
 */
export function compressSettings(options: CompressOptions, contentLength = Infinity): CompressSettings {
  const level = checkInteger("level", options.level ?? DEFAULT_LEVEL, 1, MAX_LEVEL);
  const threads = checkInteger("threads", options.threads ?? 1, 0, MAX_THREADS);
  const memoryLimit = memoryLimitOf(options);
  const method = checkOneOf("method", options.method ?? "auto", METHOD_CHOICES);
  const neural = options.neural && neuralSettings(options.neural, method, memoryLimit);
  const asked = checkOneOf("kind", options.kind ?? "auto", KINDS);
  const kind = contentKind(asked);
  const block = {
    level,
    method,
    kind,
    neural,
    open: checkOpen(options) && method === "auto" && asked === "auto",
  };
  const blockSize =
    options.blockSize === undefined
      ? blockSizeWithin(block, memoryLimit)
      : checkInteger("blockSize", options.blockSize, MIN_BLOCK_SIZE, MAX_LENGTH);
  checkMemory(block, Math.min(blockSize, contentLength), memoryLimit);
  const mostBlock = options.blockSize === undefined ? mostBlockOf(block, blockSize, memoryLimit) : blockSize;
  const lengths = { blockSize, mostBlock, contentLength };
  const dedupe = dedupeSettings(block, lengths, memoryLimit, repeatsOf(options));
  const array = method === "auto" || method === "weights" ? formOfArray(asked) : undefined;
  return {
    block,
    array,
    blockSize,
    mostBlock,
    threads,
    memoryLimit,
    dedupe,
    reference: checkReference(options.reference),
    prior: priorOf(options.prior, method),
    verify: checkedBlocksOf(options),
    onVerified: options.onVerified,
  };
}

/** @throws TypeError if it is none; RangeError for another method, which no block by a prior has */
function priorOf(prior: PriorCoder | undefined, method: MethodName): PriorCoder | undefined {
  if (prior !== undefined && method !== "auto") {
    throw new RangeError(`prior: expected the method "auto", got "${method}"`);
  }
  return checkPrior(prior);
}

/** How many times as long as usual a block may be, at most, so that nothing is cut that is packed. */
const MOST_TIMES = 4;

/** Bytes of the longest block that is coded as well as usual ones, and can be opened. */
function mostBlockOf(block: BlockSettings, blockSize: number, memoryLimit: number): number {
  const fitting = settingsWithin(block, blockSize, memoryLimit);
  if (block.open !== true || fitting === undefined) return blockSize;
  for (let times = MOST_TIMES; times > 1; times /= 2) {
    const length = times * blockSize;
    if (roomWithin(fitting, length, memoryLimit) !== undefined) return length;
  }
  return blockSize;
}

/** @throws RangeError if a block of `length` bytes takes more at the lowest level */
function checkMemory(block: BlockSettings, length: number, memoryLimit: number): void {
  if (settingsWithin(block, length, memoryLimit) !== undefined) return;
  const least = Math.min(...[...efforts(block)].map((effort) => blockMemory(effort, length)));
  throw new RangeError(
    `memoryLimit: expected at least the ${least} bytes that a block of ${length} bytes takes at the lowest level, ` +
      `got ${memoryLimit}`,
  );
}

/** How a block of `length` bytes is coded, so that it takes no more memory than there is. */
export function settingsOfBlock({ block, memoryLimit }: CompressSettings, length: number): BlockSettings {
  const fitting = settingsWithin(block, length, memoryLimit) ?? block;
  return { ...fitting, room: roomWithin(fitting, length, memoryLimit) };
}

/** @throws TypeError */
function checkOpen({ open = true }: CompressOptions): boolean {
  if (typeof open === "boolean") return open;
  throw new TypeError(`open: expected true or false, got ${typeof open}`);
}

/** @throws TypeError */
function checkedBlocksOf({ verify = false }: CompressOptions): CheckedBlocks {
  const allowed: readonly unknown[] = [true, false, "weights"];
  if (allowed.includes(verify)) return verify;
  throw new TypeError(`verify: expected true, false or "weights", got ${JSON.stringify(verify)}`);
}

/** Bytes of memory that deduplication has, in blocks, at least: two that are all new, each thrice. */
const FEWEST_BLOCKS = 6;
/** Bytes of a stream that are held back. */
const HELD_BACK = 2 ** 26;
/** Content below this is coded sooner than it is looked through. */
const LEAST_DEDUPED = 2 ** 16;

/** @throws RangeError if deduplication is asked for, and the memory does not suffice */
function dedupeSettings(
  block: BlockSettings,
  {
    blockSize,
    mostBlock,
    contentLength,
  }: Pick<CompressSettings, "blockSize" | "mostBlock"> & { contentLength: number },
  memoryLimit: number,
  sample: RepeatSample | undefined,
): DedupeSettings | undefined {
  const always = block.method === "dedupe";
  if (!always && (block.method !== "auto" || contentLength < Math.min(LEAST_DEDUPED, blockSize + 1))) return undefined;
  const least = FEWEST_BLOCKS * Math.min(blockSize, contentLength);
  const rooms = [...efforts({ ...block, method: "auto" })].map((part): DedupeRoom => {
    const partMemory = blockMemory(part, blockSize);
    return { part, mostPart: blockSize, partMemory, memory: memoryLimit - partMemory };
  });
  // The parts may have half of the memory, for content of some length needs the other half.
  const mostPart = Math.min(2 * blockSize, mostBlock);
  const half = rooms.find(({ partMemory }) => partMemory <= memoryLimit / 2) ?? rooms[rooms.length - 1];
  const far = withOpening(half, mostPart, least);
  if (far.memory < least) {
    if (!always) return undefined;
    throw new RangeError(
      `memoryLimit: expected at least the ${far.partMemory + least} bytes that dedupe takes with blocks of ` +
        `${blockSize} bytes, got ${memoryLimit}`,
    );
  }
  const closed = rooms.find(({ memory }) => memory >= least);
  const near = closed === undefined ? far : withOpening(closed, mostPart, least);
  const lookBack = contentLength < Infinity ? far.memory : Math.min(far.memory / 3, HELD_BACK);
  return { always, sample, far, near, lookBack };
}

/** Share of the memory limit that what is packed in parts may have beside them. */
const SHARE_FOR_OPENING = 1 / 6;

/** The same, with parts that may be opened, where memory lasts. @param mostPart bytes of the longest @param least bytes that have to be left */
function withOpening(room: DedupeRoom, mostPart: number, least: number): DedupeRoom {
  const { part, partMemory: closed, memory, mostPart: usual } = room;
  const most = closed + SHARE_FOR_OPENING * (closed + memory);
  for (const length of [mostPart, usual]) {
    const inside = roomWithin(part, length, most);
    if (inside === undefined || inside < length / 2) continue;
    const opening = { ...part, room: inside };
    const partMemory = openedMemory(opening, length);
    const rest = memory + closed - partMemory;
    if (rest >= least) return { part: opening, mostPart: length, partMemory, memory: rest };
  }
  return room;
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
    maxLength: maxLength === undefined ? Infinity : checkInteger("maxLength", maxLength, 0),
    networks: new Map(networks.map((network) => [network.hash, network])),
    formats: ALL_FORMATS,
    reference: checkReference(options.reference),
    prior: checkPriorSource(options.prior),
  };
}

function memoryLimitOf({ memoryLimit = DEFAULT_MEMORY_LIMIT }: { memoryLimit?: number | undefined }): number {
  return checkInteger("memoryLimit", memoryLimit, 0);
}

function repeatsOf({ repeats }: CompressOptions): RepeatSample | undefined {
  if (repeats === undefined || repeats instanceof RepeatSample) return repeats;
  throw new TypeError(`repeats: expected what sampleRepeats gives, got ${typeof repeats}`);
}

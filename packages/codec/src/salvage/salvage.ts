import { PithError } from "@pith/core";
import { ByteReader } from "@pith/core/bytes";
import { ProgressMeter } from "@pith/core/steps";
import { withExecutor } from "@pith/core/workers";
import { admitBlock } from "../block/admit.ts";
import { ALL_FORMATS } from "../format/all.ts";
import { readBlockHeader } from "../format/block-header.ts";
import { MAGIC, MAX_HEADER } from "../format/constants.ts";
import { FrameWalker, truncated } from "../format/frame-walker.ts";
import { type DecompressOptions, type DecompressSettings, decompressSettings } from "../plan/options.ts";
import { type FileSource, openSource, type RandomAccessSource } from "../random-access/source.ts";
import { decodeJob, type Running } from "../run/decode-job.ts";
import { isDeduplicated } from "../run/some-parts.ts";
import type { DecodeTask } from "../workers/tasks.ts";
import { executorFor } from "../workers/program.ts";
import { Budget } from "./budget.ts";
import { findIndexes, type IndexedFrame } from "./indexes.ts";
import { decodeWholeParts, KNOWN } from "./parts.ts";

/** Content that a damaged file holds, as a checksum says. */
export interface SalvagedContent {
  readonly content: Uint8Array;
}

/** What is between. */
export interface MissingContent {
  /** Bytes of the file that are damaged, or are not there. Where a block is lost in part, all of it. */
  readonly offset: number;
  readonly end: number;
  /** Bytes of content that are missing; undefined where nothing says how many. */
  readonly contentLength: number | undefined;
  /** What is wrong. */
  readonly error: PithError;
  /** Whether it is part of a block of which other parts are there. */
  readonly isPart: boolean;
}

export type Salvaged = SalvagedContent | MissingContent;

/**
 * Gives back all content of a damaged file that is whole, and says what is missing between. Blocks are found by their frame's
 * index where one before them is lost, and by the next frame otherwise. Of a block in which what comes again is coded once, the parts
 * that are whole count. Nothing is given out that no checksum stands for.
 *
 * @param options `maxLength` counts for nothing
 * @returns content and what is missing, in the order of the file; what is missing without content is an index or a magic
 * @throws TypeError, RangeError for wrong options; the reason of `signal` when that aborts; what the source throws
 * @example
 * for await (const piece of salvage(blob)) {
 *   if ("content" in piece) write(piece.content);
 *   else console.log(piece.offset, piece.end, piece.error.message);
 * }
 */
export async function* salvage(source: FileSource, options: DecompressOptions = {}): AsyncGenerator<Salvaged, void> {
  const settings = decompressSettings(options);
  const file = openSource(source);
  const budget = new Budget(file.size);
  const salvager = new Salvager(file, settings, options, await findIndexes(file, budget), budget);
  yield* salvager.run();
}

/** A block, and what says where it is. */
interface Located {
  readonly number: number;
  readonly last: boolean;
  readonly offset: number;
  readonly length: number;
  readonly contentLength: number;
}

/** Where salvaging goes on behind what is lost. */
interface Next {
  readonly at: number;
  /** Of the frame that was lost in part. */
  readonly blocks: readonly Located[];
  /** Of these. */
  readonly end: number;
  /** Bytes of content up to there; undefined where nothing says how many. */
  readonly contentLength: number | undefined;
}

/** A frame, from header to header. */
interface Walked {
  readonly blocks: readonly Located[];
  readonly end: number;
  readonly error: undefined;
}

/** A frame as far as its headers lead: to where what is wrong begins. */
interface Stumbled extends Omit<Walked, "error"> {
  readonly error: PithError;
}

class Salvager {
  readonly #file: RandomAccessSource;
  readonly #settings: DecompressSettings;
  readonly #options: DecompressOptions;
  /** In the order of the file; none lies in another. */
  readonly #indexes: readonly IndexedFrame[];
  readonly #budget: Budget;
  /** How many of the indexed frames lie before where salvaging is. */
  #passed = 0;

  constructor(
    file: RandomAccessSource,
    settings: DecompressSettings,
    options: DecompressOptions,
    indexes: readonly IndexedFrame[],
    budget: Budget,
  ) {
    this.#file = file;
    this.#settings = settings;
    this.#options = options;
    this.#indexes = indexes;
    this.#budget = budget;
  }

  async *run(): AsyncGenerator<Salvaged, void> {
    const { size } = this.#file;
    if (size === 0) yield missing(0, 0, undefined, truncated(0, MAGIC.length));
    for (let at = 0; at < size;) {
      this.#options.signal?.throwIfAborted();
      const next = this.#indexBehind(at);
      const index = next?.start === at ? next : undefined;
      const walked = await this.#walk(at);
      if (walked.error === undefined) {
        // An index has been compared with the headers; where there is none, nobody confirms what the header of a lost block says.
        yield* this.#blocks(walked.blocks, walked.blocks.length > 1);
        at = walked.end;
      } else if (index !== undefined) {
        yield* this.#indexed(index, walked);
        at = index.end;
      } else {
        at = yield* this.#withoutIndex(at, walked);
      }
      this.#options.onProgress?.({ done: at, total: size });
    }
  }

  /** The first indexed frame that ends behind a place, no earlier one than was asked for before. */
  #indexBehind(place: number): IndexedFrame | undefined {
    while (this.#passed < this.#indexes.length && this.#indexes[this.#passed].end <= place) this.#passed++;
    return this.#indexes.at(this.#passed);
  }

  /** A frame whose index says where its blocks are, though its headers do not. The index is whole: it is compared with the headers. */
  async *#indexed(index: IndexedFrame, { end, error }: Stumbled): AsyncGenerator<Salvaged> {
    // A magic that is no magic, where all else is as it should be.
    if (end < index.start + MAGIC.length) yield missing(index.start, index.start + MAGIC.length, 0, error);
    yield* this.#blocks(locatedBy(index), true);
  }

  /** @returns where to go on */
  async *#withoutIndex(start: number, { blocks, end, error }: Stumbled): AsyncGenerator<Salvaged, number> {
    const { size } = this.#file;
    // Blocks up to the first that is lost, since its header may have led astray.
    const whole: Located[] = [];
    for (const block of blocks) {
      const pieces = await this.#decode(block);
      if (pieces.some((piece) => !("content" in piece))) break;
      yield* pieces;
      whole.push(block);
    }
    const lost = blocks.at(whole.length);
    const from = lost?.offset ?? (blocks.length === 0 ? start : end);
    const next = await this.#next(from, whole);
    // Where all blocks of the frame are whole, what is damaged is its index.
    const isIndex = whole.at(-1)?.last === true;
    yield missing(from, next.at, isIndex ? 0 : next.contentLength, error);
    yield* this.#blocks(next.blocks, true);
    return Math.max(next.end, Math.min(size, from + 1));
  }

  /** @param isConfirmed whether an index says the same of their lengths */
  async *#blocks(blocks: readonly Located[], isConfirmed: boolean): AsyncGenerator<Salvaged> {
    for (const block of blocks) {
      for (const piece of await this.#decode(block)) {
        if ("content" in piece || isConfirmed || piece.isPart) yield piece;
        else yield { ...piece, contentLength: undefined };
      }
    }
  }

  /** Goes from header to header, through one frame or no further than so many blocks. */
  async #walk(start: number, most = Infinity): Promise<Walked | Stumbled> {
    const { size } = this.#file;
    const walker = new FrameWalker(ALL_FORMATS);
    walker.offset = start;
    const blocks: Located[] = [];
    try {
      while (walker.frames === 0 && blocks.length < most) {
        const { offset } = walker;
        const view = await this.#file.read(offset, Math.min(walker.wanted, size - offset));
        const step = walker.step(view, offset + view.length === size);
        if (typeof step === "string") continue;
        const { number, last, contentLength } = step.header;
        if (walker.offset > size) {
          const error = truncated(size, walker.offset - size);
          return {
            blocks: [...blocks, { number, last, offset, length: size - offset, contentLength }],
            end: size,
            error,
          };
        }
        blocks.push({ number, last, offset, length: walker.offset - offset, contentLength });
      }
      return { blocks, end: walker.offset, error: undefined };
    } catch (error) {
      if (!(error instanceof PithError)) throw error;
      return { blocks, end: walker.offset, error };
    }
  }

  /**
   * What can be found behind a place: the rest of a frame by its index, or the next frame.
   *
   * @param whole the blocks of the frame up to there
   */
  async #next(from: number, whole: readonly Located[]): Promise<Next> {
    const { size } = this.#file;
    const index = this.#indexBehind(from);
    if (index !== undefined && index.start <= from) {
      const isSame = whole.every(({ contentLength }, i) => index.entries.at(i)?.contentLength === contentLength);
      for (const [i, block] of locatedBy(index).entries()) {
        if (block.offset <= from || i < whole.length) continue;
        if ((await this.#decode(block)).every((piece) => !("content" in piece))) continue;
        const between = index.entries.slice(whole.length, i);
        const contentLength = isSame ? between.reduce((sum, entry) => sum + entry.contentLength, 0) : undefined;
        return { at: block.offset, blocks: locatedBy(index).slice(i), end: index.end, contentLength };
      }
      const rest = index.entries.slice(whole.length).reduce((sum, entry) => sum + entry.contentLength, 0);
      return { at: index.end, blocks: [], end: index.end, contentLength: isSame ? rest : undefined };
    }
    const known = index?.start ?? size;
    const at = (await this.#nextFrame(from + 1, known)) ?? known;
    return { at, blocks: [], end: at, contentLength: undefined };
  }

  /** The next place before `end` where a frame begins whose first block is whole. */
  async #nextFrame(from: number, end: number): Promise<number | undefined> {
    const WINDOW = 2 ** 20;
    for (let offset = from; offset < end; offset += WINDOW) {
      const length = Math.min(WINDOW + MAGIC.length - 1, this.#file.size - offset);
      const window = await this.#file.read(offset, length);
      for (let at = window.indexOf(MAGIC[0]); at >= 0 && offset + at < end; at = window.indexOf(MAGIC[0], at + 1)) {
        if (window[at + 1] === MAGIC[1] && (await this.#beginsFrame(offset + at))) return offset + at;
      }
    }
    return undefined;
  }

  async #beginsFrame(offset: number): Promise<boolean> {
    const block = (await this.#walk(offset, 1)).blocks.at(0);
    if (block === undefined || !this.#budget.spend(block.length)) return false;
    const pieces = await this.#decode(block);
    return pieces.some((piece) => "content" in piece);
  }

  /** Content of a block, and what is missing of it. */
  async #decode(located: Located): Promise<readonly Salvaged[]> {
    const { offset, length, contentLength } = located;
    const lost = (error: PithError): Salvaged[] => [missing(offset, offset + length, contentLength, error)];
    let block: DecodeTask["block"];
    try {
      block = await this.#read(located);
    } catch (error) {
      if (!(error instanceof PithError)) throw error;
      return lost(error);
    }
    const executor = executorFor(this.#settings.threads, contentLength);
    return await withExecutor(executor, this.#options.signal, async () => {
      const running: Running = { executor, meter: new ProgressMeter(undefined, undefined) };
      try {
        const { content } = await decodeJob(block, running, this.#settings).start();
        return [{ content }];
      } catch (error) {
        if (!(error instanceof PithError)) throw error;
        const rest = isDeduplicated(block) ? await decodeWholeParts(block, running, this.#settings) : undefined;
        return rest === undefined ? lost(error) : [...runs(rest.content, rest.known, offset, offset + length, error)];
      }
    });
  }

  /** @throws PithError if its header cannot be read, or says something else than what led here */
  async #read({ number, last, offset, length, contentLength }: Located): Promise<DecodeTask["block"]> {
    const head = await this.#file.read(offset, Math.min(length, MAX_HEADER));
    const reader = new ByteReader(head, offset);
    const header = readBlockHeader(reader, number, ALL_FORMATS);
    const headerBytes = head.slice(0, reader.position);
    const placed = { header, headerBytes, offset, payloadOffset: offset + headerBytes.length };
    const payloadLength = length - headerBytes.length;
    if (header.last !== last || header.contentLength !== contentLength || header.payloadLength > payloadLength) {
      if (header.payloadLength > payloadLength && offset + length === this.#file.size) {
        throw truncated(this.#file.size, header.payloadLength - payloadLength);
      }
      throw new PithError("invalid-field", "the index differs from a block's header", { offset });
    }
    return {
      ...admitBlock(placed, this.#settings),
      payload: await this.#file.read(placed.payloadOffset, payloadLength),
    };
  }
}

function locatedBy({ start, entries }: IndexedFrame): Located[] {
  let offset = start + MAGIC.length;
  return entries.map(({ length, contentLength }, number) => {
    const block = { number, last: number + 1 === entries.length, offset, length, contentLength };
    offset += length;
    return block;
  });
}

function missing(offset: number, end: number, contentLength: number | undefined, error: PithError): MissingContent {
  return { offset, end, contentLength, error, isPart: false };
}

/** Stretches that are known, and those between. */
function* runs(
  content: Uint8Array,
  known: Uint8Array,
  offset: number,
  end: number,
  error: PithError,
): Generator<Salvaged> {
  for (let at = 0; at < content.length;) {
    const isKnown = known[at] !== 0;
    const found = known.indexOf(isKnown ? 0 : KNOWN, at);
    const next = found < 0 ? content.length : found;
    yield isKnown
      ? { content: content.subarray(at, next) }
      : { ...missing(offset, end, next - at, error), isPart: true };
    at = next;
  }
}

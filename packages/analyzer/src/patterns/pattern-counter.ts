import { instantiateKernel } from "@pith/core";
import type { SignatureKind } from "../analysis.ts";
import { kernel } from "#kernels/patterns";
import { kernel as md5Kernel } from "#kernels/patterns-md5";
import {
  BLOCKS,
  BLOCK_PLACES,
  CELLS,
  CELL_LEVELS,
  CLASSES,
  FINE,
  MICRO,
  NOWHERE,
  PIECES,
  PLACES,
  SIZES,
  type PatternsKernel,
} from "../generated/patterns-exports.ts";
import type { PatternTableSizes } from "../options.ts";
import type { PatternState, TableState } from "./state.ts";

/** The tables of the kernel by number. The first three are the levels. */
export const TABLES = { coarse: BLOCKS, fine: FINE, micro: MICRO, places: BLOCK_PLACES } as const;

export { PIECES };

/** The lower half of a signature of 128 bits. */
const HALF = (1n << 64n) - 1n;

/** Blocks have numbers of 32 bits, and the last one means none. */
const MOST_BLOCKS = NOWHERE;

/** A pattern as a table has it. */
export interface CountedPattern {
  /** Of 64 bits, or of 128 where signatures are MD5. */
  readonly hash: bigint;
  readonly count: number;
  /** Number of the piece in which it occurs first, among those of its size. */
  readonly place: number;
  /** How often it occurs where its parent occurs first. */
  readonly multiplicity: number;
}

/** What is needed for {@link PatternCounter}. */
export interface PatternCounterOptions {
  readonly blockSize: number;
  readonly signature: SignatureKind;
  readonly tables: PatternTableSizes;
  /** Number of the first block, where the bytes before are somebody else's. */
  readonly firstBlock?: number;
}

/** Levels 1 to 3: counts the blocks of a stream, their tenths and their hundredths. */
export class PatternCounter {
  readonly blockSize: number;
  readonly #tables: PatternTableSizes;
  readonly #kernel: PatternsKernel;
  /** Bits of a signature. */
  readonly signatureBits: 64 | 128;
  readonly #firstBlock: number;
  /** Bytes of a block that is not complete yet. */
  #rest = 0;
  #size = 0;
  /** Blocks of others that were merged, and where the last of them ends. */
  #merged = 0;
  #mergedEnd = 0;

  constructor({ blockSize, signature, tables, firstBlock = 0 }: PatternCounterOptions) {
    this.blockSize = blockSize;
    this.#tables = tables;
    this.#firstBlock = firstBlock;
    const { blocks, pieces, places, markable } = tables;
    const isMd5 = signature === "md5";
    this.signatureBits = isMd5 ? 128 : 64;
    this.#kernel = instantiateKernel(isMd5 ? md5Kernel : kernel);
    this.#kernel.prepare(blockSize, firstBlock, blocks, pieces, places, markable);
  }

  /** Counts what comes next. @throws RangeError beyond 2^32 − 1 blocks */
  push(bytes: Uint8Array): void {
    this.#size += bytes.length;
    if (this.#firstBlock + this.#size / this.blockSize > MOST_BLOCKS) {
      throw new RangeError(`blockSize: ${this.blockSize} bytes are too few: more than ${MOST_BLOCKS} blocks came`);
    }
    const kernel = this.#kernel;
    const room = kernel.inputCapacity();
    for (let at = 0; at < bytes.length;) {
      const piece = bytes.subarray(at, at + room - this.#rest);
      this.#bytes(kernel.inputAddress() + this.#rest, piece.length).set(piece);
      this.#rest += piece.length;
      if (this.#rest >= this.blockSize) this.#rest = kernel.take(this.#rest);
      at += piece.length;
    }
  }

  /** Blocks counted. */
  get blocks(): number {
    return Math.floor(this.#size / this.blockSize) + this.#merged;
  }

  /** Bytes after the last whole block. */
  get remainder(): number {
    return this.#rest;
  }

  /** Distinct patterns in a table. */
  kept(table: number): number {
    return this.#kernel.kept(table);
  }

  /** log2 of one in how many hashes the table has. */
  sampleLevel(table: number): number {
    return this.#kernel.sampleLevel(table);
  }

  /** For each class of counts (1, 2, 3–4, 5–8, …) the number of patterns and of their occurrences. */
  countClasses(table: number): { patterns: number; occurrences: number }[] {
    this.#kernel.countClasses(table);
    const numbers = this.#numbers(this.#kernel.scratchAddress(), 2 * CLASSES);
    return Array.from({ length: CLASSES }, (_, i) => ({
      patterns: Number(numbers[2 * i]),
      occurrences: Number(numbers[2 * i + 1]),
    }));
  }

  /** The most frequent patterns, from two occurrences up: by falling count, then by place. */
  topPatterns(table: number, most: number): CountedPattern[] {
    return this.#records(this.#kernel.scratchAddress(), this.#kernel.topPatterns(table, most), table);
  }

  /**
   * Calls for each pattern of a level that occurs at least twice, in any order: its hash, or the first 64 bits of it, in two halves, how often it
   * occurs modulo 2^32, and the number of the piece in which it occurs first, among those of its size.
   */
  forEachRecurring(
    table: number,
    call: (hashLow: number, hashHigh: number, count: number, place: number) => void,
  ): void {
    const kernel = this.#kernel;
    const words = kernel.entryBytes(table) / 4;
    kernel.startExport();
    for (let count = kernel.exportEntries(table); count > 0; count = kernel.exportEntries(table)) {
      const entries = new Uint32Array(kernel.memory.buffer, kernel.scratchAddress(), count * words);
      for (let at = 0; at < entries.length; at += words) {
        if (table === TABLES.coarse) {
          if (entries[at + 3] > 1) call(entries[at], entries[at + 1], entries[at + 3], entries[at + 2]);
          continue;
        }
        const occurrences = entries[at + 2];
        if (occurrences < 2 && (entries[at + 3] & 0xffffff) === 0) continue;
        const parent = entries[at + 5] * 2 ** 28 + (entries[at + 4] >>> 4);
        call(entries[at], entries[at + 1], occurrences, parent * PIECES + (entries[at + 4] & 15));
      }
    }
  }

  /** The patterns that occur first in one of these places of the next coarser level; blocks: that occur first there. */
  patternsIn(table: number, parents: readonly number[]): CountedPattern[] {
    const sorted = [...new Set(parents)].sort((a, b) => a - b);
    const address = this.#kernel.scratchAddress();
    this.#numbers(address, sorted.length).set(sorted.map(BigInt));
    const count = this.#kernel.patternsIn(table, sorted.length);
    return this.#records(address + 8 * sorted.length, count, table).sort((a, b) => a.place - b.place);
  }

  /** The first blocks, at most {@link PLACES}, of a signature that occurs at least twice; none where they are not kept. */
  placesOf(signature: bigint): number[] {
    const isWide = this.signatureBits === 128;
    const address = this.#kernel.placesOfBlock(isWide ? signature >> 64n : signature, isWide ? signature & HALF : 0n);
    if (address === 0) return [];
    return [...new Uint32Array(this.#kernel.memory.buffer, address, PLACES)].filter((block) => block !== NOWHERE);
  }

  /** Blocks of a cell of the map. */
  get cellBlocks(): number {
    return 2 ** this.#kernel.cellShift();
  }

  /** Repeats a cell of one level's patterns that the sample has, as many cells as the blocks need. */
  repeatsByCell(table: number): number[] {
    const least = Math.min(this.sampleLevel(table), CELL_LEVELS - 1);
    const counts = this.#cells();
    return Array.from({ length: Math.ceil(this.blocks / this.cellBlocks) }, (_, cell) => {
      const from = (table * CELLS + cell) * CELL_LEVELS;
      return counts.subarray(from + least, from + CELL_LEVELS).reduce((sum, count) => sum + count, 0);
    });
  }

  /** A bit for each block, set where it occurred before: bit b % 8 of byte b / 8. Null if they are not all known. */
  repeatedBlocks(): Uint8Array | null {
    if (this.sampleLevel(TABLES.coarse) > 0 || this.blocks > this.#tables.markable) return null;
    return this.#bytes(this.#kernel.markedBlocks(), Math.ceil(this.blocks / 8));
  }

  /** All that was counted, for {@link merge}. Bytes of a block that is not complete are only a number. */
  state(): PatternState {
    return {
      tables: Object.values(TABLES).map((table) => this.#exportTable(table)),
      cellShift: this.#kernel.cellShift(),
      cells: this.#cells().slice(),
      marked: this.#bytes(this.#kernel.markedBlocks(), this.#markedBytes()).slice(),
      firstBlock: this.#firstBlock,
      blocks: this.blocks,
      remainder: this.#rest,
    };
  }

  /** Adds what another counted of other blocks of the same file, with the same block size, signature and tables. */
  merge(state: PatternState): void {
    const kernel = this.#kernel;
    const last = state.firstBlock + state.blocks - 1;
    if (last >= state.firstBlock) kernel.cover(last, state.cellShift);
    const cells = this.#cells();
    const narrowing = kernel.cellShift() - state.cellShift;
    for (let i = 0; i < state.cells.length; i++) {
      if (state.cells[i] === 0) continue;
      const level = i % CELL_LEVELS;
      const cell = Math.floor(i / CELL_LEVELS) % CELLS;
      const size = Math.floor(i / CELL_LEVELS / CELLS);
      cells[(size * CELLS + (cell >> narrowing)) * CELL_LEVELS + level] += state.cells[i];
    }
    const marked = this.#bytes(kernel.markedBlocks(), this.#tables.markable / 8);
    for (let i = 0; i < state.marked.length; i++) if (state.marked[i] !== 0) marked[i] |= state.marked[i];
    // The places first: which are to be added to those of a block depends on what the table of blocks had before.
    for (const table of [TABLES.places, TABLES.coarse, TABLES.fine, TABLES.micro]) {
      this.#mergeTable(table, state.tables[table]);
    }
    this.#merged += state.blocks;
    this.#mergedEnd = Math.max(this.#mergedEnd, state.firstBlock + state.blocks);
    this.#rest += state.remainder;
  }

  #exportTable(table: number): TableState {
    const kernel = this.#kernel;
    const bytes = kernel.entryBytes(table);
    const entries = new Uint8Array(kernel.kept(table) * bytes);
    kernel.startExport();
    for (let at = 0; ;) {
      const length = kernel.exportEntries(table) * bytes;
      if (length === 0) return { level: kernel.sampleLevel(table), entries };
      entries.set(this.#bytes(kernel.scratchAddress(), length), at);
      at += length;
    }
  }

  #mergeTable(table: number, { level, entries }: TableState): void {
    const kernel = this.#kernel;
    const bytes = kernel.entryBytes(table);
    const step = Math.floor(kernel.scratchCapacity() / bytes) * bytes;
    // Once at least, for the level.
    for (let at = 0; at === 0 || at < entries.length; at += step) {
      const some = entries.subarray(at, at + step);
      this.#bytes(kernel.scratchAddress(), some.length).set(some);
      kernel.mergeEntries(table, some.length / bytes, level);
    }
  }

  /** Bytes of the marks up to the last block, counted here or merged. */
  #markedBytes(): number {
    const end = Math.max(this.#firstBlock + Math.floor(this.#size / this.blockSize), this.#mergedEnd);
    return Math.ceil(Math.min(this.#tables.markable, end) / 8);
  }

  #records(address: number, count: number, table: number): CountedPattern[] {
    const numbers = this.#numbers(address, 5 * count);
    return Array.from({ length: count }, (_, i) => {
      const [first, occurrences, place, multiplicity, second] = numbers.subarray(5 * i, 5 * i + 5);
      const hash = this.signatureBits === 128 ? (first << 64n) | second : first;
      const number = table === TABLES.coarse ? place : (place >> 4n) * BigInt(PIECES) + (place & 15n);
      return { hash, count: Number(occurrences), place: Number(number), multiplicity: Number(multiplicity) };
    });
  }

  // Views are made anew each time: memory that grows moves.

  #bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.#kernel.memory.buffer, address, length);
  }

  #numbers(address: number, length: number): BigUint64Array {
    return new BigUint64Array(this.#kernel.memory.buffer, address, length);
  }

  #cells(): Uint32Array {
    return new Uint32Array(this.#kernel.memory.buffer, this.#kernel.cellsOfMap(), SIZES * CELLS * CELL_LEVELS);
  }
}

import { instantiateKernel } from "@pith/core";
import { kernel } from "#kernels/statistics";
import * as counted from "../generated/statistics-exports.ts";
import { CELLS, LAGS, STRETCH, SUMS } from "../generated/statistics-exports.ts";
import type { StatisticsState } from "./state.ts";

export { LAGS, STRETCH, SUMS };

/** Bytes at the start of the file of which every context is counted. */
export const WHOLE_CONTEXTS = Number(counted.WHOLE_CONTEXTS) * STRETCH;
/** Bytes at the start of the file that are in the profile as a whole. */
export const WHOLE_PROFILE = Number(counted.WHOLE_PROFILE) * STRETCH;
/** Bytes at the start of the file of which every pair at every lag is counted. */
export const WHOLE_LAGS = Number(counted.WHOLE_LAGS) * STRETCH;

const PAIRS = 65_536;
const TRIPLES = 2 ** 24;

/** Level 4: counts bytes and what follows them. */
export class ByteCounter {
  readonly #kernel = instantiateKernel(kernel);
  readonly #start: number;
  #size = 0;
  /** Bytes that wait for their stretch to be complete. */
  #rest = 0;
  #merged = 0;
  #mergedEnd = 0;

  /**
   * @param quadruples the most slots for strings of four bytes, a power of two
   * @param start where in the file the first byte lies: a multiple of {@link STRETCH}
   */
  constructor(quadruples: number, start = 0) {
    this.#start = start;
    this.#kernel.prepare(start / STRETCH, quadruples);
  }

  /** Counts what comes next. */
  push(bytes: Uint8Array): void {
    const kernel = this.#kernel;
    const room = kernel.inputCapacity();
    for (let at = 0; at < bytes.length;) {
      const piece = bytes.subarray(at, at + room - this.#rest);
      new Uint8Array(kernel.memory.buffer, kernel.inputAddress() + this.#rest, piece.length).set(piece);
      this.#rest += piece.length;
      if (this.#rest >= STRETCH) this.#rest = kernel.take(this.#rest);
      at += piece.length;
    }
    this.#size += bytes.length;
  }

  /** Counts the stretch that is not complete: no more can come. */
  close(): void {
    if (this.#rest > 0) this.#kernel.takeLast(this.#rest);
    this.#rest = 0;
    this.#kernel.foldPairs();
  }

  // Everything below is for afterwards.

  /** Bytes counted, here and by those merged. */
  get size(): number {
    return this.#size + this.#merged;
  }

  /** Where the last byte lies, here and of those merged, plus one. */
  get end(): number {
    return Math.max(this.#start + this.#size, this.#mergedEnd);
  }

  /** How often a byte is followed by another in its stretch: index byte + 256 · next. */
  pairs(): Float64Array {
    return this.#floats(this.#kernel.pairTotals(), PAIRS);
  }

  /** How many stretches start with a byte. */
  firsts(): Float64Array {
    return this.#floats(this.#kernel.firstTotals(), 256);
  }

  /** Bytes of a cell of the profile. */
  get profileCell(): number {
    return 2 ** this.#kernel.profileShift();
  }

  /** 256 counts for each cell. */
  profile(): Uint32Array {
    return this.#words(this.#kernel.profileCells(), CELLS * 256);
  }

  /** {@link SUMS} for each lag from 1. */
  sums(): BigUint64Array {
    return new BigUint64Array(this.#kernel.memory.buffer, this.#kernel.autocorrelationSums(), LAGS * SUMS);
  }

  /** Weighted counts of strings of three bytes, by their little-endian number, 2^32 less for each of the carries. */
  triples(): Uint32Array {
    return this.#words(this.#kernel.tripleCounts(), TRIPLES);
  }

  tripleCarries(): Uint32Array {
    const address = this.#kernel.tripleCarries();
    return this.#words(address + 4, this.#words(address, 1)[0]);
  }

  /** log2 of one in how many contexts of three bytes was counted. */
  get quadrupleLevel(): number {
    return this.#kernel.quadrupleLevel();
  }

  /** Strings of four bytes: little-endian number, 0, low and high half of the weighted count; in any order. */
  quadruples(): Uint32Array {
    return this.#export(4, () => this.#kernel.exportQuadruples());
  }

  /** All that was counted, for {@link merge}; after {@link close}. */
  state(): StatisticsState {
    const kernel = this.#kernel;
    return {
      size: this.size,
      end: this.end,
      pairs: this.pairs().slice(),
      firsts: this.firsts().slice(),
      profileShift: kernel.profileShift(),
      profile: this.profile().slice(),
      sums: this.sums().slice(),
      triples: this.#export(2, () => this.#kernel.exportTriples()),
      tripleCarries: this.tripleCarries().slice(),
      quadrupleLevel: this.quadrupleLevel,
      quadruples: this.quadruples(),
    };
  }

  /** Adds what another counted of other stretches of the same file, with as many slots. */
  merge(state: StatisticsState): void {
    if (state.size === 0) return;
    const kernel = this.#kernel;
    addTo(this.pairs(), state.pairs);
    addTo(this.firsts(), state.firsts);
    kernel.coverProfile(state.end - 1, state.profileShift);
    const profile = this.profile();
    const narrowing = kernel.profileShift() - state.profileShift;
    state.profile.forEach((count, i) => {
      if (count !== 0) profile[((i >> 8) >> narrowing) * 256 + (i & 255)] += count;
    });
    const sums = this.sums();
    state.sums.forEach((sum, i) => (sums[i] += sum));
    this.#feed(state.triples, 2, (count) => kernel.addTriples(count));
    // Once at least, for the level.
    kernel.addQuadruples(0, state.quadrupleLevel);
    this.#feed(state.quadruples, 4, (count) => kernel.addQuadruples(count, state.quadrupleLevel));
    for (const triple of state.tripleCarries) kernel.carryTriple(triple);
    this.#merged += state.size;
    this.#mergedEnd = Math.max(this.#mergedEnd, state.end);
  }

  /** Collects what the kernel writes to its scratch area, piece by piece; `next` gives the number of entries. */
  #export(wordsPerEntry: number, next: () => number): Uint32Array {
    const pieces: Uint32Array[] = [];
    this.#kernel.startExport();
    for (let words = next() * wordsPerEntry; words > 0; words = next() * wordsPerEntry) {
      pieces.push(this.#words(this.#kernel.scratchAddress(), words).slice());
    }
    const entries = new Uint32Array(pieces.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const piece of pieces) {
      entries.set(piece, at);
      at += piece.length;
    }
    return entries;
  }

  /** Gives the kernel entries piece by piece in its scratch area. */
  #feed(entries: Uint32Array, wordsPerEntry: number, take: (count: number) => void): void {
    const step = 2 ** 16;
    for (let at = 0; at < entries.length; at += step) {
      const some = entries.subarray(at, at + step);
      this.#words(this.#kernel.scratchAddress(), some.length).set(some);
      take(some.length / wordsPerEntry);
    }
  }

  #words(address: number, length: number): Uint32Array {
    return new Uint32Array(this.#kernel.memory.buffer, address, length);
  }

  #floats(address: number, length: number): Float64Array {
    return new Float64Array(this.#kernel.memory.buffer, address, length);
  }
}

function addTo(sums: Float64Array, added: Float64Array): void {
  added.forEach((value, i) => (sums[i] += value));
}

/** Blocks of scans that have a band of the coefficients, or one more bit of them. */
import type { BitReader } from "./bit-reader.ts";
import type { BitWriter } from "./bit-writer.ts";
import { extended, extendedBits, sizeOf, type BlockCoder } from "./block-coder.ts";
import { ZIGZAG, type Scan } from "./frame.ts";
import { NotUnderstood } from "./not-understood.ts";
import type { RunRule } from "./runs.ts";

/** Sixteen zeros; lower symbols with this low half are runs of blocks. */
const ZEROS = 0xf0;
/** In a scan, for each takes some memory. */
const MOST_RUN_ENDS = 2 ** 14;

/** Reads blocks; `reader` is that of the restart interval. */
export class ProgressiveReader implements BlockCoder {
  reader: BitReader;
  /** Blocks before which a run of blocks ended that could have gone on. */
  readonly runEnds = new Set<number>();
  readonly #scan: Scan;
  readonly #coefficients: Int16Array;
  /** The last place of each block, in zigzag order, that has a coefficient, as far as it is known; or 0. */
  readonly #ends: Uint8Array;
  readonly #last: Int32Array;
  #run = 0;
  /** Blocks so far, and the one that follows the last run. */
  #blocks = 0;
  #afterRun = -1;

  /** @param ends of all blocks, zero at first, the same array for all scans */
  constructor(reader: BitReader, scan: Scan, coefficients: Int16Array, ends: Uint8Array) {
    this.reader = reader;
    this.#ends = ends;
    this.#scan = scan;
    this.#coefficients = coefficients;
    this.#last = new Int32Array(scan.components.length);
  }

  block(n: number, at: number): void {
    const { first, high } = this.#scan;
    if (first === 0) {
      if (high === 0) this.#firstOfDc(n, at);
      else this.#coefficients[at] |= this.reader.bits(1) << this.#scan.low;
    } else if (high === 0) this.#firstOfAc(n, at);
    else this.#refineAc(n, at);
    this.#blocks++;
  }

  end(): void {
    if (this.#run > 0) throw new NotUnderstood("a run of blocks that goes beyond its end");
    this.#last.fill(0);
    this.#afterRun = -1;
  }

  #firstOfDc(n: number, at: number): void {
    const size = this.reader.symbol(this.#scan.components[n].dc);
    if (size > 15) throw new NotUnderstood("a difference that is too large");
    this.#last[n] += extended(this.reader.bits(size), size);
    this.#coefficients[at] = this.#last[n] << this.#scan.low;
  }

  /** Starts a run of blocks, of which this is the first. @param symbol below ZEROS, and with no low half */
  #startRun(symbol: number, k: number): void {
    const size = symbol >> 4;
    this.#run = (1 << size) + this.reader.bits(size);
    if (k > this.#scan.first || this.#afterRun !== this.#blocks) return;
    if (this.runEnds.size === MOST_RUN_ENDS) throw new NotUnderstood("runs of blocks that end all the time");
    this.runEnds.add(this.#blocks);
  }

  #passRun(): void {
    if (--this.#run === 0) this.#afterRun = this.#blocks + 1;
  }

  #firstOfAc(n: number, at: number): void {
    const { first, last, low, components } = this.#scan;
    const { ac } = components[n];
    if (this.#run === 0) {
      for (let k = first; k <= last; k++) {
        const symbol = this.reader.symbol(ac);
        const size = symbol & 15;
        if (size === 0 && symbol !== ZEROS) {
          this.#startRun(symbol, k);
          break;
        }
        k += symbol >> 4;
        if (k > last) throw new NotUnderstood("more coefficients than a band has");
        if (size > 0) this.#put(at, k, extended(this.reader.bits(size), size) * (1 << low));
      }
    }
    if (this.#run > 0) this.#passRun();
  }

  #refineAc(n: number, at: number): void {
    const { first, last, low, components } = this.#scan;
    const { reader } = this;
    const { ac } = components[n];
    let k = first;
    if (this.#run === 0) {
      for (; k <= last; k++) {
        const symbol = reader.symbol(ac);
        const size = symbol & 15;
        if (size > 1) throw new NotUnderstood("a symbol that scans of one more bit do not have");
        if (size === 0 && symbol !== ZEROS) {
          this.#startRun(symbol, k);
          break;
        }
        const sign = size === 0 ? 0 : reader.bits(1) === 1 ? 1 : -1;
        k = this.#correct(at, k, symbol >> 4);
        if (sign === 0) continue;
        if (k > last) throw new NotUnderstood("more coefficients than a band has");
        this.#put(at, k, sign * (1 << low));
      }
    }
    if (this.#run > 0) {
      this.#correctRest(at, k);
      this.#passRun();
    }
  }

  #put(at: number, k: number, value: number): void {
    this.#coefficients[at + ZIGZAG[k]] = value;
    if (k > this.#ends[at >> 6]) this.#ends[at >> 6] = k;
  }

  /** Reads a bit for each coefficient that is there, up to the zero after `zeros` others. @returns the place of that */
  #correct(at: number, from: number, zeros: number): number {
    const { last, low } = this.#scan;
    const coefficients = this.#coefficients;
    let left = zeros;
    let k = from;
    for (; k <= last; k++) {
      const place = at + ZIGZAG[k];
      const value = coefficients[place];
      if (value === 0) {
        if (left-- === 0) break;
      } else if (this.reader.bits(1) === 1) coefficients[place] += value < 0 ? -(1 << low) : 1 << low;
    }
    return k;
  }

  /** The same for all that are left. */
  #correctRest(at: number, from: number): void {
    const last = Math.min(this.#scan.last, this.#ends[at >> 6]);
    const coefficients = this.#coefficients;
    const one = 1 << this.#scan.low;
    for (let k = from; k <= last; k++) {
      const place = at + ZIGZAG[k];
      const value = coefficients[place];
      if (value !== 0 && this.reader.bits(1) === 1) coefficients[place] += value < 0 ? -one : one;
    }
  }
}

/** Undoes {@link ProgressiveReader}, by the coefficients as all scans together make them. */
export class ProgressiveWriter implements BlockCoder {
  readonly #writer: BitWriter;
  readonly #scan: Scan;
  readonly #coefficients: Int16Array;
  readonly #ends: Uint8Array;
  readonly #rule: RunRule;
  readonly #last: Int32Array;
  #run = 0;
  #blocks = 0;
  /** Bits that correct coefficients of the blocks of the run, and those of the block that may join it. */
  readonly #corrections: number[] = [];
  readonly #own: number[] = [];

  /** @param ends of all blocks, as endsOf gives them */
  constructor(writer: BitWriter, scan: Scan, coefficients: Int16Array, ends: Uint8Array, rule: RunRule) {
    this.#writer = writer;
    this.#ends = ends;
    this.#scan = scan;
    this.#coefficients = coefficients;
    this.#rule = rule;
    this.#last = new Int32Array(scan.components.length);
  }

  block(n: number, at: number): void {
    const { first, high, low } = this.#scan;
    if (first === 0) {
      if (high === 0) this.#firstOfDc(n, at);
      else this.#writer.bits(this.#coefficients[at] >> low, 1);
    } else if (high === 0) this.#firstOfAc(at);
    else this.#refineAc(at);
    this.#blocks++;
  }

  end(): void {
    this.#endRun();
    this.#last.fill(0);
  }

  #firstOfDc(n: number, at: number): void {
    const value = this.#coefficients[at] >> this.#scan.low;
    const difference = value - this.#last[n];
    this.#last[n] = value;
    const size = sizeOf(Math.abs(difference));
    this.#writer.symbol(this.#scan.components[n].dc, size);
    this.#writer.bits(extendedBits(difference), size);
  }

  #symbol(symbol: number): void {
    this.#writer.symbol(this.#scan.components[0].ac, symbol);
  }

  /** The block says nothing more: it is one more of the run. @param whole it has said nothing at all */
  #joinRun(whole: boolean): void {
    if (whole && this.#run > 0 && this.#rule.endsBefore(this.#blocks, this.#run, this.#corrections.length)) {
      this.#endRun();
    }
    this.#run++;
    if (this.#own.length === 0) return;
    this.#corrections.push(...this.#own);
    this.#own.length = 0;
  }

  #endRun(): void {
    if (this.#run === 0) return;
    const size = sizeOf(this.#run) - 1;
    this.#symbol(size << 4);
    this.#writer.bits(this.#run, size);
    this.#run = 0;
    this.#correct(this.#corrections);
  }

  #correct(bits: number[]): void {
    if (bits.length === 0) return;
    for (const bit of bits) this.#writer.bits(bit, 1);
    bits.length = 0;
  }

  #firstOfAc(at: number): void {
    const { first, last, low } = this.#scan;
    const end = Math.min(last, this.#ends[at >> 6]);
    let zeros = 0;
    let whole = true;
    for (let k = first; k <= end; k++) {
      const value = this.#coefficients[at + ZIGZAG[k]];
      const magnitude = Math.abs(value) >> low;
      if (magnitude === 0) {
        zeros++;
        continue;
      }
      whole = false;
      this.#endRun();
      for (; zeros > 15; zeros -= 16) this.#symbol(ZEROS);
      const size = sizeOf(magnitude);
      this.#symbol((zeros << 4) | size);
      this.#writer.bits(extendedBits(value < 0 ? -magnitude : magnitude), size);
      zeros = 0;
    }
    if (zeros > 0 || end < last) this.#joinRun(whole);
  }

  #refineAc(at: number): void {
    const { first, last, low } = this.#scan;
    const coefficients = this.#coefficients;
    const end = Math.min(last, this.#ends[at >> 6]);
    let newest = end;
    while (newest >= first && Math.abs(coefficients[at + ZIGZAG[newest]]) >> low !== 1) newest--;
    let zeros = 0;
    for (let k = first; k <= end; k++) {
      const value = coefficients[at + ZIGZAG[k]];
      const magnitude = Math.abs(value) >> low;
      if (magnitude === 0) {
        zeros++;
        continue;
      }
      for (; zeros > 15 && k <= newest; zeros -= 16) {
        this.#endRun();
        this.#symbol(ZEROS);
        this.#correct(this.#own);
      }
      if (magnitude > 1) {
        this.#own.push(magnitude & 1);
        continue;
      }
      this.#endRun();
      this.#symbol((zeros << 4) | 1);
      this.#writer.bits(value < 0 ? 0 : 1, 1);
      this.#correct(this.#own);
      zeros = 0;
    }
    if (zeros > 0 || end < last || this.#own.length > 0) this.#joinRun(newest < first);
  }
}

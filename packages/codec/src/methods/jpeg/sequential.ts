/** Blocks of scans that have all coefficients at once. */
import type { BitReader } from "./bit-reader.ts";
import type { BitWriter } from "./bit-writer.ts";
import { extended, extendedBits, sizeOf, type BlockCoder } from "./block-coder.ts";
import { ZIGZAG, type Scan } from "./frame.ts";
import { NotUnderstood } from "./not-understood.ts";

/** Sixteen zeros. */
const ZEROS = 0xf0;

/** Reads blocks; `reader` is that of the restart interval. */
export class SequentialReader implements BlockCoder {
  reader: BitReader;
  readonly #scan: Scan;
  readonly #coefficients: Int16Array;
  readonly #last: Int32Array;

  constructor(reader: BitReader, scan: Scan, coefficients: Int16Array) {
    this.reader = reader;
    this.#scan = scan;
    this.#coefficients = coefficients;
    this.#last = new Int32Array(scan.components.length);
  }

  block(n: number, at: number): void {
    const { reader } = this;
    const { dc, ac } = this.#scan.components[n];
    const size = reader.symbol(dc);
    if (size > 15) throw new NotUnderstood("a difference that is too large");
    this.#last[n] += extended(reader.bits(size), size);
    this.#coefficients[at] = this.#last[n];
    for (let k = 1; k < 64; k++) {
      const symbol = reader.symbol(ac);
      const magnitude = symbol & 15;
      if (magnitude === 0 && symbol !== ZEROS) {
        if (symbol !== 0) throw new NotUnderstood("a symbol that sequential scans do not have");
        break;
      }
      k += symbol >> 4;
      if (k > 63) throw new NotUnderstood("more coefficients than a block has");
      if (magnitude > 0) this.#coefficients[at + ZIGZAG[k]] = extended(reader.bits(magnitude), magnitude);
    }
  }

  end(): void {
    this.#last.fill(0);
  }
}

/** Undoes {@link SequentialReader}. */
export class SequentialWriter implements BlockCoder {
  readonly #writer: BitWriter;
  readonly #scan: Scan;
  readonly #coefficients: Int16Array;
  readonly #ends: Uint8Array;
  readonly #last: Int32Array;

  /** @param ends of all blocks, as endsOf gives them */
  constructor(writer: BitWriter, scan: Scan, coefficients: Int16Array, ends: Uint8Array) {
    this.#writer = writer;
    this.#ends = ends;
    this.#scan = scan;
    this.#coefficients = coefficients;
    this.#last = new Int32Array(scan.components.length);
  }

  block(n: number, at: number): void {
    const writer = this.#writer;
    const { dc, ac } = this.#scan.components[n];
    const difference = this.#coefficients[at] - this.#last[n];
    this.#last[n] = this.#coefficients[at];
    const size = sizeOf(Math.abs(difference));
    writer.symbol(dc, size);
    writer.bits(extendedBits(difference), size);
    let run = 0;
    const end = this.#ends[at >> 6];
    for (let k = 1; k <= end; k++) {
      const value = this.#coefficients[at + ZIGZAG[k]];
      if (value === 0) {
        run++;
        continue;
      }
      for (; run > 15; run -= 16) writer.symbol(ac, ZEROS);
      const magnitude = sizeOf(Math.abs(value));
      writer.symbol(ac, (run << 4) | magnitude);
      writer.bits(extendedBits(value), magnitude);
      run = 0;
    }
    if (end < 63) writer.symbol(ac, 0);
  }

  end(): void {
    this.#last.fill(0);
  }
}

import { NotUnderstood } from "./not-understood.ts";

/** Longest code, in bits. */
const LONGEST = 16;
/** Bits of code that one look into a table decodes. */
const LOOKED_UP = 9;

/** A Huffman table of a JPEG, for both directions. */
export class HuffmanTable {
  /** Of each symbol: bits of its code; 0 for those that have none. */
  readonly sizes = new Uint8Array(256);
  /** Of each symbol. */
  readonly codes = new Uint16Array(256);
  /** By the next bits: size of the code << 8 | symbol; 0 where the code is longer, or is none. */
  readonly #short = new Uint16Array(1 << LOOKED_UP);
  /** By size: the first code that is longer than any of that size, aligned to 16 bits; and where its symbols lie. */
  readonly #ends = new Int32Array(LONGEST + 1);
  readonly #shifts = new Int32Array(LONGEST + 1);
  readonly #values: Uint8Array;

  /**
   * @param counts of the codes of 1 to 16 bits
   * @param values symbols in the order of their codes
   * @throws NotUnderstood if there are more codes than fit, or a symbol has two
   */
  constructor(counts: Uint8Array, values: Uint8Array) {
    this.#values = values;
    let code = 0;
    let n = 0;
    for (let size = 1; size <= LONGEST; size++) {
      this.#shifts[size] = n - code;
      for (let i = 0; i < counts[size - 1]; i++, n++, code++) this.#add(values[n], code, size);
      if (code > 1 << size) throw new NotUnderstood("a Huffman table with too many codes");
      this.#ends[size] = code << (LONGEST - size);
      code <<= 1;
    }
  }

  #add(symbol: number, code: number, size: number): void {
    if (this.sizes[symbol] > 0) throw new NotUnderstood("a Huffman table with two codes for one symbol");
    this.sizes[symbol] = size;
    this.codes[symbol] = code;
    if (size > LOOKED_UP) return;
    const first = code << (LOOKED_UP - size);
    this.#short.fill((size << 8) | symbol, first, first + (1 << (LOOKED_UP - size)));
  }

  /**
   * The symbol that the next 16 bits begin with, and the size of its code << 8.
   *
   * @throws NotUnderstood if they begin with no code
   */
  find(next16: number): number {
    const short = this.#short[next16 >> (LONGEST - LOOKED_UP)];
    if (short > 0) return short;
    for (let size = LOOKED_UP + 1; size <= LONGEST; size++) {
      if (next16 < this.#ends[size]) {
        return (size << 8) | this.#values[(next16 >> (LONGEST - size)) + this.#shifts[size]];
      }
    }
    throw new NotUnderstood("bits that are no code");
  }
}

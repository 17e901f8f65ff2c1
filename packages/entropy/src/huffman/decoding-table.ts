/**
 * Decodes canonical codes by a table: the next bits of the stream index an entry of symbol and length. Longer codes,
 * which are rare, are found by their length: a code of length n lies below the first code of length n + 1, both aligned
 * to the left.
 */
import { canonicalCodes, countLengths, firstCodes } from "./canonical.ts";
import { LONGEST_CODE } from "./package-merge.ts";

/** Bits that the table resolves at most: 2^11 entries of four bytes stay in the first-level cache. */
const TABLE_BITS = 11;

/** Memory: 4 bytes for each of up to 2^11 entries and 2 bytes a symbol. */
export class DecodingTable {
  readonly bits: number;
  /** symbol · 32 + length for each of the next `bits` bits; 0 where the code is longer. */
  readonly entries: Uint32Array;
  /** For each length, the end of its codes, aligned to the left in 24 bits. */
  readonly #ends = new Uint32Array(LONGEST_CODE + 1);
  /** For each length, what to add to a code of that length to get its place in the order of all codes. */
  readonly #places = new Int32Array(LONGEST_CODE + 1);
  readonly #symbols: Uint16Array;

  /** @param lengths of a complete code */
  constructor(lengths: Uint8Array) {
    const counts = countLengths(lengths);
    const first = firstCodes(counts);
    const codes = canonicalCodes(lengths);
    let longest = LONGEST_CODE;
    while (counts[longest] === 0) longest--;
    this.bits = Math.min(TABLE_BITS, longest);
    this.entries = new Uint32Array(1 << this.bits);
    this.#symbols = new Uint16Array(lengths.length - counts[0]);

    let before = 0;
    for (let length = 1; length <= LONGEST_CODE; length++) {
      this.#ends[length] = (first[length] + counts[length]) << (LONGEST_CODE - length);
      this.#places[length] = before - first[length];
      before += counts[length];
    }
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      const length = lengths[symbol];
      if (length === 0) continue;
      const code = codes[symbol];
      this.#symbols[this.#places[length] + code] = symbol;
      if (length > this.bits) continue;
      const start = code << (this.bits - length);
      this.entries.fill(symbol * 32 + length, start, start + (1 << (this.bits - length)));
    }
  }

  /** The entry of a code longer than the table, from the stream's next 24 bits. */
  findLong(next24: number): number {
    let length = this.bits + 1;
    while (next24 >= this.#ends[length]) length++;
    const code = next24 >>> (LONGEST_CODE - length);
    return this.#symbols[this.#places[length] + code] * 32 + length;
  }
}

/** Reads the coded bits of a scan. */
import type { HuffmanTable } from "./huffman.ts";
import { NotUnderstood } from "./not-understood.ts";

/** The coded bits between two markers. */
export class BitReader {
  /** Without the zeros that stand behind bytes of FF. */
  readonly #bytes: Uint8Array;
  #next = 0;
  /** The lowest `#count` bits are those that come next. */
  #bits = 0;
  #count = 0;
  /** Where the marker lies that ends them. */
  readonly end: number;

  constructor(bytes: Uint8Array, from: number) {
    this.end = markerFrom(bytes, from);
    this.#bytes = unstuffed(bytes.subarray(from, this.end));
  }

  /** @throws NotUnderstood if the next bits are no code of the table, or there is none */
  symbol(table: HuffmanTable | undefined): number {
    if (table === undefined) throw new NotUnderstood("a scan that lacks its tables");
    if (this.#count < 16) this.#fill();
    const found = table.find((this.#bits >>> (this.#count - 16)) & 0xffff);
    this.#count -= found >> 8;
    return found & 0xff;
  }

  /** @param count 0 to 16 */
  bits(count: number): number {
    if (this.#count < count) this.#fill();
    this.#count -= count;
    return (this.#bits >>> this.#count) & ((1 << count) - 1);
  }

  /** Zeros follow the end: whether they were read, {@link BitReader.padding} says. */
  #fill(): void {
    while (this.#count <= 16) {
      this.#bits = ((this.#bits & 0xffff) << 8) | (this.#next < this.#bytes.length ? this.#bytes[this.#next] : 0);
      this.#next++;
      this.#count += 8;
    }
  }

  /**
   * Ends: what is left is less than a byte.
   *
   * @returns what was left, a number, and how many bits it has
   * @throws NotUnderstood if more bits were read than there were, or a byte or more is left
   */
  padding(): { readonly value: number; readonly size: number } {
    const left = 8 * (this.#bytes.length - this.#next) + this.#count;
    if (left < 0 || left > 7) throw new NotUnderstood("a scan of another length than its picture has");
    return { value: this.bits(left), size: left };
  }
}

/** Where the next marker lies; the end of the bytes if there is none. */
export function markerFrom(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 2)) {
    if (bytes[at + 1] !== 0) return at;
  }
  return bytes.length;
}

function unstuffed(bytes: Uint8Array): Uint8Array {
  const result = new Uint8Array(bytes.length);
  let length = 0;
  for (let start = 0; start < bytes.length;) {
    const mark = bytes.indexOf(0xff, start);
    const end = mark < 0 ? bytes.length : mark + 1;
    result.set(bytes.subarray(start, end), length);
    length += end - start;
    start = mark < 0 ? end : end + 1;
  }
  return result.subarray(0, length);
}

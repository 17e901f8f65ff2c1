/** Writes a JPEG: segments as they are, and the coded bits of scans. */
import type { HuffmanTable } from "./huffman.ts";
import { NotUnderstood } from "./not-understood.ts";

/** A file of known length. */
export class BitWriter {
  readonly #bytes: Uint8Array;
  #length = 0;
  #bits = 0;
  #count = 0;

  /** @param length bytes of the file */
  constructor(length: number) {
    this.#bytes = new Uint8Array(length);
  }

  /** Between scans. @throws NotUnderstood if that is more than the file has, as all that follow */
  bytes(bytes: Uint8Array): void {
    if (bytes.length > this.#bytes.length - this.#length) throw tooLong();
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** @throws NotUnderstood if the symbol has no code, or there is no table */
  symbol(table: HuffmanTable | undefined, symbol: number): void {
    const size = table?.sizes[symbol] ?? 0;
    if (table === undefined || size === 0) throw new NotUnderstood("coefficients for which there is no code");
    this.bits(table.codes[symbol], size);
  }

  /** @param count 0 to 16; bits of `value` above them are not looked at */
  bits(value: number, count: number): void {
    this.#bits = (this.#bits << count) | (value & ((1 << count) - 1));
    this.#count += count;
    while (this.#count >= 8) {
      this.#count -= 8;
      this.#byte((this.#bits >>> this.#count) & 0xff);
    }
  }

  /** Bits that the last byte lacks. */
  get missing(): number {
    return -this.#count & 7;
  }

  #byte(byte: number): void {
    if (this.#length + 2 > this.#bytes.length) throw tooLong();
    this.#bytes[this.#length++] = byte;
    if (byte === 0xff) this.#bytes[this.#length++] = 0;
  }

  /** @throws NotUnderstood if the file is not as long as it was said to be */
  finish(): Uint8Array {
    if (this.#length < this.#bytes.length) throw new NotUnderstood("a file that is shorter than it should be");
    return this.#bytes;
  }
}

function tooLong(): NotUnderstood {
  return new NotUnderstood("a file that is longer than it should be");
}

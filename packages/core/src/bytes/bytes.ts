import { PithError } from "../error.ts";

/** Numbers of a header, written one after the other. Grows as needed. */
export class ByteWriter {
  #bytes = new Uint8Array(32);
  #length = 0;

  /** Bytes written so far. */
  get length(): number {
    return this.#length;
  }

  /** @param value 0 to 255 */
  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** Seven bits a byte, least significant first. @param value 0 to 2^35 − 1 */
  varint(value: number): void {
    while (value > 0x7f) {
      this.byte((value % 0x80) | 0x80);
      value = Math.floor(value / 0x80);
    }
    this.byte(value);
  }

  /** Four bytes, least significant first. @param value 0 to 2^32 − 1 */
  uint32(value: number): void {
    for (let shift = 0; shift < 32; shift += 8) this.byte((value >>> shift) & 0xff);
  }

  bytes(values: Uint8Array): void {
    this.#reserve(values.length);
    this.#bytes.set(values, this.#length);
    this.#length += values.length;
  }

  /** A copy of what was written. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}

/**
 * Numbers of a header, read one after the other.
 *
 * @throws PithError `truncated` from any method, where the bytes end too early
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #base: number;
  #position = 0;

  /** @param base where the first byte lies in the file, for errors */
  constructor(bytes: Uint8Array, base: number) {
    this.#bytes = bytes;
    this.#base = base;
  }

  /** Where the next byte lies in the file. */
  get offset(): number {
    return this.#base + this.#position;
  }

  /** Bytes read so far. */
  get position(): number {
    return this.#position;
  }

  byte(): number {
    this.#need(1);
    return this.#bytes[this.#position++];
  }

  /**
   * @param name of the field, for errors
   * @throws PithError `invalid-field` above 35 bits, and for a form that is not the shortest
   */
  varint(name: string): number {
    const start = this.offset;
    let value = 0;
    let scale = 1;
    for (let count = 1; ; count++) {
      const next = this.byte();
      value += (next & 0x7f) * scale;
      if (next < 0x80) {
        if (next === 0 && count > 1) {
          throw new PithError("invalid-field", `${name} is not in its shortest form`, { offset: start });
        }
        return value;
      }
      if (count === 5) {
        throw new PithError("invalid-field", `${name} is too long`, { offset: start, expected: "at most 5 bytes" });
      }
      scale *= 0x80;
    }
  }

  /** Four bytes, least significant first. */
  uint32(): number {
    this.#need(4);
    const at = this.#position;
    this.#position += 4;
    return (
      (this.#bytes[at] | (this.#bytes[at + 1] << 8) | (this.#bytes[at + 2] << 16) | (this.#bytes[at + 3] << 24)) >>> 0
    );
  }

  /** The next `length` bytes, not copied. */
  bytes(length: number): Uint8Array {
    this.#need(length);
    const values = this.#bytes.subarray(this.#position, this.#position + length);
    this.#position += length;
    return values;
  }

  /**
   * The bytes up to one with a value, which is read too.
   *
   * @returns not copied; undefined if it is none of the next `most` + 1 bytes, of which none is read then
   */
  until(value: number, most: number): Uint8Array | undefined {
    const end = this.#bytes.subarray(0, this.#position + most + 1).indexOf(value, this.#position);
    if (end < 0) return undefined;
    const values = this.#bytes.subarray(this.#position, end);
    this.#position = end + 1;
    return values;
  }

  /** The bytes from a position on that have been read, not copied. */
  since(position: number): Uint8Array {
    return this.#bytes.subarray(position, this.#position);
  }

  #need(length: number): void {
    const left = this.#bytes.length - this.#position;
    if (length > left) {
      throw new PithError("truncated", "the data ends in the middle of a header", {
        offset: this.#base + this.#bytes.length,
        expected: `${length - left} more bytes`,
      });
    }
  }
}

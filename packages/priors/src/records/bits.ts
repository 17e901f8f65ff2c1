/** Bits of an index, most significant first; the last byte is filled up with zeros. */
import { PithError } from "@pith/core";

export class BitWriter {
  readonly #bytes: number[] = [];
  #count = 0;

  /** The lowest `count` bits of a value. */
  bits(value: number, count: number): void {
    for (let i = count - 1; i >= 0; i--) this.#bit((value >>> i) & 1);
  }

  /** So many ones, and a zero. */
  ones(count: number): void {
    for (let i = 0; i < count; i++) this.#bit(1);
    this.#bit(0);
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  #bit(bit: number): void {
    if ((this.#count & 7) === 0) this.#bytes.push(0);
    this.#bytes[this.#bytes.length - 1] |= bit << (7 - (this.#count & 7));
    this.#count++;
  }
}

/** @throws PithError `truncated` where the bytes end too early */
export class BitReader {
  readonly #bytes: Uint8Array;
  readonly #base: number;
  #position = 0;

  /** @param base where the first byte lies in the file, for errors */
  constructor(bytes: Uint8Array, base: number) {
    this.#bytes = bytes;
    this.#base = base;
  }

  /** Of the byte that the next bit is in. */
  get offset(): number {
    return this.#base + (this.#position >>> 3);
  }

  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = (value << 1) | this.#bit();
    return value;
  }

  /** Ones up to a zero, which is read too. @throws PithError `invalid-field` for more than `most` */
  ones(most: number): number {
    const { offset } = this;
    let count = 0;
    while (this.#bit() === 1) {
      if (++count > most) {
        throw new PithError("invalid-field", "a record has no such length", {
          offset,
          expected: `at most ${most} ones`,
        });
      }
    }
    return count;
  }

  /** @returns how many bytes were read @throws PithError if the rest of the last one is no zeros */
  finish(): number {
    while ((this.#position & 7) !== 0) {
      const { offset } = this;
      if (this.#bit() === 1) {
        throw new PithError("invalid-field", "lengths of records end in other than zeros", { offset });
      }
    }
    return this.#position >>> 3;
  }

  #bit(): number {
    const at = this.#position >>> 3;
    if (at >= this.#bytes.length) {
      throw new PithError("truncated", "an index of records ends in a length", { offset: this.#base + at });
    }
    return (this.#bytes[at] >>> (7 - (this.#position++ & 7))) & 1;
  }
}

/** Reads the numbers of a WebAssembly module. */
export class Reader {
  at = 0;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  byte(): number {
    if (this.isAtEnd) throw new RangeError(`the module ends at byte ${this.at}, in the middle`);
    return this.bytes[this.at++];
  }

  /** Unsigned LEB128. */
  unsigned(): number {
    return Number(this.leb128().value);
  }

  /** Signed LEB128. */
  signed(): bigint {
    const { value, bits } = this.leb128();
    return BigInt.asIntN(bits, value);
  }

  private leb128(): { value: bigint; bits: number } {
    let value = 0n;
    let bits = 0;
    let byte: number;
    do {
      byte = this.byte();
      value |= BigInt(byte & 0x7f) << BigInt(bits);
      bits += 7;
    } while (byte >= 0x80);
    return { value, bits };
  }

  take(length: number): Uint8Array {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  name(): string {
    return new TextDecoder().decode(this.take(this.unsigned()));
  }

  /** A vector: its length, then each item. */
  list<T>(item: () => T): T[] {
    return Array.from({ length: this.unsigned() }, item);
  }
}

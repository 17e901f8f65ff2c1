/** The bytes so far, and the bits of the one that comes. */
export class Stream {
  readonly #bytes: number[] = [];
  /** The last four bytes, the latest in the lowest eight bits; the four before them. 32-bit words, signed. */
  last4 = 0;
  last8 = 0;
  /** Bits of the current byte behind a leading one: 1 … 255; how many they are: 0 … 7. */
  partial = 1;
  bitIndex = 0;

  get position(): number {
    return this.#bytes.length;
  }

  /** A byte by its place; zero before the first. */
  byteAt(position: number): number {
    return position < 0 ? 0 : this.#bytes[position];
  }

  /** The byte `distance` back; 1 is the latest. */
  byteBack(distance: number): number {
    return this.byteAt(this.position - distance);
  }

  pushBit(bit: number): void {
    this.lookAhead((this.partial << 1) | bit, this.bitIndex + 1);
  }

  /** The current byte's bits are these, behind a leading one, `count` of them. */
  lookAhead(partial: number, count: number): void {
    this.partial = partial;
    this.bitIndex = count;
  }

  pushByte(byte: number): void {
    this.#bytes.push(byte);
    const word = (from: number) =>
      (this.byteBack(from + 3) << 24) |
      (this.byteBack(from + 2) << 16) |
      (this.byteBack(from + 1) << 8) |
      this.byteBack(from);
    this.last4 = word(1);
    this.last8 = word(5);
    this.lookAhead(1, 0);
  }
}

/** The match of the method `ppm`: what followed the latest place with the same bytes before it. */

const HASHED = 16;

export class Match {
  readonly #content: Uint8Array;
  readonly #rows = new Map<bigint, number>();
  readonly #shift: bigint;
  /** Where the byte lies that is expected; undefined if none is. */
  #candidate: number | undefined;
  #length = 0;
  #misses = 0;

  constructor(content: Uint8Array) {
    this.#content = content;
    this.#shift = BigInt(64 - Math.min(18, Math.max(8, 32 - Math.clz32(content.length))));
  }

  /** The byte that is expected, if any is. */
  get expected(): number | undefined {
    return this.#candidate === undefined ? undefined : this.#content[this.#candidate];
  }

  /** 0 to 31. */
  get length(): number {
    return this.#length < 32 ? this.#length >> 1 : Math.min(31, 16 + ((this.#length - 32) >> 4));
  }

  /** 0 to 3. */
  get misses(): number {
    return Math.min(3, this.#misses);
  }

  follow(place: number): void {
    this.#followByte(this.#content[place]);
    const next = place + 1;
    if (next < HASHED || !this.#isAnchor(next)) return;
    const row = this.#hash(next) >> this.#shift;
    const found = this.#rows.get(row);
    this.#rows.set(row, next);
    if (found !== undefined && (this.#candidate === undefined || this.#length < 16)) this.#lookAt(found, next);
  }

  /** Whether the hash of the four bytes before a place begins with two zeros. */
  #isAnchor(next: number): boolean {
    const view = new DataView(this.#content.buffer, this.#content.byteOffset);
    return Math.imul(view.getUint32(next - 4, true), 0x9e3779b1) >>> 30 === 0;
  }

  #followByte(byte: number): void {
    if (this.#candidate === undefined) return;
    if (this.expected === byte) {
      this.#length++;
      if (this.#length >= 16 && this.#misses > 0) this.#misses--;
    } else {
      this.#length = 0;
      this.#misses++;
    }
    this.#candidate = this.#misses > 8 ? undefined : this.#candidate + 1;
  }

  #hash(next: number): bigint {
    const view = new DataView(this.#content.buffer, this.#content.byteOffset);
    const high = view.getBigUint64(next - 8, true) * 0x9e3779b97f4a7c15n;
    return BigInt.asUintN(64, high) ^ BigInt.asUintN(64, view.getBigUint64(next - 16, true) * 0xc2b2ae3d27d4eb4fn);
  }

  #lookAt(found: number, next: number): void {
    if (found === this.#candidate) return;
    let same = 0;
    while (same < Math.min(400, found) && this.#content[found - 1 - same] === this.#content[next - 1 - same]) same++;
    if (same < 16) return;
    this.#candidate = found;
    this.#length = same;
    this.#misses = 0;
  }
}

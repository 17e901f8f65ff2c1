/** What is alike at a distance: a cell of 1 to 24 bytes, a row of 25 to 8192; and what lies around the next byte in them. */
import { hash } from "./hash.ts";
import { floor, min } from "./numbers.ts";
import type { Stream } from "./stream.ts";

const MOST_CELL = 24;
const LEAST_ROW = 25;
const WINDOW = 256;
/** Greater differences count as this one. */
const UNLIKE = 32;

export class Grid {
  readonly #stream: Stream;
  /** Sums of differences by distance − 1; each loses 1/32 a byte. */
  readonly #differences = new Array<number>(MOST_CELL).fill(0);
  /** Bytes of a cell and of a row. */
  cell = 1;
  row = LEAST_ROW;
  /** Hash of the bytes of the cell so far. */
  cellSoFar = 0;

  constructor(stream: Stream) {
    this.#stream = stream;
  }

  update(c: number): void {
    this.#differences.forEach((sum, i) => {
      this.#differences[i] = sum - floor(sum / 32) + 16 * this.#difference(1, i + 1);
    });
    this.#findCell();
    const { position } = this.#stream;
    if (position % 512 === 0 && position > WINDOW) this.#findRow(position % 4096 === 0 ? 8192 : 1024);
    this.cellSoFar = this.place === 0 ? this.cell : hash(this.cellSoFar, c);
  }

  /** Places of the next byte in its row and in its cell. */
  get column(): number {
    return this.#stream.position % this.row;
  }

  get place(): number {
    return this.#stream.position % this.cell;
  }

  /** The byte so many rows above and cells to the left of the next one. */
  around(rows: number, cells: number): number {
    return this.#stream.byteBack(rows * this.row + cells * this.cell);
  }

  /** Of the byte so far back from one as far again before it. */
  #difference(back: number, distance: number): number {
    return min(UNLIKE, Math.abs(this.#stream.byteBack(back) - this.#stream.byteBack(back + distance)));
  }

  #findCell(): void {
    let least = this.#differences[this.cell - 1];
    least -= floor(least / 8);
    this.#differences.forEach((sum, i) => {
      if (sum >= least) return;
      least = sum;
      this.cell = i + 1;
    });
  }

  #windowDifference(distance: number): number {
    let sum = 0;
    for (let back = 1; back <= WINDOW; back++) sum += this.#difference(back, distance);
    return sum;
  }

  #findRow(most: number): void {
    let least = this.#windowDifference(this.row);
    least -= floor(least / 8);
    for (let distance = LEAST_ROW; distance <= min(most, this.#stream.position - WINDOW); distance++) {
      const difference = this.#windowDifference(distance);
      if (difference >= least - floor(least / 16)) continue;
      least = difference;
      this.row = distance;
    }
  }
}

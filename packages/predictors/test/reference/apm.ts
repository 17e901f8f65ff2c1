/** Adaptive probability maps: knots over the stretched range, linear between them. */
import { squash } from "./logistic.ts";
import { floor, max, min } from "./numbers.ts";
import { Cell } from "./state-map.ts";

const KNOTS = 33;

/** A row that has learnt nothing. */
const INITIAL = Array.from({ length: KNOTS }, (_, j) => squash(max(-2047, min(2047, (j - 16) * 128))));

/** One map, of as many rows as are asked for. */
export class Apm {
  readonly #rows = new Map<number, number[]>();
  #row: number[] = [];
  #nearest = 0;

  /** The corrected 16-bit probability in a context, of a stretched one in 1/256. */
  refine(stretched: number, context: number): number {
    let row = this.#rows.get(context);
    if (row === undefined) this.#rows.set(context, (row = [...INITIAL]));
    const knot = floor((stretched + 2048) / 128);
    const above = (stretched + 2048) % 128;
    this.#row = row;
    this.#nearest = above >= 64 ? knot + 1 : knot;
    return floor((row[knot] * (128 - above) + row[knot + 1] * above) / 128);
  }

  /** Moves the knot that was nearest by 1/64 of its error. */
  learn(bit: number): void {
    const error = bit * 65535 - this.#row[this.#nearest];
    this.#row[this.#nearest] += floor(error / 64);
  }
}

/** As {@link Apm}, for models that are fine: 25 knots, which are cells. */
export class FineApm {
  readonly #rows = new Map<number, Cell[]>();
  #nearest: Cell | undefined;

  refine(stretched: number, context: number): number {
    let row = this.#rows.get(context);
    if (row === undefined) {
      row = Array.from({ length: 25 }, (_, j) => new Cell(squash(max(-3071, min(3071, (j - 12) * 256))), 12));
      this.#rows.set(context, row);
    }
    const knot = floor((stretched + 3072) / 256);
    const above = (stretched + 3072) % 256;
    this.#nearest = row[above >= 128 ? knot + 1 : knot];
    return floor((row[knot].p16 * (256 - above) + row[knot + 1].p16 * above) / 256);
  }

  learn(bit: number): void {
    this.#nearest?.learn(bit, 255);
  }
}

/** Direct tables of orders 0 to 2: an adaptive probability for each prefix of a byte. */
import { hash } from "./hash.ts";
import { stretch } from "./logistic.ts";
import { Cell, StateMap } from "./state-map.ts";
import type { Stream } from "./stream.ts";

const LIMITS = [255, 255, 1023];

export class DirectTables {
  readonly #stream: Stream;
  readonly #order2Mask: number;
  readonly #tables: readonly StateMap<number>[];
  #cells: readonly Cell[] = [];

  /** `orders`: the highest order, 0 … 2; `order2Bits`: log2 of the cells of order 2. */
  constructor(stream: Stream, orders: number, order2Bits: number) {
    this.#stream = stream;
    this.#order2Mask = 2 ** order2Bits - 1;
    this.#tables = Array.from({ length: orders + 1 }, () => new StateMap<number>(() => new Cell(32768, 0)));
  }

  /** One input for order 0, two for each further order. */
  predict(): number[] {
    const { partial, last4 } = this.#stream;
    const places = [partial, ((last4 & 255) << 8) | partial, hash(last4 & 0xffff, partial) & this.#order2Mask];
    this.#cells = this.#tables.map((table, order) => table.at(places[order]));
    return this.#cells.flatMap(({ p12 }, order) =>
      order === 0 ? [stretch(p12)] : [stretch(p12), (p12 - 2048) / 1024],
    );
  }

  learn(bit: number): void {
    this.#cells.forEach((cell, order) => cell.learn(bit, LIMITS[order]));
  }
}

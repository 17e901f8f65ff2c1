/** Direct tables of orders 0 to 2: an adaptive probability for each prefix of a byte. */
import { partNamed } from "./description.ts";
import { hash } from "./hash.ts";
import { stretch } from "./logistic.ts";
import { Cell, StateMap } from "./state-map.ts";
import type { Stream } from "./stream.ts";

/** What slows an order's learning down, at most. */
const LIMITS: Readonly<Record<string, number>> = { "order-0": 255, "order-1": 255, "order-2": 1023 };

export class DirectTables {
  readonly #stream: Stream;
  readonly #order2Mask: number;
  readonly #tables: readonly { readonly name: string; readonly table: StateMap<number> }[];
  #cells: readonly { readonly name: string; readonly cell: Cell }[] = [];

  /** `names` of the tables, the lowest order first; `order2Bits`: log2 of the cells of order 2. */
  constructor(stream: Stream, names: readonly string[], order2Bits: number) {
    this.#stream = stream;
    this.#order2Mask = 2 ** order2Bits - 1;
    this.#tables = names.map((name) => ({ name, table: new StateMap<number>(() => new Cell(32768, 0)) }));
  }

  /** One input for order 0, two for each further order. */
  predict(): number[] {
    const { partial, last4 } = this.#stream;
    const places = {
      "order-0": partial,
      "order-1": ((last4 & 255) << 8) | partial,
      "order-2": hash(last4 & 0xffff, partial) & this.#order2Mask,
    };
    this.#cells = this.#tables.map(({ name, table }) => ({ name, cell: table.at(partNamed(places, name)) }));
    return this.#cells.flatMap(({ name, cell: { p12 } }) =>
      name === "order-0" ? [stretch(p12)] : [stretch(p12), (p12 - 2048) / 1024],
    );
  }

  learn(bit: number): void {
    for (const { name, cell } of this.#cells) cell.learn(bit, LIMITS[name]);
  }
}

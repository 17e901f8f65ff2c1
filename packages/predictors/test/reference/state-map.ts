import { floor } from "./numbers.ts";

/** An adaptive probability: 22 bits, and how often it was updated. */
export class Cell {
  #p22: number;
  #count: number;

  /** Starts at a 16-bit probability that counts as seen `count` times. */
  constructor(p16: number, count: number) {
    this.#p22 = p16 * 64;
    this.#count = count;
  }

  /** 22-bit probability of a one. */
  get p22(): number {
    return this.#p22;
  }

  /** 12-bit probability of a one. */
  get p12(): number {
    return this.#p22 >> 10;
  }

  /** The same in 16 bits. */
  get p16(): number {
    return this.#p22 >> 6;
  }

  /** Moves 1 / (count + 1.5) of the way toward the bit; the count ends at `limit`. */
  learn(bit: number, limit: number): void {
    const reciprocal = floor(2 ** 14 / (2 * this.#count + 3)); // 2^13 / (count + 1.5)
    const eighth = floor((bit * 2 ** 22 - this.#p22) / 8);
    this.#p22 += floor((eighth * reciprocal) / 1024);
    if (this.#count < limit) this.#count++;
  }
}

/** Cells by number or by state, made when they are first asked for. */
export class StateMap<State> {
  readonly #cells = new Map<State, Cell>();
  readonly #initial: (state: State) => Cell;

  constructor(initial: (state: State) => Cell) {
    this.#initial = initial;
  }

  at(state: State): Cell {
    let cell = this.#cells.get(state);
    if (cell === undefined) this.#cells.set(state, (cell = this.#initial(state)));
    return cell;
  }
}

/** Numbers of two bytes that go on as a line: extrapolated at four distances, in both orders of bytes, from either of their bytes. */
import type { Grid } from "./grid.ts";
import { stretch } from "./logistic.ts";
import { Cell, StateMap } from "./state-map.ts";
import type { Stream } from "./stream.ts";

/** One way to guess the next byte, and how it did at even and odd places: the latest outcome lowest. */
interface Guess {
  byte: number;
  readonly outcomes: [number, number];
}

export class Forecast {
  readonly #stream: Stream;
  readonly #grid: Grid;
  readonly #guesses = Array.from({ length: 16 }, (): Guess => ({ byte: 0, outcomes: [0, 0] }));
  readonly #map = new StateMap<number>((k) => new Cell((k & 1) === 1 ? 0xc000 : 0x4000, 0));
  #expected: number | undefined;
  #state = 0;
  #best = 0;
  #cell: Cell | undefined;

  constructor(stream: Stream, grid: Grid) {
    this.#stream = stream;
    this.#grid = grid;
  }

  /** After the stream and the grid. */
  update(c: number): void {
    const { cell, row } = this.#grid;
    this.#best = 0;
    this.#expected = undefined;
    this.#state = 0;
    for (const [group, distance] of [2, 4, cell, row].entries()) {
      if (group === 2 && [1, 2, 4].includes(cell)) continue;
      for (const [i, value] of this.#values(distance).entries()) this.#consider(group * 4 + i, value & 255, c);
    }
  }

  /** The next byte as the first and second of a number, upper byte first; and last. */
  #values(distance: number): readonly number[] {
    const at = (from: number) => [this.#stream.byteBack(from), this.#stream.byteBack(from - 1)] as const;
    const line = (from: number, isUpperFirst: boolean) => {
      const number = (back: number) => {
        const [first, second] = at(back);
        return isUpperFirst ? first * 256 + second : second * 256 + first;
      };
      return 2 * number(from) - number(from + distance);
    };
    return [line(distance, true) >> 8, line(distance + 1, true), line(distance, false), line(distance + 1, false) >> 8];
  }

  #consider(index: number, byte: number, c: number): void {
    const guess = this.#guesses[index];
    const parity = this.#stream.position & 1;
    const before = parity ^ 1;
    guess.outcomes[before] = ((guess.outcomes[before] << 1) | Number(guess.byte === c)) & 0xffff;
    guess.byte = byte;
    const history = guess.outcomes[parity];
    const score = 2 * ones(history & 0xff) + (history & 1);
    if (score <= this.#best) return;
    this.#best = score;
    this.#expected = byte;
    this.#state = (index << 9) | (ones(history & 0xff0) << 5) | ((history & 15) << 1);
  }

  predict(): readonly [number, number] {
    const { partial, bitIndex } = this.#stream;
    const expected = (this.#expected ?? 0) | 256;
    const agrees = this.#expected !== undefined && expected >> (8 - bitIndex) === partial;
    this.#cell = agrees ? this.#map.at(this.#state | ((expected >> (7 - bitIndex)) & 1)) : undefined;
    const p12 = this.#cell?.p12 ?? 2048;
    return [stretch(p12), (p12 - 2048) / 1024];
  }

  learn(bit: number): void {
    this.#cell?.learn(bit, 1023);
  }
}

function ones(bits: number): number {
  return bits === 0 ? 0 : (bits & 1) + ones(bits >> 1);
}

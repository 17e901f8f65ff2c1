/**
 * The decoder of the method `ppm` in plain TypeScript: what `codec/kernel/ppm.ts` does, written for reading and not for
 * speed.
 */
import { RangeDecoder } from "@pith/entropy";
import { exp, stretch } from "../../../predictors/test/reference/logistic.ts";
import { Cell, StateMap } from "../../../predictors/test/reference/state-map.ts";
import { Match } from "./ppm-match.ts";
import { totalOf, Tree, type Context, type State } from "./ppm-tree.ts";

const { clz32, floor, fround: f32, max, min } = Math;

const cellsOf = (p16: number): StateMap<string> => new StateMap(() => new Cell(p16, 0));
const log2Of = (n: number): number => 31 - clz32(n | 1);
const p16Of = (p: number): number => max(1, min(65535, p));

/** Of a number of symbols: 0 to 7. */
function sizeStep(count: number): number {
  return count <= 4 ? count - 1 : 4 + [6, 10, 20].filter((most) => count > most).length;
}

/** Of the frequency of a lone symbol: 0 to 15. */
function loneStep(frequency: number): number {
  if (frequency < 8) return frequency;
  return 7 + [8, 12, 16, 24, 32, 48, 64, 120].filter((least) => frequency >= least).length;
}

/** Of a share in 64: 0 to 15. */
function shareStep(share: number): number {
  return share < 16 ? share >> 1 : min(15, 8 + floor((share - 16) / 6));
}

/** e^x / (1 + e^x), of x in 1/256, in 1/65536. */
const fineSquash = (x: number): number => p16Of(floor(65536 / (1 + exp(-x / 256))));

/** Rounds as the kernel does: to the nearest, ties to even. */
function rounded(x: number): number {
  const rounder = 1.5 * 2 ** 23;
  return max(-3072, min(3072, f32(f32(x * 256) + rounder) - rounder));
}

interface Weights {
  first: number;
  symbol: number;
  match: number;
}

/** Decodes a block. */
class Decoder {
  readonly #content: Uint8Array;
  readonly #range: RangeDecoder;
  readonly tree: Tree;
  readonly #match: Match;
  readonly #firstCells = cellsOf(32768);
  readonly #symbolCells = cellsOf(32768);
  readonly #matchCells = cellsOf(32768);
  readonly #escapeCells = cellsOf(16384);
  readonly #weights = new Map<string, Weights>();
  #hits = 0;

  constructor(payload: Uint8Array, length: number, order: number, arena: number) {
    this.#content = new Uint8Array(length);
    this.#range = new RangeDecoder(payload);
    this.tree = new Tree(this.#content, arena, order);
    this.#match = new Match(this.#content);
  }

  decode(): Uint8Array {
    for (let place = 0; place < this.#content.length; place++) {
      this.#byte(place);
      this.#match.follow(place);
    }
    this.#range.checkEnd();
    return this.#content;
  }

  #bit(p16: number): number {
    const bit = this.#range.target(65536) < p16 ? 1 : 0;
    this.#range.consume(bit === 1 ? 0 : p16, bit === 1 ? p16 : 65536 - p16, 65536);
    return bit;
  }

  #byte(place: number): void {
    const context = this.tree.deepest;
    const [first] = context.states;
    const { expected } = this.#match;
    const known = `${this.#match.length} ${this.#match.misses} ${expected === first.symbol} ${context.states.length > 1}`;
    if (expected !== undefined && expected !== first.symbol) {
      const cell = this.#matchCells.at(`${known} ${this.#share(context)}`);
      const came = this.#bit(p16Of(cell.p22 >> 6));
      cell.learn(came, 127);
      if (came === 1) {
        this.#content[place] = expected;
        this.tree.followSymbol(expected, place + 1);
        return;
      }
    }
    const isFirst = this.#first(context, expected === undefined ? undefined : this.#matchCells.at(known));
    const [found, state] = isFirst ? [context, first] : this.#other(context);
    this.#content[place] = state.symbol;
    this.tree.follow(found, state, place + 1);
  }

  #share(context: Context): number {
    const [first] = context.states;
    if (context.states.length === 1) return loneStep(first.frequency);
    return shareStep(floor((first.frequency * 64) / totalOf(context)));
  }

  #first(context: Context, matchCell: Cell | undefined): boolean {
    const { states, shorter } = context;
    const count = states.length;
    const size = sizeStep(count);
    const share = this.#share(context);
    const shorterCount = shorter?.states.length ?? 256;
    const agrees = shorter?.states[0].symbol === states[0].symbol;
    const trust =
      count === 1
        ? sizeStep(shorterCount)
        : 2 * max(0, min(3, log2Of(totalOf(context)) - 3)) + (shorterCount > 2 * count ? 1 : 0);

    const isMatched = this.#match.expected === states[0].symbol && matchCell !== undefined;
    const set = isMatched ? 1 + min(6, this.#match.length >> 2) : 0;
    const firstCell = this.#firstCells.at(`${size} ${share} ${this.#hits & 15} ${trust} ${agrees}`);
    const symbolCell = this.#symbolCells.at(`${share} ${count > 1} ${states[0].symbol} ${agrees}`);
    const key = `${set} ${size} ${agrees} ${share}`;
    const weights = this.#weights.get(key) ?? { first: f32(0.6), symbol: f32(0.5), match: f32(0.2) };
    this.#weights.set(key, weights);
    const inputs = {
      first: stretch(firstCell.p12),
      symbol: stretch(symbolCell.p12),
      match: isMatched ? stretch(matchCell.p12) : 0,
    };
    const sum = f32(
      f32(f32(weights.first * inputs.first) + f32(weights.symbol * inputs.symbol)) + f32(weights.match * inputs.match),
    );
    const mixed = fineSquash(rounded(sum));

    const came = this.#bit(mixed);
    const step = f32((came * 65536 - mixed) * f32(f32(0.01) / 65536));
    for (const name of ["first", "symbol", "match"] as const) {
      weights[name] = f32(weights[name] + f32(step * inputs[name]));
    }
    firstCell.learn(came, 255);
    symbolCell.learn(came, 255);
    if (isMatched) matchCell.learn(came, 127);
    this.#hits = ((this.#hits << 1) | came) & 31;
    return came === 1;
  }

  /** A symbol that is not the first of the deepest context. */
  #other(deepest: Context): [Context, State] {
    const excluded = new Set([deepest.states[0].symbol]);
    let context = deepest;
    for (;;) {
      const left = context.states.filter(({ symbol }) => !excluded.has(symbol));
      if (left.length > 0) {
        if (context.states.length === 256 || !this.#escapes(context, left, context === deepest)) {
          return [context, this.#oneOf(left)];
        }
        for (const { symbol } of left) excluded.add(symbol);
      }
      context = context.shorter as Context;
      this.tree.askShorter();
    }
  }

  #escapes({ states, shorter }: Context, left: readonly State[], isDeepest: boolean): boolean {
    const rest = left.reduce((sum, { frequency }) => sum + frequency, 0);
    const count = states.length;
    const shorterCount = (shorter as Context).states.length;
    const before = this.#hits >> 1;
    const keys: string[] = [];
    if (isDeepest) {
      const mean = min(7, log2Of(floor((rest * 4) / (count - 1))));
      keys.push(`size ${sizeStep(count)} ${mean} ${before & 3} ${sizeStep(shorterCount)}`);
      const size = count < 32 ? count : 32 + log2Of(count - 31);
      keys.push(`rest ${size} ${rest < 32 ? rest : min(63, 30 + (rest >> 4))}`);
    } else {
      const mean = min(7, log2Of(floor((rest * 2) / left.length)));
      const order = this.tree.currentOrder;
      const depth = order < 2 ? order : order < 4 ? 2 : 3;
      const grows = left.length < shorterCount - count;
      keys.push(`masked ${sizeStep(left.length)} ${mean} ${sizeStep(count - left.length)} ${depth} ${grows}`);
      keys.push(`left ${min(63, left.length)} ${min(63, rest)} ${before & 1} ${grows}`);
    }
    const cells = keys.map((key) => this.#escapeCells.at(key));
    const came = this.#bit(p16Of((cells[0].p22 + cells[1].p22) >> 7));
    for (const cell of cells) cell.learn(came, 255);
    return came === 1;
  }

  #oneOf(left: readonly State[]): State {
    const rest = left.reduce((sum, { frequency }) => sum + frequency, 0);
    const target = this.#range.target(rest);
    let before = 0;
    for (const state of left) {
      if (before + state.frequency > target) {
        this.#range.consume(before, state.frequency, rest);
        return state;
      }
      before += state.frequency;
    }
    throw new Error("frequencies do not sum to their total");
  }
}

/**
 * @param arena bytes of memory that contexts have
 * @returns the content, and how often that memory was full
 */
export function decodeByReference(
  payload: Uint8Array,
  length: number,
  order: number,
  arena: number,
): { content: Uint8Array; restarts: number } {
  const decoder = new Decoder(payload, length, order, arena);
  const content = decoder.decode();
  return { content, restarts: decoder.tree.restarts };
}

/**
 * Instructions say how content is put together: so many bytes from one of the streams of literals, or so many bytes
 * from an earlier place. A model of adaptive bits codes them; docs/format.md defines it.
 */
import type { BitCoder } from "../../adaptive/bit-coder.ts";
import { AdaptiveBits, NumberModel } from "../../adaptive/numbers.ts";

/** Streams that literals are divided into, by kind, so that each can be coded as what it is. */
export const STREAMS = 3;
/** Bytes that a repeat has at least. */
export const SHORTEST_REPEAT = 32;

/** The next bytes of a stream. */
interface Literal {
  readonly stream: number;
  readonly length: number;
}

/** Bytes that were there before; the distance goes back from the first of them, and may be less than the length. */
interface Copy {
  readonly stream?: never;
  readonly length: number;
  readonly distance: number;
}

export type Instruction = Literal | Copy;

/** What an instruction is: a stream's number, or this. */
const COPY = STREAMS;
const TYPE_BITS = 2;

/** Distances that may come again: those of the latest copies that differ. */
const RECENT = 7;
/** The distance is none of them. */
const OTHER = RECENT;
const RECENT_BITS = 3;

/** Codes instructions, either way: an encoder's coder returns what it is given. */
export class InstructionModel {
  readonly #coder: BitCoder;
  readonly #types = new SymbolModel(TYPE_BITS);
  readonly #literals = Array.from({ length: STREAMS }, () => new NumberModel());
  readonly #copies = new NumberModel();
  readonly #numbers = new SymbolModel(RECENT_BITS);
  readonly #changes = new NumberModel();
  readonly #recent = new Int32Array(RECENT);

  constructor(coder: BitCoder) {
    this.#coder = coder;
  }

  /** Codes an instruction; what it is given counts only when encoding. Returns it. */
  code(given: Instruction): Instruction {
    const type = this.#types.code(this.#coder, given.stream ?? COPY);
    if (type !== COPY) return { stream: type, length: this.#literals[type].code(this.#coder, given.length - 1) + 1 };
    const length = this.#copies.code(this.#coder, given.length - SHORTEST_REPEAT) + SHORTEST_REPEAT;
    return { length, distance: this.#codeDistance(given.stream === undefined ? given.distance : 0) };
  }

  /** A recent distance by its number; another by what it differs from the latest one. */
  #codeDistance(given: number): number {
    const recent = this.#recent;
    const known = recent.indexOf(given);
    const number = this.#numbers.code(this.#coder, known < 0 ? OTHER : known);
    let distance: number;
    if (number === OTHER) {
      const change = given - recent[0];
      // Even numbers are for more, odd ones for less.
      const coded = this.#changes.code(this.#coder, change < 0 ? -2 * change - 1 : 2 * change);
      distance = recent[0] + (coded % 2 === 0 ? coded / 2 : -(coded + 1) / 2);
    } else distance = recent[number];
    recent.copyWithin(1, 0, Math.min(number, RECENT - 1));
    recent[0] = distance;
    return distance;
  }
}

/** Symbols of a few bits, each predicted from the one before. */
class SymbolModel {
  readonly #size: number;
  readonly #bits: AdaptiveBits;
  readonly #depth: number;
  #last = 0;

  constructor(depth: number) {
    this.#depth = depth;
    this.#size = 1 << depth;
    this.#bits = new AdaptiveBits(this.#size * this.#size);
  }

  /** Codes a symbol; `symbol` counts only when encoding. Returns it. */
  code(coder: BitCoder, symbol: number): number {
    let node = 1;
    for (let shift = this.#depth - 1; shift >= 0; shift--) {
      node = (node << 1) | this.#bits.code(coder, this.#last * this.#size + node, (symbol >>> shift) & 1);
    }
    this.#last = node - this.#size;
    return this.#last;
  }
}

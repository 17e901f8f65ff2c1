/** Match models: find where the last bytes occurred before and predict the byte that followed there. */
import { partNamed } from "./description.ts";
import { hash } from "./hash.ts";
import { stretch } from "./logistic.ts";
import { min } from "./numbers.ts";
import { Cell, StateMap } from "./state-map.ts";
import type { Stream } from "./stream.ts";

const MEASURED = 400;
const MISSES = 8;
const FORGIVEN = 16;
const LONGEST = 65535;

/** Class of a length: 0 … 21. */
function lengthClass(length: number): number {
  if (length < 16) return length;
  return 15 + [16, 24, 32, 64, 128, MEASURED].filter((least) => length >= least).length;
}

/** One model: a pointer into the past that is followed while it predicts well. */
class Match {
  readonly #stream: Stream;
  readonly #minimum: number;
  readonly #bits: number;
  readonly #places = new Map<number, number>();
  readonly #map = new StateMap<number>((k) => new Cell((k & 1) === 1 ? 0xc000 : 0x4000, 0));
  #pointer = 0;
  #missed = 0;
  #cell: Cell | undefined;
  active = false;
  length = 0;

  /** `minimum`: least length in bytes of what is taken for a match; `bits`: log2 of the positions remembered. */
  constructor(stream: Stream, minimum: number, bits: number) {
    this.#stream = stream;
    this.#minimum = minimum;
    this.#bits = bits;
  }

  /** Byte that is expected | 256, or 0. */
  get expected(): number {
    return this.active ? this.#stream.byteAt(this.#pointer) | 256 : 0;
  }

  /** Learns byte `c`, the stream's last; `key` hashes the last bytes. */
  update(c: number, key: number): void {
    if (this.active) this.#follow(c);
    const place = key >>> (32 - this.#bits);
    if (!this.active || this.length === 0 || this.#missed > 0) this.#seek(this.#places.get(place) ?? 0);
    this.#places.set(place, this.#stream.position);
    if (this.#missed > MISSES) {
      this.active = false;
      this.#missed = 0;
      this.length = 0;
    }
    if (this.length >= FORGIVEN) this.#missed = 0;
  }

  #follow(c: number): void {
    if (this.#stream.byteAt(this.#pointer) === c) this.length = min(this.length + 1, LONGEST);
    else {
      this.#missed++;
      this.length = 0;
    }
    this.#pointer++;
  }

  #seek(candidate: number): void {
    if (candidate === 0 || candidate === this.#pointer) return;
    const length = this.#common(candidate);
    if (length < this.#minimum || length <= this.length) return;
    this.#pointer = candidate;
    this.length = length;
    this.#missed = 0;
    this.active = true;
  }

  /** Bytes that agree before `candidate` and before the next byte. */
  #common(candidate: number): number {
    const limit = min(MEASURED, candidate);
    let n = 0;
    while (n < limit && this.#stream.byteAt(candidate - 1 - n) === this.#stream.byteBack(1 + n)) n++;
    return n;
  }

  /** The bit that is expected, if the byte so far agrees, and the two inputs. */
  predict(): { readonly bit: number; readonly inputs: readonly [number, number] } | undefined {
    const { partial, bitIndex } = this.#stream;
    this.#cell = undefined;
    const { expected } = this;
    if (expected === 0 || expected >> (8 - bitIndex) !== partial) return undefined;
    const bit = (expected >> (7 - bitIndex)) & 1;
    this.#cell = this.#map.at((lengthClass(this.length) << 3) | (min(this.#missed, 3) << 1) | bit);
    const { p12 } = this.#cell;
    return { bit, inputs: [stretch(p12), (p12 - 2048) / 1024] };
  }

  learn(bit: number): void {
    this.#cell?.learn(bit, 1023);
  }
}

export interface MatchOptions {
  /** Names of the models, the shortest first. */
  readonly models: readonly string[];
  readonly bits: number;
}

/** Models by name: the least length, and the hash of so many last bytes. */
const MODELS: Readonly<Record<string, { readonly minimum: number; readonly key: (stream: Stream) => number }>> = {
  "least-5": { minimum: 5, key: ({ last4, last8 }) => hash(last4, (last8 & 0xff) + 1) },
  "least-6": { minimum: 6, key: ({ last4, last8 }) => hash(last4, (last8 & 0xffff) + 1) },
  "least-10": {
    minimum: 10,
    key: (stream) => hash(hash(stream.last4, stream.last8), ((stream.byteBack(9) << 8) | stream.byteBack(10)) + 3),
  },
};

export class Matches {
  readonly #stream: Stream;
  readonly #models: readonly Match[];
  readonly #keys: readonly ((stream: Stream) => number)[];
  /** Of the longest match: byte expected | 256, or 0, and its length class. */
  expectedByte = 0;
  expectedLength = 0;
  /** Bit expected + 1, or 0; length class + 1 of the match that agrees with the byte so far, or 0. */
  expectedBit = 0;
  matchState = 0;

  constructor(stream: Stream, { models, bits }: MatchOptions) {
    this.#stream = stream;
    this.#keys = models.map((name) => partNamed(MODELS, name).key);
    this.#models = models.map((name) => new Match(stream, partNamed(MODELS, name).minimum, bits));
  }

  update(c: number): void {
    this.#models.forEach((model, m) => model.update(c, this.#keys[m](this.#stream)));
    const longest = this.#models.findLast((model) => model.active && model.length > 0) ?? this.#models[0];
    this.expectedByte = longest.expected;
    this.expectedLength = lengthClass(longest.length);
  }

  /** Two inputs a model. */
  predict(): number[] {
    this.expectedBit = 0;
    this.matchState = 0;
    return this.#models.flatMap((model, m) => {
      const prediction = model.predict();
      if (prediction === undefined) return [0, 0];
      if (m === 0 || model.length > 0) {
        this.expectedBit = prediction.bit + 1;
        this.matchState = lengthClass(model.length) + 1;
      }
      return prediction.inputs;
    });
  }

  learn(bit: number): void {
    for (const model of this.#models) model.learn(bit);
  }
}

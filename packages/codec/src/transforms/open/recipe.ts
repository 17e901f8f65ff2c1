import { AdaptiveBits, NumberModel } from "../../adaptive/numbers.ts";
import type { BitCoder } from "../../adaptive/bit-coder.ts";
import { FIRST_GROUP } from "./items.ts";

/** Bits of a kind's id. */
const KIND_BITS = 5;
const STREAM_BITS = 8;
/** Numbers of a kind that have a model each; the others share the last. */
const MODELS = 4;
/** What the item before was: nothing, a span, or a literal: of glue, of noise, of a group. */
const BEFORE = 2 + FIRST_GROUP + 1;

/**
 * How content is put together: items in turn, each a literal or a span. One model for both ways: an encoder's values come
 * back; a decoder's are ignored, and what was coded comes back.
 */
export class RecipeModel {
  readonly #coder: BitCoder;
  readonly #isSpan = new AdaptiveBits(BEFORE);
  readonly #kinds = new AdaptiveBits(1 << KIND_BITS);
  readonly #streams = new AdaptiveBits(BEFORE << STREAM_BITS);
  readonly #isExpected = new AdaptiveBits(FIRST_GROUP + 1);
  readonly #isRest = new AdaptiveBits(FIRST_GROUP + 1);
  readonly #lengths = Array.from({ length: FIRST_GROUP + 1 }, () => new NumberModel());
  readonly #insides = new NumberModel();
  readonly #fields = new Map<number, NumberModel[]>();
  #before = 0;

  constructor(coder: BitCoder) {
    this.#coder = coder;
  }

  /** Says that what follows is inside of a span. */
  enter(): void {
    this.#before = 0;
  }

  /** Says that what follows is behind a span. */
  leave(): void {
    this.#before = 1;
  }

  isSpan(value: boolean): boolean {
    return this.#isSpan.code(this.#coder, this.#before, value ? 1 : 0) === 1;
  }

  kind(id: number): number {
    return this.#bits(this.#kinds, 0, KIND_BITS, id);
  }

  /** A number of a span's kind. @param place among its numbers */
  field(kind: number, place: number, value: number): number {
    let models = this.#fields.get(kind);
    if (models === undefined)
      this.#fields.set(kind, (models = Array.from({ length: MODELS }, () => new NumberModel())));
    return models[Math.min(place, MODELS - 1)].code(this.#coder, value);
  }

  insideLength(value: number): number {
    return this.#insides.code(this.#coder, value);
  }

  /** The stream of a literal, by its number. */
  stream(value: number): number {
    return this.#bits(this.#streams, this.#before << STREAM_BITS, STREAM_BITS, value);
  }

  /**
   * The length of a literal.
   *
   * @param rest bytes that are left to be put together
   * @param expected the length that it probably has, where that is known
   */
  length(stream: number, value: number, rest: number, expected: number | undefined): number {
    const sort = Math.min(stream, FIRST_GROUP);
    this.#before = 2 + sort;
    const mayBe = expected !== undefined && expected > 0 && expected <= rest;
    if (mayBe && this.#isExpected.code(this.#coder, sort, value === expected ? 1 : 0) === 1) return expected;
    if (this.#isRest.code(this.#coder, sort, value === rest ? 1 : 0) === 1) return rest;
    return this.#lengths[sort].code(this.#coder, value - 1) + 1;
  }

  #bits(model: AdaptiveBits, context: number, count: number, value: number): number {
    let node = 1;
    for (let i = count - 1; i >= 0; i--) node = (node << 1) | model.code(this.#coder, context + node, (value >> i) & 1);
    return node - (1 << count);
  }
}

/** Embedding, linear, dense and residual network of the reference: features of each distinct input of a chunk. */
import type { Vector } from "./neural-arithmetic.ts";
import { ReferenceLayer, ReferenceMatrix, type Learning } from "./neural-parameters.ts";
import { f32 } from "./numbers.ts";

interface FeedforwardShape {
  readonly alphabetSize: number;
  readonly hidden: number;
  readonly context: number;
  readonly residual: boolean;
}

interface Block {
  readonly inner: ReferenceLayer;
  readonly outer: ReferenceLayer;
}

/** What became of an input, and its errors. */
export interface Slot {
  readonly symbols: readonly number[];
  readonly input: Vector;
  readonly inputError: Vector;
  readonly dense: Vector;
  readonly blocks: { readonly input: Vector; readonly inner: Vector }[];
  /** Linear, dense, residual. */
  readonly features: readonly Vector[];
  readonly featureErrors: readonly Vector[];
}

export class ReferenceFeedforward {
  readonly embeddings: readonly ReferenceMatrix[];
  readonly linear: ReferenceLayer;
  readonly dense: readonly ReferenceLayer[];
  readonly blocks: readonly Block[];
  readonly #learning: Learning;
  readonly #hidden: number;
  slots: Slot[] = [];

  constructor(learning: Learning, { alphabetSize, hidden, context, residual }: FeedforwardShape) {
    this.#learning = learning;
    this.#hidden = hidden;
    const square = () => new ReferenceLayer(learning, hidden, hidden, f32(1 / f32(Math.sqrt(hidden))));
    this.embeddings = Array.from(
      { length: context },
      (_, i) => new ReferenceMatrix(learning, alphabetSize, hidden, f32(1 / (i + 1))),
    );
    this.linear = square();
    this.dense = [square(), square()];
    this.blocks = Array.from({ length: residual ? 2 : 0 }, () => ({ inner: square(), outer: square() }));
  }

  /** All layers and embeddings. */
  get matrices(): ReferenceMatrix[] {
    const layers = [this.linear, ...this.dense, ...this.blocks.flatMap(({ inner, outer }) => [inner, outer])];
    return [...this.embeddings, ...layers.flatMap(({ matrix, bias }) => [matrix, bias])];
  }

  /** The slot of an input, the last symbol first; what the chunk has had is not computed again. */
  slotOf(recent: readonly number[]): { readonly slot: Slot; readonly isNew: boolean } {
    const known = recent.length === 1 ? this.slots.find(({ symbols }) => symbols[0] === recent[0]) : undefined;
    if (known !== undefined) return { slot: known, isNew: false };
    const { round, tanh, vector } = this.#learning.arithmetic;
    const input = vector(this.#hidden);
    recent.forEach((symbol, position) => {
      const row = this.embeddings[position].row(symbol);
      for (let i = 0; i < input.length; i++) input[i] = round(input[i] + row[i]);
    });
    const linear = this.linear.forward(input);
    const first = this.dense[0].forward(input).map(tanh);
    const features = [linear, this.dense[1].forward(first).map(tanh)];
    const blocks: Slot["blocks"] = [];
    let x = input;
    for (const { inner, outer } of this.blocks) {
      const h = inner.forward(x).map((value) => Math.max(value, 0));
      blocks.push({ input: x, inner: h });
      const below = x;
      x = outer.forward(h).map((value, i) => round(value + below[i]));
    }
    if (blocks.length > 0) features.push(x);
    const featureErrors = features.map(() => vector(this.#hidden));
    const slot = {
      symbols: recent.slice(),
      input,
      inputError: vector(this.#hidden),
      dense: first,
      blocks,
      features,
      featureErrors,
    };
    this.slots.push(slot);
    return { slot, isNew: true };
  }

  /** Takes the errors of features to the inputs; what it returns makes all learn, and begins a chunk. */
  backward(): () => void {
    const { round, vector } = this.#learning.arithmetic;
    const throughTanh = (error: Vector, squashed: Vector) =>
      error.map((e, i) => round(e * round(1 - round(squashed[i] * squashed[i]))));
    const errors = this.slots.map((slot) => {
      const [linear, dense] = slot.featureErrors;
      this.linear.matrix.backward(linear, slot.inputError);
      const second = throughTanh(dense, slot.features[1]);
      const below = vector(this.#hidden);
      this.dense[1].matrix.backward(second, below);
      const first = throughTanh(below, slot.dense);
      this.dense[0].matrix.backward(first, slot.inputError);
      const inner: Vector[] = [];
      const outer: Vector[] = [];
      if (this.blocks.length > 0) {
        const carried = slot.featureErrors[2].slice();
        for (let block = this.blocks.length - 1; block >= 0; block--) {
          outer[block] = carried.slice();
          const hiddenError = vector(this.#hidden);
          this.blocks[block].outer.matrix.backward(outer[block], hiddenError);
          inner[block] = hiddenError.map((e, i) => (slot.blocks[block].inner[i] > 0 ? e : 0));
          this.blocks[block].inner.matrix.backward(inner[block], carried);
        }
        for (let i = 0; i < carried.length; i++) slot.inputError[i] += carried[i];
      }
      return { linear, first, second, inner, outer };
    });
    return () => {
      const inputs = this.slots.map(({ input }) => input);
      this.linear.learn(
        inputs,
        errors.map(({ linear }) => linear),
      );
      this.dense[0].learn(
        inputs,
        errors.map(({ first }) => first),
      );
      this.dense[1].learn(
        this.slots.map(({ dense }) => dense),
        errors.map(({ second }) => second),
      );
      this.blocks.forEach(({ inner, outer }, block) => {
        inner.learn(
          this.slots.map(({ blocks }) => blocks[block].input),
          errors.map((error) => error.inner[block]),
        );
        outer.learn(
          this.slots.map(({ blocks }) => blocks[block].inner),
          errors.map((error) => error.outer[block]),
        );
      });
      this.#learnEmbeddings();
      this.slots = [];
    };
  }

  #learnEmbeddings(): void {
    for (const [position, embedding] of this.embeddings.entries()) {
      const gradients = new Map<number, Vector>();
      for (const { symbols, inputError } of this.slots) {
        const sum = gradients.get(symbols[position]);
        if (sum === undefined) gradients.set(symbols[position], inputError.slice());
        else for (let i = 0; i < sum.length; i++) sum[i] += inputError[i];
      }
      embedding.learnRows(gradients);
    }
  }
}

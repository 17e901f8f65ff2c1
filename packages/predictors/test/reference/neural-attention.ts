/** The attentive part of the reference: causal self-attention over the last steps, and two layers, each added. */
import type { Vector } from "./neural-arithmetic.ts";
import type { Slot } from "./neural-feedforward.ts";
import { ReferenceLayer, ReferenceMatrix, type Learning } from "./neural-parameters.ts";
import { addScaled, dot, softmax } from "./neural-vectors.ts";
import { f32 } from "./numbers.ts";

interface Layer {
  readonly query: ReferenceMatrix;
  readonly key: ReferenceMatrix;
  readonly value: ReferenceMatrix;
  readonly join: ReferenceMatrix;
  readonly bias: ReferenceMatrix;
  readonly inner: ReferenceLayer;
  readonly outer: ReferenceLayer;
}

/** A layer in a step. */
interface LayerStep {
  readonly input: Vector;
  readonly query: Vector;
  readonly key: Vector;
  readonly value: Vector;
  /** By distance; those that are seen. */
  readonly weights: Vector;
  readonly attended: Vector;
  readonly middle: Vector;
  readonly opened: Vector;
  readonly state: Vector;
  readonly error: Vector;
  readonly queryError: Vector;
  readonly keyError: Vector;
  readonly valueError: Vector;
  readonly weightErrors: Vector;
  readonly middleError: Vector;
  readonly openedError: Vector;
}

interface Step {
  readonly slot: Slot;
  readonly layers: readonly LayerStep[];
}

export class ReferenceAttention {
  readonly layers: readonly Layer[];
  readonly #learning: Learning;
  readonly #hidden: number;
  readonly #chunk: number;
  readonly #scale: number;
  /** The chunk before. */
  #before: readonly Step[] = [];
  #steps: Step[] = [];

  constructor(learning: Learning, layers: number, hidden: number, chunk: number) {
    this.#learning = learning;
    this.#hidden = hidden;
    this.#chunk = chunk;
    this.#scale = f32(1 / f32(Math.sqrt(hidden)));
    const square = () => new ReferenceMatrix(learning, hidden, hidden, this.#scale);
    const layer = () => new ReferenceLayer(learning, hidden, hidden, this.#scale);
    this.layers = Array.from({ length: layers }, () => ({
      query: square(),
      key: square(),
      value: square(),
      join: square(),
      bias: new ReferenceMatrix(learning, 1, chunk, 0),
      inner: layer(),
      outer: layer(),
    }));
  }

  get matrices(): ReferenceMatrix[] {
    return this.layers.flatMap(({ query, key, value, join, bias, inner, outer }) => [
      ...[query, key, value, join, bias],
      ...[inner, outer].flatMap((layer) => [layer.matrix, layer.bias]),
    ]);
  }

  /** States of all layers after the step, and where their errors go. */
  forward(slot: Slot): { readonly states: readonly Vector[]; readonly errors: readonly Vector[] } {
    const layers: LayerStep[] = [];
    this.#steps.push({ slot, layers });
    for (let index = 0; index < this.layers.length; index++) {
      layers.push(this.#advance(index, index === 0 ? slot.input : layers[index - 1].state));
    }
    return { states: layers.map(({ state }) => state), errors: layers.map(({ error }) => error) };
  }

  /** The layer's steps that are seen, this one excluded, the last first. */
  #past(index: number, step: number): LayerStep[] {
    const all = [...this.#before, ...this.#steps.slice(0, step)];
    const seen = all.slice(Math.max(0, all.length - this.#chunk + 1));
    return seen.map(({ layers }) => layers[index]).reverse();
  }

  #advance(index: number, input: Vector): LayerStep {
    const { round, vector } = this.#learning.arithmetic;
    const { query, key, value, join, bias, inner, outer } = this.layers[index];
    const zeros = () => vector(this.#hidden);
    const projected = (matrix: ReferenceMatrix) => {
      const output = zeros();
      matrix.forward(input, output);
      return output;
    };
    const own = { query: projected(query), key: projected(key), value: projected(value) };
    const seen = [own, ...this.#past(index, this.#steps.length - 1)];
    const scores = vector(seen.length);
    seen.forEach((step, i) => {
      const similarity = dot(this.#learning.arithmetic, own.query, step.key);
      scores[i] = round(round(similarity * this.#scale) + bias.weights[i]);
    });
    const weights = softmax(this.#learning.arithmetic, scores);
    const attended = zeros();
    seen.forEach((step, i) => addScaled(this.#learning.arithmetic, attended, step.value, weights[i]));
    const middle = input.slice();
    join.forward(attended, middle);
    const opened = inner.forward(middle).map((x) => Math.max(x, 0));
    const state = outer.forward(opened).map((x, i) => round(x + middle[i]));
    const errors = { error: zeros(), queryError: zeros(), keyError: zeros(), valueError: zeros() };
    const inside = { middleError: zeros(), openedError: zeros(), weightErrors: vector(this.#chunk) };
    return { input, ...own, weights, attended, middle, opened, state, ...errors, ...inside };
  }

  /** Takes the errors of states to the inputs; what it returns makes all learn, and begins a chunk. */
  backward(): () => void {
    for (let at = this.#steps.length - 1; at >= 0; at--) {
      const { slot, layers } = this.#steps[at];
      for (let index = layers.length - 1; index >= 0; index--) {
        this.#backward(index, at, index === 0 ? slot.inputError : layers[index - 1].error);
      }
    }
    return () => {
      this.layers.forEach((layer, index) => {
        const steps = this.#steps.map(({ layers }) => layers[index]);
        const of = (name: keyof LayerStep) => steps.map((step) => step[name]);
        layer.query.learn(of("input"), of("queryError"));
        layer.key.learn(of("input"), of("keyError"));
        layer.value.learn(of("input"), of("valueError"));
        layer.join.learn(of("attended"), of("middleError"));
        layer.bias.learn(
          steps.map(() => Float32Array.of(1)),
          of("weightErrors"),
        );
        layer.inner.learn(of("middle"), of("openedError"));
        layer.outer.learn(of("opened"), of("error"));
      });
      this.#before = this.#steps;
      this.#steps = [];
    };
  }

  #backward(index: number, at: number, inputError: Vector): void {
    const { arithmetic } = this.#learning;
    const { round, vector } = arithmetic;
    const { query, key, value, join, inner, outer } = this.layers[index];
    const step = this.#steps[at].layers[index];
    step.middleError.set(step.error);
    outer.matrix.backward(step.error, step.openedError);
    step.opened.forEach((x, i) => {
      if (x <= 0) step.openedError[i] = 0;
    });
    inner.matrix.backward(step.openedError, step.middleError);
    const attendedError = vector(this.#hidden);
    join.backward(step.middleError, attendedError);
    const seen = [step, ...this.#past(index, at)];
    const slopes = seen.map((other) => dot(arithmetic, attendedError, other.value));
    const mean = slopes.reduce((sum, slope, i) => round(sum + round(step.weights[i] * slope)), 0);
    seen.forEach((other, i) => {
      const error = round(step.weights[i] * round(slopes[i] - mean));
      step.weightErrors[i] = error;
      const scaled = round(error * this.#scale);
      addScaled(arithmetic, step.queryError, other.key, scaled);
      // What came before the chunk is not learnt from.
      if (i > at) return;
      addScaled(arithmetic, other.keyError, step.query, scaled);
      addScaled(arithmetic, other.valueError, attendedError, step.weights[i]);
    });
    for (let i = 0; i < inputError.length; i++) inputError[i] += step.middleError[i];
    query.backward(step.queryError, inputError);
    key.backward(step.keyError, inputError);
    value.backward(step.valueError, inputError);
  }
}

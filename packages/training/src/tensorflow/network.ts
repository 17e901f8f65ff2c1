/** The supporter model of @pith/predictors in operations of TensorFlow.js: forward, and its loss. */
import type { NeuralShape } from "@pith/predictors";
import type * as TensorFlow from "@tensorflow/tfjs-core";
import type { Tensor2D, Variable } from "@tensorflow/tfjs-core";

/** A matrix of weights by its name, as `neuralMatrices` names them. */
export type Weights = ReadonlyMap<string, Variable>;

/**
 * What a layer carries from one chunk to the next. A recurrent one: its state and, if it is long short-term memory, its
 * memory, [1][unit] each. An attentive one: the keys and the values of the chunk's steps, [step][unit].
 */
export interface LayerState {
  readonly state: Tensor2D;
  readonly memory: Tensor2D;
}

/** A run of symbols, and what was before each: `recent[position][step]`, the last symbol at position 0. */
export interface Chunk {
  readonly symbols: readonly number[];
  readonly recent: readonly (readonly number[])[];
}

export class TensorFlowNetwork {
  readonly #tf: typeof TensorFlow;
  readonly #shape: NeuralShape;
  readonly #weights: Weights;

  constructor(tf: typeof TensorFlow, shape: NeuralShape, weights: Weights) {
    this.#tf = tf;
    this.#shape = shape;
    this.#weights = weights;
  }

  /** The states before a stream. The caller disposes of them. */
  initialStates(): LayerState[] {
    const { architecture, layers, hidden } = this.#shape;
    const count = architecture === "none" || architecture === "residual" ? 0 : layers;
    const steps = architecture === "transformer" ? 0 : 1;
    const zeros = (): Tensor2D => this.#tf.zeros([steps, hidden]);
    return Array.from({ length: count }, () => ({ state: zeros(), memory: zeros() }));
  }

  /** Cost of the chunk's symbols, in nats, and the states after it. */
  loss(chunk: Chunk, before: readonly LayerState[]): { loss: TensorFlow.Scalar; after: LayerState[] } {
    const tf = this.#tf;
    const { logits, after } = this.#forward(chunk.recent, before);
    const targets = this.#oneHot(chunk.symbols);
    return { loss: tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), targets))), after };
  }

  #forward(recent: Chunk["recent"], before: readonly LayerState[]): { logits: Tensor2D; after: LayerState[] } {
    const tf = this.#tf;
    const embedded = recent.map((symbols, i) =>
      // One-hot, since gather has no gradient on the wasm backend.
      this.#product(this.#oneHot(symbols), `embedding ${i}`),
    );
    const input = embedded.reduce((sum, part) => tf.add(sum, part));
    const parts = new Map<string, Tensor2D>();
    parts.set("linear", this.#layer(input, "linear"));
    parts.set("dense", tf.tanh(this.#layer(tf.tanh(this.#layer(input, "dense 0")), "dense 1")));
    if (this.#shape.architecture === "residual") {
      const block = (x: Tensor2D, i: number): Tensor2D =>
        tf.add(this.#layer(tf.relu(this.#layer(x, `residual ${i} inner`)), `residual ${i} outer`), x);
      parts.set("residual", block(block(input, 0), 1));
    }
    const after: LayerState[] = [];
    let below = input;
    before.forEach((state, i) => {
      const name = `layer ${i}`;
      const run =
        this.#shape.architecture === "transformer"
          ? this.#attentive(below, name, state)
          : this.#recurrent(below, name, state);
      parts.set(name, run.states);
      after.push(run.after);
      below = run.states;
    });
    const products = Array.from(parts, ([name, part]) => this.#product(part, `output of ${name}`));
    return { logits: products.reduce((sum, part) => tf.add(sum, part), this.#variable("output bias")), after };
  }

  #recurrent(input: Tensor2D, name: string, before: LayerState): { states: Tensor2D; after: LayerState } {
    const tf = this.#tf;
    const { architecture, hidden } = this.#shape;
    const kind = architecture as keyof typeof GATES;
    const gates = GATES[kind].map((gate) => this.#layer(input, `${name} ${gate}`));
    const states: Tensor2D[] = [];
    let { state, memory } = before;
    for (let step = 0; step < input.shape[0]; step++) {
      const own = gates.map((gate) => tf.slice(gate, [step, 0], [1, hidden]));
      const carried = GATES[kind].map((gate) => this.#product(state, `${name} ${gate} recurrent`));
      if (kind === "rnn") state = tf.tanh(tf.add(own[0], carried[0]));
      else if (kind === "lstm") {
        const [forget, output] = [0, 1].map((i) => tf.sigmoid(tf.add(own[i], carried[i])));
        const candidate = tf.tanh(tf.add(own[2], carried[2]));
        memory = tf.add(candidate, tf.mul(forget, tf.sub(memory, candidate)));
        state = tf.mul(output, tf.tanh(memory));
      } else {
        const [reset, update] = [0, 1].map((i) => tf.sigmoid(tf.add(own[i], carried[i])));
        const candidate = tf.tanh(tf.add(own[2], tf.mul(reset, carried[2])));
        state = tf.add(candidate, tf.mul(update, tf.sub(state, candidate)));
      }
      states.push(state);
    }
    return { states: tf.concat<Tensor2D>(states, 0), after: { state, memory } };
  }

  #attentive(input: Tensor2D, name: string, before: LayerState): { states: Tensor2D; after: LayerState } {
    const tf = this.#tf;
    const { hidden, chunk } = this.#shape;
    const [queries, keys, values] = ["query", "key", "value"].map((part) => this.#product(input, `${name} ${part}`));
    const [steps, seen] = [input.shape[0], before.state.shape[0]];
    const allKeys = seen === 0 ? keys : tf.concat<Tensor2D>([before.state, keys], 0);
    const allValues = seen === 0 ? values : tf.concat<Tensor2D>([before.memory, values], 0);
    const farthestFirst = tf.reverse(this.#variable(`${name} distance bias`), 1);
    const attended: Tensor2D[] = [];
    for (let step = 0; step < steps; step++) {
      const end = seen + step + 1;
      const visible = Math.min(chunk, end);
      const range = [end - visible, 0] as const;
      const size = [visible, hidden] as const;
      const query = tf.slice(queries, [step, 0], [1, hidden]);
      const similarity = tf.matMul(query, tf.slice(allKeys, [...range], [...size]), false, true);
      const bias = tf.slice(farthestFirst, [0, chunk - visible], [1, visible]);
      const weights = tf.softmax(tf.add(tf.div(similarity, Math.sqrt(hidden)), bias));
      attended.push(tf.matMul(weights, tf.slice(allValues, [...range], [...size])));
    }
    const joined = this.#product(tf.concat<Tensor2D>(attended, 0), `${name} join`);
    const middle = tf.add<Tensor2D>(input, joined);
    const inner = tf.relu(this.#layer(middle, `${name} inner`));
    const states = tf.add<Tensor2D>(this.#layer(inner, `${name} outer`), middle);
    return { states, after: { state: keys, memory: values } };
  }

  #oneHot(symbols: readonly number[]): Tensor2D {
    const tf = this.#tf;
    const indices = tf.tensor1d([...symbols], "int32");
    return tf.cast(tf.oneHot(indices, this.#shape.alphabetSize) as Tensor2D, "float32");
  }

  #variable(name: string): Tensor2D {
    return this.#weights.get(name) as unknown as Tensor2D;
  }

  #product(input: Tensor2D, name: string): Tensor2D {
    return this.#tf.matMul(input, this.#variable(name));
  }

  #layer(input: Tensor2D, name: string): Tensor2D {
    return this.#tf.add(this.#product(input, name), this.#variable(`${name} bias`));
  }
}

/** Gates of the recurrent architectures, in the order of their weights. */
const GATES = {
  rnn: ["state"],
  lstm: ["forget", "output", "candidate"],
  gru: ["reset", "update", "candidate"],
} as const;

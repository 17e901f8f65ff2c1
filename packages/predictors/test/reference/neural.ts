/** The supporter model, slow and plain: what `kernel/neural` does, without padding, or the same in exact arithmetic. */
import type { NeuralArchitecture } from "../../src/neural-options.ts";
import { SINGLE, type Arithmetic, type Vector } from "./neural-arithmetic.ts";
import { ReferenceAttention } from "./neural-attention.ts";
import { ReferenceContexts } from "./neural-contexts.ts";
import { ReferenceFeedforward, type Slot } from "./neural-feedforward.ts";
import { Learning, ReferenceMatrix } from "./neural-parameters.ts";
import { ReferenceRecurrent } from "./neural-recurrent.ts";
import { softmax } from "./neural-vectors.ts";
import { f32 } from "./numbers.ts";

const TOTAL = 2 ** 22;

export interface NeuralDescription {
  readonly alphabetSize: number;
  readonly architecture: NeuralArchitecture;
  readonly layers: number;
  readonly hidden: number;
  readonly context: number;
  readonly chunk: number;
  readonly orders: number;
  readonly tableBits: number;
  readonly rate: number;
  readonly leastRate: number;
  readonly decay: number;
}

interface Step {
  readonly slot: Slot;
  readonly states: readonly Vector[];
  readonly stateErrors: readonly Vector[];
  /** Probabilities, then probability − 1 where the symbol came. */
  readonly error: Vector;
}

export class NeuralReference {
  readonly #description: NeuralDescription;
  readonly #arithmetic: Arithmetic;
  readonly #learning: Learning;
  readonly #feedforward: ReferenceFeedforward;
  readonly #sequence: ReferenceRecurrent | ReferenceAttention | undefined;
  readonly #fromFeatures: readonly ReferenceMatrix[];
  readonly #bias: ReferenceMatrix;
  readonly #fromStates: readonly ReferenceMatrix[];
  readonly #contexts: ReferenceContexts;
  #slotLogits = new Map<Slot, Vector>();
  #steps: Step[] = [];
  #recent: number[];

  constructor(description: NeuralDescription, arithmetic: Arithmetic = SINGLE) {
    const { alphabetSize, architecture, layers, hidden, context, rate, leastRate, decay } = description;
    this.#description = description;
    this.#arithmetic = arithmetic;
    this.#learning = new Learning(arithmetic, rate, leastRate, decay);
    const residual = architecture === "residual";
    this.#feedforward = new ReferenceFeedforward(this.#learning, { alphabetSize, hidden, context, residual });
    if (architecture === "transformer") {
      this.#sequence = new ReferenceAttention(this.#learning, layers, hidden, description.chunk);
    } else if (architecture !== "none" && !residual) {
      this.#sequence = new ReferenceRecurrent(this.#learning, architecture, layers, hidden);
    }
    const networks = residual ? 3 : 2;
    const states = this.#sequence === undefined ? 0 : layers;
    const scale = f32(1 / f32(Math.sqrt((networks + states) * hidden)));
    const matrices = (count: number) =>
      Array.from({ length: count }, () => new ReferenceMatrix(this.#learning, hidden, alphabetSize, scale));
    this.#fromFeatures = matrices(networks);
    this.#bias = new ReferenceMatrix(this.#learning, 1, alphabetSize, 0);
    this.#fromStates = matrices(states);
    this.#contexts = new ReferenceContexts(arithmetic, alphabetSize, description.orders, description.tableBits);
    this.#recent = new Array<number>(context).fill(0);
  }

  /** All that learns, but for the sparse inputs, in the order in which weights are told. */
  get matrices(): ReferenceMatrix[] {
    const own = [this.#bias, ...this.#fromFeatures, ...this.#fromStates];
    return [...this.#feedforward.matrices, ...(this.#sequence?.matrices ?? []), ...own];
  }

  /** Probabilities of the next symbol, which sum to 1. Once a symbol. */
  predict(): Vector {
    const { slot, isNew } = this.#feedforward.slotOf(this.#recent);
    if (isNew) {
      const logits = this.#bias.weights.slice();
      this.#fromFeatures.forEach((matrix, network) => matrix.forward(slot.features[network], logits));
      this.#slotLogits.set(slot, logits);
      if (this.#sequence instanceof ReferenceRecurrent) this.#sequence.prepare(slot);
    }
    const { states, errors } = this.#sequence?.forward(slot) ?? { states: [], errors: [] };
    const logits = this.#slotLogits.get(slot)!.slice();
    this.#fromStates.forEach((matrix, layer) => matrix.forward(states[layer], logits));
    this.#contexts.forward(logits);
    const probabilities = softmax(this.#arithmetic, logits);
    this.#steps.push({ slot, states, stateErrors: errors, error: probabilities.slice() });
    return probabilities;
  }

  /** The probabilities as the contract's integers. */
  static toShares(probabilities: Vector): Uint32Array {
    const scale = f32((TOTAL - probabilities.length) * f32(1 - 1 / 16384));
    const shares = Uint32Array.from(probabilities, (p) => 1 + Math.trunc(f32(p * scale)));
    const left = TOTAL - shares.reduce((sum, share) => sum + share);
    shares[shares.indexOf(Math.max(...shares))] += left;
    return shares;
  }

  /** Learns the symbol that came; once a chunk is full, all of it. */
  learn(symbol: number): void {
    const { error } = this.#steps[this.#steps.length - 1];
    error[symbol] -= 1;
    this.#contexts.learn(error, symbol);
    this.#recent = [symbol, ...this.#recent.slice(0, -1)];
    if (this.#steps.length === this.#description.chunk) this.#learnChunk();
  }

  #learnChunk(): void {
    const sums = new Map<Slot, Vector>();
    for (const { slot, stateErrors, error } of this.#steps) {
      const sum = sums.get(slot);
      if (sum === undefined) sums.set(slot, error.slice());
      else for (let i = 0; i < sum.length; i++) sum[i] += error[i];
      this.#fromStates.forEach((matrix, layer) => matrix.backward(error, stateErrors[layer]));
    }
    for (const [slot, error] of sums) {
      this.#fromFeatures.forEach((matrix, network) => matrix.backward(error, slot.featureErrors[network]));
    }
    const learnSequence = this.#sequence?.backward();
    const learnFeedforward = this.#feedforward.backward();
    this.#learning.startStep();
    const slots = Array.from(sums.keys());
    const slotErrors = Array.from(sums.values());
    this.#fromFeatures.forEach((matrix, network) => {
      matrix.learn(
        slots.map(({ features }) => features[network]),
        slotErrors,
      );
    });
    this.#bias.learn(
      slots.map(() => Float32Array.of(1)),
      slotErrors,
    );
    this.#fromStates.forEach((matrix, layer) => {
      matrix.learn(
        this.#steps.map(({ states }) => states[layer]),
        this.#steps.map(({ error }) => error),
      );
    });
    learnSequence?.();
    learnFeedforward();
    this.#slotLogits = new Map();
    this.#steps = [];
  }
}

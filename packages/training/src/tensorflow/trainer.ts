/** Training by TensorFlow.js: the same network and steps as those of `createNeuralTrainer`, computed by somebody else. */
import {
  createNeuralTrainer,
  neuralMatrices,
  readNeuralState,
  writeNeuralState,
  type NeuralProgress,
  type NeuralState,
  type NeuralTrainer,
  type NeuralTrainerOptions,
} from "@pith/predictors";
import type { Tensor2D, Variable } from "@tensorflow/tfjs-core";
import type { Symbols } from "../pieces.ts";
import { chooseBackend, type ChosenBackend, type TensorFlowBackend } from "./backend.ts";
import { TensorFlowNetwork, type Chunk, type LayerState } from "./network.ts";

// Adam, as in `kernel/neural/parameters.ts` of @pith/predictors.
const MOMENTUM = Math.fround(0.9);
const SQUARES_DECAY = Math.fround(0.999);
const EPSILON = 1e-8;

export interface TensorFlowTrainerOptions extends NeuralTrainerOptions {
  /** Default: the fastest that is there. */
  readonly backend?: TensorFlowBackend | undefined;
}

/** A trainer, and what computes for it. */
export interface TensorFlowTraining extends Pick<ChosenBackend, "reason"> {
  readonly trainer: NeuralTrainer;
  readonly backend: TensorFlowBackend;
}

interface Parameter {
  readonly weights: Variable;
  readonly momenta: Variable;
  readonly squares: Variable;
}

/**
 * Trains by TensorFlow.js, from the weights that `createNeuralTrainer` starts from, in the same steps. What is saved goes
 * on with either. Its floats differ from ours in their last bits, and from one backend to another, so that its weights
 * do too.
 *
 * @throws RangeError for options out of range; Error if there is no backend
 * @example
 * const { trainer, backend, reason } = await createTensorFlowTrainer({ alphabetSize: 256, architecture: "rnn" });
 * await trainNetwork({ trainer, symbols, epochs: 40 });
 */
export async function createTensorFlowTrainer(options: TensorFlowTrainerOptions): Promise<TensorFlowTraining> {
  const { backend: wanted, ...own } = options;
  const start = createNeuralTrainer(own);
  const { shape } = start;
  const { rate: fastest = 0.001, decay = 0.9999 } = own;
  const slowest = Math.fround(own.leastRate ?? Math.min(fastest, 0.00005));
  const { tf, name: backend, reason } = await chooseBackend(wanted === undefined ? undefined : [wanted]);

  const matrices = neuralMatrices(shape);
  const parameters = new Map<string, Parameter>();
  const state = readNeuralState(shape, start.save());
  let { rate, momentumLeft, squaresLeft } = state;
  for (const { name, rows, columns } of matrices) {
    const variable = (): Variable => tf.variable(tf.zeros([rows, columns]));
    parameters.set(name, { weights: variable(), momenta: variable(), squares: variable() });
  }
  assign(state);
  const weights = new Map(Array.from(parameters, ([name, parameter]) => [name, parameter.weights]));
  const network = new TensorFlowNetwork(tf, shape, weights);

  function assign(from: NeuralState): void {
    for (const plane of ["weights", "momenta", "squares"] as const) {
      let at = 0;
      for (const { name, rows, columns } of matrices) {
        const numbers = from[plane].slice(at, at + rows * columns);
        tf.tidy(() => parameters.get(name)?.[plane].assign(tf.tensor2d(numbers, [rows, columns])));
        at += rows * columns;
      }
    }
  }

  function tell(plane: keyof Parameter): Float32Array {
    const numbers = new Float32Array(matrices.reduce((sum, { rows, columns }) => sum + rows * columns, 0));
    let at = 0;
    for (const { name, rows, columns } of matrices) {
      numbers.set(parameters.get(name)?.[plane].dataSync<"float32">() ?? [], at);
      at += rows * columns;
    }
    return numbers;
  }

  /** A step of Adam with the gradients of a chunk. */
  function learn(gradients: Readonly<Record<string, Tensor2D>>): void {
    momentumLeft = Math.fround(momentumLeft * MOMENTUM);
    squaresLeft = Math.fround(squaresLeft * SQUARES_DECAY);
    const stepRate = (rate * Math.sqrt(1 - squaresLeft)) / (1 - momentumLeft);
    rate = Math.max(slowest, Math.fround(rate * Math.fround(decay)));
    for (const parameter of parameters.values()) {
      const gradient = gradients[parameter.weights.name];
      tf.tidy(() => {
        const { momenta, squares, weights: own } = parameter;
        momenta.assign(tf.add(momenta, tf.mul(1 - MOMENTUM, tf.sub(gradient, momenta))));
        squares.assign(tf.add(squares, tf.mul(1 - SQUARES_DECAY, tf.sub(tf.square(gradient), squares))));
        own.assign(tf.sub(own, tf.div(tf.mul(stepRate, momenta), tf.add(tf.sqrt(squares), EPSILON))));
      });
    }
  }

  /** Cost of a chunk in nats. The states become those after it. */
  function run(chunk: Chunk, states: LayerState[], learns: boolean): number {
    let after: LayerState[] = [];
    const loss = () => {
      const result = network.loss(chunk, states);
      after = result.after.map(({ state: last, memory }) => ({
        state: tf.keep(tf.clone(last)),
        memory: tf.keep(tf.clone(memory)),
      }));
      return result.loss;
    };
    const cost = tf.tidy(() => {
      if (!learns) return loss().dataSync<"float32">()[0];
      const { value, grads } = tf.variableGrads(loss, Array.from(weights.values()));
      learn(grads as Record<string, Tensor2D>);
      return value.dataSync<"float32">()[0];
    });
    states.forEach((old) => tf.dispose([old.state, old.memory]));
    states.splice(0, states.length, ...after);
    return cost;
  }

  function* runAll(symbols: Symbols, learns: boolean): Generator<NeuralProgress, number> {
    const bad = symbols.findIndex((symbol) => symbol >= shape.alphabetSize);
    if (bad >= 0) {
      throw new RangeError(`symbols[${bad}]: expected 0 to ${shape.alphabetSize - 1}, got ${symbols[bad]}`);
    }
    const total = symbols.length;
    const states = network.initialStates();
    let bits = 0;
    try {
      for (let at = 0; at < total; at += shape.chunk) {
        const steps = Math.min(shape.chunk, total - at);
        const range = Array.from({ length: steps }, (_, i) => at + i);
        const recent = Array.from({ length: shape.context }, (_, i) => range.map((step) => symbols[step - 1 - i] ?? 0));
        bits += run({ symbols: range.map((step) => symbols[step]), recent }, states, learns) / Math.LN2;
        const [done, loss] = [at + steps, bits / (at + steps)];
        if (!Number.isFinite(loss)) {
          throw new RangeError(`rate: expected one at which the loss stays a number, got ${fastest}: it is ${loss}`);
        }
        yield { done, total, loss };
      }
    } finally {
      for (const { state: last, memory } of states) tf.dispose([last, memory]);
    }
    return total === 0 ? 0 : bits / total;
  }

  const trainer: NeuralTrainer = {
    shape,
    train: (symbols) => runAll(symbols, true),
    evaluate: (symbols) => runAll(symbols, false),
    weights: () => tell("weights"),
    save: () =>
      writeNeuralState(shape, {
        rate,
        momentumLeft,
        squaresLeft,
        weights: tell("weights"),
        momenta: tell("momenta"),
        squares: tell("squares"),
      }),
    restore(saved) {
      const restored = readNeuralState(shape, saved);
      ({ rate, momentumLeft, squaresLeft } = restored);
      assign(restored);
    },
  };
  return { trainer, backend, reason };
}

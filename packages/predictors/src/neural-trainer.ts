/** Trains a network outside of any stream, over and over on the same symbols. */
import { PLANES, startNeuralKernel } from "./neural-kernel.ts";
import {
  neuralLearning,
  neuralShape,
  type NeuralLearningOptions,
  type NeuralShape,
  type NeuralShapeOptions,
} from "./neural-options.ts";
import { readNeuralState, writeNeuralState } from "./neural-state.ts";

/** Rate, and the powers of Adam's decays. */
const SCALARS = 3;
/** Symbols that the kernel takes at a time, at most; and what these times the weights may come to: well below a second. */
const LARGEST_BATCH = 4096;
const BATCH_WORK = 2 ** 28;

export interface NeuralTrainerOptions extends NeuralShapeOptions, NeuralLearningOptions {
  /** Weights to start from. Default: small random ones, always the same. */
  readonly weights?: Float32Array | undefined;
}

/** How far an epoch is. */
export interface NeuralProgress {
  /** Symbols so far, and all of them. */
  readonly done: number;
  readonly total: number;
  /** Mean cost of those so far, in bits a symbol. */
  readonly loss: number;
}

/** A network in training. */
export interface NeuralTrainer {
  readonly shape: NeuralShape;
  /**
   * Learns a run of symbols from the first to the last, `chunk` at a time, as a stream of their own: what came before
   * them is forgotten, not what was learnt. Yields now and then; returns the mean cost in bits a symbol, each before it
   * was learnt, 0 for no symbols.
   *
   * @throws RangeError for symbols that are not in the alphabet, and if the loss is no number any more
   */
  train(symbols: Uint8Array | Uint16Array): Generator<NeuralProgress, number>;
  /** The same, but nothing is learnt. */
  evaluate(symbols: Uint8Array | Uint16Array): Generator<NeuralProgress, number>;
  /** A copy of the weights, in the order of `neuralMatrices`. */
  weights(): Float32Array;
  /** All that training goes on from, as `readNeuralState` reads it. */
  save(): Uint8Array<ArrayBuffer>;
  /**
   * Goes on from what a trainer of the same shape saved, to the bit.
   *
   * @throws PithError `truncated`, `trailing-data`, `unsupported-version` or `invalid-field` for other bytes
   */
  restore(saved: Uint8Array): void;
}

/**
 * Starts to train a network. The same options and symbols give the same weights on every machine.
 *
 * @throws RangeError for options out of range, or weights of another network
 * @example
 * const trainer = createNeuralTrainer({ alphabetSize: 256, architecture: "rnn", chunk: 64, rate: 0.003 });
 * for (let epoch = 0; epoch < 40; epoch++) for (const { loss } of trainer.train(bytes)) console.log(loss);
 * createNeuralPredictor({ ...trainer.shape, weights: trainer.weights(), learns: false });
 */
export function createNeuralTrainer(options: NeuralTrainerOptions): NeuralTrainer {
  const shape = neuralShape(options);
  const { rate } = neuralLearning(options);
  const { leastRate, decay, weights: initial } = options;
  const kernel = startNeuralKernel({ ...shape, rate, leastRate, decay, weights: initial });
  const count = kernel.countParameters();
  const batchLength = Math.max(1, Math.min(LARGEST_BATCH, Math.floor(BATCH_WORK / count)));
  const batch = kernel.reserve(2 * batchLength);
  const exchange = kernel.reserve(4 * Math.max(count, SCALARS));

  const tell = (plane: number): Float32Array => {
    kernel.exportParameters(plane, exchange);
    return new Float32Array(kernel.memory.buffer, exchange, count);
  };

  function* run(symbols: Uint8Array | Uint16Array, learns: boolean): Generator<NeuralProgress, number> {
    const bad = symbols.findIndex((symbol) => symbol >= shape.alphabetSize);
    if (bad >= 0) {
      throw new RangeError(`symbols[${bad}]: expected 0 to ${shape.alphabetSize - 1}, got ${symbols[bad]}`);
    }
    kernel.setLearning(learns);
    kernel.startAgain();
    const total = symbols.length;
    let bits = 0;
    for (let done = 0; done < total;) {
      const part = symbols.subarray(done, done + batchLength);
      new Uint16Array(kernel.memory.buffer, batch, part.length).set(part);
      bits += kernel.learnSymbols(batch, part.length);
      done += part.length;
      const loss = bits / done;
      if (!Number.isFinite(loss)) {
        throw new RangeError(`rate: expected one at which the loss stays a number, got ${rate}: it is ${loss}`);
      }
      yield { done, total, loss };
    }
    kernel.endStream();
    return total === 0 ? 0 : bits / total;
  }

  return {
    shape,
    train: (symbols) => run(symbols, true),
    evaluate: (symbols) => run(symbols, false),
    weights: () => tell(PLANES.weights).slice(),
    save() {
      kernel.storeLearning(exchange);
      const [rateNow, momentumLeft, squaresLeft] = new Float32Array(kernel.memory.buffer, exchange, SCALARS);
      return writeNeuralState(shape, {
        rate: rateNow,
        momentumLeft,
        squaresLeft,
        weights: tell(PLANES.weights).slice(),
        momenta: tell(PLANES.momenta).slice(),
        squares: tell(PLANES.squares).slice(),
      });
    },
    restore(saved) {
      const state = readNeuralState(shape, saved);
      const take = (numbers: ArrayLike<number>): void => {
        new Float32Array(kernel.memory.buffer, exchange, numbers.length).set(numbers);
      };
      take([state.rate, state.momentumLeft, state.squaresLeft]);
      kernel.loadLearning(exchange);
      for (const [name, plane] of Object.entries(PLANES) as [keyof typeof PLANES, number][]) {
        take(state[name]);
        kernel.importParameters(plane, exchange);
      }
    },
  };
}

/** Training: epochs over symbols in another order each time, with what is held back to see when to stop. */
import { checkInteger, PithError } from "@pith/core";
import type { NeuralProgress, NeuralTrainer } from "@pith/predictors";
import { readCheckpoint, writeCheckpoint, type Epoch, type Position } from "./checkpoint.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { countSymbols, cutPieces, shuffledOrder, type Symbols } from "./pieces.ts";

/** The event loop has its turn, and progress is told, after so many milliseconds. */
const TURN = 50;
/** Of a training, and of the patience with one that learns nothing more. */
const MOST_EPOCHS = 10_000;

export interface TrainingOptions {
  /** From `createNeuralTrainer` of @pith/predictors or from `createTensorFlowTrainer`; in any state. */
  readonly trainer: NeuralTrainer;
  /** What to learn: at least one symbol, each below the trainer's alphabet. */
  readonly symbols: Symbols;
  /** How often to learn all of it, 1 to 10,000. Default 40. */
  readonly epochs?: number | undefined;
  /**
   * Share of the symbols that is not learnt: what is kept are the weights that predict it best. 0 to 0.5; default 0,
   * and those are kept by which the training symbols cost least.
   */
  readonly validation?: number | undefined;
  /** Training ends early after so many epochs without better weights, 1 to 10,000. Default: it does not. */
  readonly patience?: number | undefined;
  /** Order of the pieces, 0 to 2^32 − 1. Default 0. */
  readonly seed?: number | undefined;
  /** What `onCheckpoint` was given, to go on from there. */
  readonly resume?: Uint8Array | undefined;
  /** Given a checkpoint at the end of each epoch, and within one every `checkpointSeconds`. Awaited. */
  readonly onCheckpoint?: ((checkpoint: Uint8Array<ArrayBuffer>) => void | Promise<void>) | undefined;
  /** Default 60. */
  readonly checkpointSeconds?: number | undefined;
  /** Called now and then. */
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
  /** Called at the end of each epoch. */
  readonly onEpoch?: ((epoch: Epoch, number: number) => void) | undefined;
  /** Ends training; it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** How far a training is. */
export interface TrainingProgress {
  /** The present epoch, from 1 on, and how many there are to be. */
  readonly epoch: number;
  readonly epochs: number;
  /** Symbols learnt, and all that are to be, of all epochs. */
  readonly done: number;
  readonly total: number;
  /** Mean cost in the present epoch so far, in bits a symbol. */
  readonly loss: number;
  /** As fast as until now, and if patience does not end. */
  readonly secondsLeft: number;
}

/** What came of a training. */
export interface TrainingResult {
  /** The best. */
  readonly weights: Float32Array;
  /** After so many epochs they were there. */
  readonly bestEpoch: number;
  readonly epochs: readonly Epoch[];
  /** Whether all epochs were learnt, or patience ended. */
  readonly end: "epochs" | "patience";
}

/**
 * Trains a network. The same trainer, symbols and options give the same weights; so does a training that was interrupted
 * and resumed.
 *
 * @throws RangeError for options out of range, and once the loss is no number, which is said to be the rate's fault;
 *   PithError if `resume` is damaged, or from another training
 * @example
 * const trainer = createNeuralTrainer({ alphabetSize: 256, architecture: "rnn", hidden: 58, chunk: 128, rate: 0.01 });
 * const { weights } = await trainNetwork({ trainer, symbols: bytes, epochs: 40, validation: 0.1, patience: 5 });
 * const packed = packNeuralModel({ options: trainer.shape, weights });
 */
export async function trainNetwork(options: TrainingOptions): Promise<TrainingResult> {
  const { trainer, symbols, epochs: most = 40, validation = 0, patience = Infinity, seed = 0 } = options;
  const { onCheckpoint, checkpointSeconds = 60, signal } = options;
  checkInteger("epochs", most, 1, MOST_EPOCHS);
  check("validation", validation, validation >= 0 && validation <= 0.5, "a share from 0 to 0.5");
  if (patience !== Infinity) checkInteger("patience", patience, 1, MOST_EPOCHS);
  checkInteger("seed", seed, 0, 2 ** 32 - 1);
  check("symbols", symbols.length, symbols.length > 0, "at least one");
  const pieces = cutPieces(symbols, validation);
  const fingerprint = fingerprintOf(symbols, seed, pieces.training.length);
  const perEpoch = countSymbols(pieces.training);

  let epochs: Epoch[] = [];
  let [bits, first, bestEpoch] = [0, 0, 0];
  let bestWeights: Float32Array = new Float32Array(0);
  if (options.resume !== undefined) {
    const position = readCheckpoint(options.resume);
    if (position.fingerprint !== fingerprint || position.pieces > pieces.training.length) {
      const details = { expected: fingerprint, got: position.fingerprint };
      throw new PithError(
        "invalid-field",
        "the checkpoint is of a training on other symbols, or of another seed",
        details,
      );
    }
    checkBest(position, trainer.weights().length);
    trainer.restore(position.saved);
    epochs = [...position.epochs];
    [bits, first, bestEpoch] = [position.bits, position.pieces, position.bestEpoch];
    bestWeights = position.bestWeights;
  }

  const started = performance.now();
  let [turn, saved] = [started, started];
  /** Symbols since then. */
  let learnt = 0;
  const checkpoint = async (done: number): Promise<void> => {
    saved = performance.now();
    const position = { fingerprint, epochs, pieces: done, bits, bestEpoch, bestWeights, saved: trainer.save() };
    await onCheckpoint?.(writeCheckpoint(position));
  };
  /** Runs to the end, and lets others have their turn. */
  const drain = async (run: Generator<NeuralProgress, number>, told: (p: NeuralProgress) => void): Promise<number> => {
    for (;;) {
      const step = run.next();
      if (step.done === true) return step.value;
      if (performance.now() - turn < TURN) continue;
      told(step.value);
      await new Promise((resolve) => setTimeout(resolve));
      turn = performance.now();
      signal?.throwIfAborted();
    }
  };

  const worse = (): number => epochs.length - bestEpoch;
  signal?.throwIfAborted();
  while (epochs.length < most && worse() < patience) {
    const order = shuffledOrder(pieces.training.length, seed + epochs.length);
    let done = countSymbols(Array.from(order.subarray(0, first), (piece) => pieces.training[piece]));
    const tell = (cost: number, within: number): void => {
      const all = epochs.length * perEpoch + done + within;
      const speed = (learnt + within) / (performance.now() - started);
      options.onProgress?.({
        epoch: epochs.length + 1,
        epochs: most,
        done: all,
        total: most * perEpoch,
        loss: cost / (done + within),
        secondsLeft: (most * perEpoch - all) / speed / 1000,
      });
    };
    for (let i = first; i < order.length; i++) {
      const piece = pieces.training[order[i]];
      const loss = await drain(trainer.train(piece), (p) => tell(bits + p.loss * p.done, p.done));
      bits += loss * piece.length;
      done += piece.length;
      learnt += piece.length;
      const isDue = performance.now() - saved >= 1000 * checkpointSeconds;
      if (onCheckpoint !== undefined && i + 1 < order.length && isDue) await checkpoint(i + 1);
    }
    tell(bits, 0);
    const epoch: Epoch = { training: bits / perEpoch, validation: await validate() };
    if (bestEpoch === 0 || costOf(epoch) < costOf(epochs[bestEpoch - 1])) {
      bestEpoch = epochs.length + 1;
      bestWeights = trainer.weights();
    }
    epochs.push(epoch);
    [bits, first] = [0, 0];
    options.onEpoch?.(epoch, epochs.length);
    if (onCheckpoint !== undefined) await checkpoint(0);
  }
  return { weights: bestWeights, bestEpoch, epochs, end: epochs.length < most ? "patience" : "epochs" };

  async function validate(): Promise<number | undefined> {
    if (pieces.validation.length === 0) return undefined;
    let cost = 0;
    for (const piece of pieces.validation)
      cost += piece.length * (await drain(trainer.evaluate(piece), () => undefined));
    return cost / countSymbols(pieces.validation);
  }
}

function checkBest({ bestEpoch, bestWeights, epochs }: Position, count: number): void {
  if (bestEpoch > epochs.length) {
    const details = { expected: `at most ${epochs.length}`, got: bestEpoch };
    throw new PithError("invalid-field", "the checkpoint's best epoch has not been", details);
  }
  const expected = bestEpoch === 0 ? 0 : count;
  if (bestWeights.length !== expected || !bestWeights.every(Number.isFinite)) {
    const details = { expected: `${expected} numbers`, got: bestWeights.length };
    throw new PithError("invalid-field", "the checkpoint's weights are of another network", details);
  }
}

function costOf({ training, validation }: Epoch): number {
  return validation ?? training;
}

function check(name: string, value: number, isRight: boolean, expected: string): void {
  if (!isRight) throw new RangeError(`${name}: expected ${expected}, got ${value}`);
}

/** Options of the networks, what they default to, and what is allowed. */
import { checkInteger } from "@pith/core";

/** What stands beside the linear and the dense network, in the order of `kernel/neural/shape.ts`. */
export const NEURAL_ARCHITECTURES = ["none", "residual", "rnn", "lstm", "gru", "transformer"] as const;

/** One of {@link NEURAL_ARCHITECTURES}. */
export type NeuralArchitecture = (typeof NEURAL_ARCHITECTURES)[number];

const MOST_TABLE_BYTES = 2 ** 30;
const DEFAULT_TABLE_BYTES = 2 ** 28;
const MOST_TABLE_BITS = 22;

/** What a network is made of: it says which weights there are. */
export interface NeuralShapeOptions {
  /** Number of symbols, 2 to 2048. Time and memory follow it, in steps of 32. */
  readonly alphabetSize: number;
  /**
   * What stands beside the linear and the dense network: nothing, two residual blocks, recurrent layers (simple, long
   * short-term memory, gated), or self-attention over the last `chunk` symbols. Default "residual".
   */
  readonly architecture?: NeuralArchitecture | undefined;
  /** Layers of the recurrent or the attentive part, 1 to 8; the output sees all. The others have none. Default 1. */
  readonly layers?: number | undefined;
  /** Units of a layer, 1 to 512, in steps of 32 as far as time goes. Default 64. */
  readonly hidden?: number | undefined;
  /**
   * Recent symbols that the network sees directly, 1 to 16. With 1, what depends on the input alone is computed once for
   * each distinct symbol of a chunk. Default 1.
   */
  readonly context?: number | undefined;
  /**
   * Symbols that are learnt from at a time, 1 to 1024; errors go back through as many steps. Longer chunks are faster,
   * shorter ones learn sooner. Default 16.
   */
  readonly chunk?: number | undefined;
}

/** How a network learns. */
export interface NeuralLearningOptions {
  /** Adam's rate at the first step, above 0, 1 at most. Default 0.001. */
  readonly rate?: number | undefined;
  /** The rate below which it does not fall, 0 to `rate`. Default 0.00005, or `rate` if that is less. */
  readonly leastRate?: number | undefined;
  /** What the rate is multiplied by at each step, above 0, 1 at most. Default 0.9999. */
  readonly decay?: number | undefined;
}

export interface NeuralPredictorOptions extends NeuralShapeOptions, NeuralLearningOptions {
  /** Sparse inputs: the last 1, 2, … `orders` symbols, 0 to 8, each as one input of its own. Default 0. */
  readonly orders?: number | undefined;
  /**
   * Log2 of the rows that the sparse inputs share, 4 to 22; a row is of 16 bytes and 4 for each symbol, in steps of 32
   * symbols, the table at most 1 GiB. Default: as many as 256 MiB have room for, 20 at most.
   */
  readonly tableBits?: number | undefined;
  /**
   * Weights to start from, as {@link NeuralTrainer} or `unpackNeuralModel` gives them: as many as `countNeuralWeights`
   * says, all finite. Default: small random ones, always the same. The sparse inputs start from nothing.
   */
  readonly weights?: Float32Array | undefined;
  /** Whether the network learns from what comes. Without, there are no sparse inputs. Default true. */
  readonly learns?: boolean | undefined;
}

/** {@link NeuralShapeOptions} with nothing left to default. */
export interface NeuralShape {
  readonly alphabetSize: number;
  readonly architecture: NeuralArchitecture;
  readonly layers: number;
  readonly hidden: number;
  readonly context: number;
  readonly chunk: number;
}

/** A share in (0, 1] that is one as an f32 too. */
function checkShare(name: string, value: number): void {
  if (!(Math.fround(value) > 0 && value <= 1)) {
    throw new RangeError(`${name}: expected a number above 0, 1 at most, got ${value}`);
  }
}

/** The shape that options describe. @throws RangeError for options out of range */
export function neuralShape(options: NeuralShapeOptions): NeuralShape {
  const { alphabetSize, architecture = "residual", layers = 1, hidden = 64, context = 1, chunk = 16 } = options;
  checkInteger("alphabetSize", alphabetSize, 2, 2048);
  if (!NEURAL_ARCHITECTURES.includes(architecture)) {
    throw new RangeError(`architecture: expected one of ${NEURAL_ARCHITECTURES.join(", ")}, got ${architecture}`);
  }
  checkInteger("layers", layers, 1, 8);
  checkInteger("hidden", hidden, 1, 512);
  checkInteger("context", context, 1, 16);
  checkInteger("chunk", chunk, 1, 1024);
  return { alphabetSize, architecture, layers, hidden, context, chunk };
}

/** How a network learns, with nothing left to default. @throws RangeError for options out of range */
export function neuralLearning(options: NeuralLearningOptions): { rate: number; leastRate: number; decay: number } {
  const { rate = 0.001, leastRate = Math.min(rate, 0.00005), decay = 0.9999 } = options;
  checkShare("rate", rate);
  if (!(leastRate >= 0 && leastRate <= rate)) {
    throw new RangeError(`leastRate: expected a number from 0 to ${rate}, the rate, got ${leastRate}`);
  }
  checkShare("decay", decay);
  return { rate, leastRate, decay };
}

/** Sparse inputs, with nothing left to default. @throws RangeError for options out of range */
export function neuralContexts(options: NeuralPredictorOptions): { orders: number; tableBits: number } {
  const { alphabetSize, orders = 0, learns = true } = options;
  checkInteger("orders", orders, 0, 8);
  if (!learns && orders > 0) throw new RangeError(`orders: expected 0 in a network that does not learn, got ${orders}`);
  const rowBytes = 16 + 4 * 32 * Math.ceil(alphabetSize / 32);
  const { tableBits = Math.min(20, Math.floor(Math.log2(DEFAULT_TABLE_BYTES / rowBytes))) } = options;
  const mostBits = Math.min(MOST_TABLE_BITS, Math.floor(Math.log2(MOST_TABLE_BYTES / rowBytes)));
  checkInteger("tableBits", tableBits, 4, mostBits);
  return { orders, tableBits };
}

import { NEURAL_ARCHITECTURES, type NeuralArchitecture } from "@pith/predictors";

/** What a network is made of; `createNeuralPredictor` of `@pith/predictors` says what each size means. */
export interface NetworkShape {
  readonly architecture: NeuralArchitecture;
  /** 1 to 8; 1 where the architecture has none. */
  readonly layers: number;
  /** 1 to 512. */
  readonly hidden: number;
  /** 1 to 16. */
  readonly context: number;
  /** 1 to 1024. */
  readonly chunk: number;
  /** 0 to 8. */
  readonly orders: number;
  /** Log2 of the rows of the table of the orders, 4 to 22; 0 without orders. */
  readonly tableBits: number;
}

/** How a network learns while it codes. */
export interface LearningRates {
  /** At the first step, above 0, 1 at most. An f32, as are the others. */
  readonly rate: number;
  /** 0 to `rate`. */
  readonly leastRate: number;
  /** What the rate is multiplied by at each step, above 0, 1 at most. */
  readonly decay: number;
}

/** A network as it is before the first symbol. */
export interface Network {
  readonly shape: NetworkShape;
  /** Of its alphabet, 2 to 2048. */
  readonly symbols: number;
  /** How it learns, from nothing; or the weights that it has, and keeps. */
  readonly start: { readonly rates: LearningRates } | { readonly weights: Float32Array };
}

/** Where a block does not say otherwise. */
export const DEFAULT_RATES: LearningRates = {
  rate: Math.fround(0.003),
  leastRate: Math.fround(0.00005),
  decay: Math.fround(0.9999),
};

/** Most layers, units and so on that a network has. */
export const MOST_LAYERS = 8;
export const MOST_HIDDEN = 512;
export const MOST_CONTEXT = 16;
export const MOST_CHUNK = 1024;
export const MOST_ORDERS = 8;
export const LEAST_TABLE_BITS = 4;
export const MOST_TABLE_BITS = 22;
/** Symbols of a network's alphabet. */
export const LEAST_SYMBOLS = 2;
export const MOST_SYMBOLS = 2048;

/** Bytes of a row of the table of the orders. */
function rowBytes(symbols: number): number {
  return 16 + 4 * padded(symbols);
}

const MOST_TABLE_BYTES = 2 ** 30;

/** Log2 of the most rows that the table of the orders may have in `bytes`. */
export function tableBitsWithin(bytes: number, symbols: number): number {
  return Math.min(MOST_TABLE_BITS, Math.floor(Math.log2(Math.min(bytes, MOST_TABLE_BYTES) / rowBytes(symbols))));
}

/** Whether an architecture has layers that can be counted. */
export function hasLayers(architecture: NeuralArchitecture): boolean {
  return NEURAL_ARCHITECTURES.indexOf(architecture) >= NEURAL_ARCHITECTURES.indexOf("rnn");
}

/** Vectors are padded to multiples of 32. */
function padded(size: number): number {
  return 32 * Math.ceil(size / 32);
}

const GATES: Readonly<Record<NeuralArchitecture, number>> = {
  none: 0,
  residual: 0,
  rnn: 1,
  lstm: 3,
  gru: 3,
  transformer: 0,
};

/** Weights of a network for an alphabet of so many symbols, with the padding of their vectors; without the orders. */
export function paddedWeights(shape: NetworkShape, symbols: number): number {
  const { architecture, layers, context, chunk, hidden } = shape;
  const width = padded(hidden);
  const columns = padded(symbols);
  const layer = width * width + width;
  const vectors = (architecture === "residual" ? 3 : 2) + (hasLayers(architecture) ? layers : 0);
  return (
    context * symbols * width +
    (architecture === "residual" ? 7 : 3) * layer +
    layers * GATES[architecture] * (layer + width * width) +
    (architecture === "transformer" ? layers * (4 * width * width + padded(chunk) + 2 * layer) : 0) +
    vectors * width * columns +
    columns
  );
}

/** What is kept of a chunk's steps, in vectors of hidden units a step: at most, in any network, and more a layer. */
const VECTORS = 24;
const VECTORS_PER_LAYER = 20;
/** Code, static data, and what is lost between tables. */
const FIXED_MEMORY = 2 ** 19;

/** Bytes of the kernel's memory for a network, at most. */
export function networkMemory(shape: NetworkShape, symbols: number): number {
  const { layers, hidden, context, chunk, orders, tableBits } = shape;
  const width = padded(hidden);
  const units = (chunk + 1) * width * (VECTORS + VECTORS_PER_LAYER * layers);
  const attention = 2 * layers * chunk * padded(chunk);
  const logits = (3 * chunk + 1) * padded(symbols);
  const table = orders === 0 ? 0 : rowBytes(symbols) * 2 ** tableBits;
  // A weight comes with two means of its gradients, and once more where weights are brought.
  const weights = 4 * paddedWeights(shape, symbols);
  return FIXED_MEMORY + 4 * (weights + units + attention + logits + chunk * context + 2 * symbols) + table;
}

/**
 * Most weights times steps that a chunk may take, so that no network learns for longer than about a second before anyone
 * can stop it.
 */
export const MOST_CHUNK_WORK = 2 ** 31;

/** Weights times steps of a chunk. */
export function chunkWork(shape: NetworkShape, symbols: number): number {
  return paddedWeights(shape, symbols) * shape.chunk;
}

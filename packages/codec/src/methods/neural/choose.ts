import { defaultVocabularySize } from "@pith/tokenizer";
import { neuralMemory } from "./memory.ts";
import type { NeuralSettings } from "./options.ts";
import {
  chunkWork,
  hasLayers,
  LEAST_SYMBOLS,
  LEAST_TABLE_BITS,
  MOST_CHUNK_WORK,
  MOST_ORDERS,
  tableBitsWithin,
  type LearningRates,
  type NetworkShape,
} from "./network.ts";
import type { NeuralParameters, OwnParameters, Training } from "./parameters.ts";
import { DEFAULT_RATES } from "./network.ts";
import { staticFor } from "./static-networks.ts";

type LevelShape = Pick<NetworkShape, "architecture" | "hidden" | "chunk" | "orders"> & { readonly layers?: number };

const MIB = 2 ** 20;

/**
 * Of networks that learn while they code. Contexts are worth more than units are, and are cheaper. With the tables, a block
 * takes no more memory than the level says.
 */
const ADAPTIVE: readonly (LevelShape & { readonly tableBytes: number })[] = [
  { architecture: "none", hidden: 32, chunk: 64, orders: 3, tableBytes: 16 * MIB },
  { architecture: "none", hidden: 32, chunk: 64, orders: 4, tableBytes: 32 * MIB },
  { architecture: "none", hidden: 32, chunk: 64, orders: 5, tableBytes: 32 * MIB },
  { architecture: "none", hidden: 32, chunk: 64, orders: 6, tableBytes: 46 * MIB },
  { architecture: "rnn", hidden: 32, chunk: 64, orders: 6, tableBytes: 76 * MIB },
  { architecture: "gru", hidden: 32, chunk: 64, orders: 6, tableBytes: 108 * MIB },
  { architecture: "gru", hidden: 32, chunk: 32, orders: 6, tableBytes: 186 * MIB },
  { architecture: "gru", layers: 2, hidden: 32, chunk: 32, orders: 6, tableBytes: 186 * MIB },
  { architecture: "gru", layers: 2, hidden: 64, chunk: 32, orders: 6, tableBytes: 512 * MIB },
];

/** Of networks that are stored: more units cost more bytes than they save in a block of less than several megabytes. */
const STORED: readonly LevelShape[] = [
  { architecture: "rnn", hidden: 32, chunk: 64, orders: 0 },
  { architecture: "rnn", hidden: 32, chunk: 64, orders: 0 },
  { architecture: "rnn", hidden: 32, chunk: 64, orders: 0 },
  { architecture: "rnn", hidden: 32, chunk: 32, orders: 0 },
  { architecture: "gru", hidden: 32, chunk: 64, orders: 0 },
  { architecture: "gru", hidden: 32, chunk: 32, orders: 0 },
  { architecture: "gru", hidden: 32, chunk: 16, orders: 0 },
  { architecture: "gru", layers: 2, hidden: 32, chunk: 32, orders: 0 },
  { architecture: "gru", layers: 2, hidden: 32, chunk: 16, orders: 0 },
];

/**
 * Parameters for a block.
 *
 * @param level 1 (fast) to 9 (small)
 * @throws RangeError for options that do not go together
 */
export function chooseNeural(input: Uint8Array, level: number, options: NeuralSettings = {}): NeuralParameters {
  if (options.learning === "static") return { learning: "static", network: options.network ?? staticFor(input) };
  const bytes = Math.max(LEAST_SYMBOLS, countBytes(input));
  return parametersFor(Math.max(bytes, tokensFor(input.length, options)), input.length, level, options);
}

/** The parameters that take the most memory of those for a block of `length` bytes. */
export function largestNeural(length: number, level: number, options: NeuralSettings): NeuralParameters {
  if (options.learning === "static") return { learning: "static", network: options.network ?? "english" };
  return parametersFor(Math.max(MOST_BYTES, tokensFor(length, options)), length, level, options);
}

/** Bytes of memory that a block of `length` bytes takes at a level, at most. */
export function neuralMemoryAt(length: number, level: number, options: NeuralSettings = {}): number {
  return neuralMemory(largestNeural(length, level, options), length);
}

/** Parameters for a block of `length` bytes and of so many symbols. */
function parametersFor(symbols: number, length: number, level: number, options: NeuralSettings): OwnParameters {
  const common = { symbols, tokens: tokensFor(length, options) > 0 };
  if (options.learning === "dynamic") {
    const shape = shapeFor(levelOf(STORED, level), symbols, options);
    return { learning: "dynamic", ...shape, ...common, training: trainingFor(options) };
  }
  const { tableBytes, ...usual } = levelOf(ADAPTIVE, level);
  const shape = shapeFor(usual, symbols, options);
  const tableBits = tableBitsFor(symbols, length, shape.orders, tableBytes, options.tableBits);
  return { learning: "adaptive", ...shape, tableBits, ...ratesFor(options, DEFAULT_RATES.rate), ...common };
}

/** What a level has; levels above the highest have what that has. */
function levelOf<Level>(levels: readonly Level[], level: number): Level {
  return levels[Math.min(level, levels.length) - 1];
}

const MOST_BYTES = 256;

/** Tokens of a vocabulary, at most; 0 where bytes are the symbols. */
function tokensFor(length: number, { vocabulary = 0 }: NeuralSettings): number {
  return vocabulary === "auto" ? defaultVocabularySize(length) : vocabulary;
}

/** Of alphabets as small as that of bases, long contexts say little, and their rows learn what is no rule. */
const FEW_SYMBOLS = 8;
const FEW_ORDERS = 2;

function shapeFor(usual: LevelShape, symbols: number, options: NeuralSettings): NetworkShape {
  const { architecture = usual.architecture, hidden = usual.hidden, chunk = usual.chunk } = options;
  const most = symbols <= FEW_SYMBOLS ? FEW_ORDERS : MOST_ORDERS;
  const { orders = Math.min(usual.orders, most), context = 1 } = options;
  const { layers = hasLayers(architecture) ? (usual.layers ?? 1) : 1 } = options;
  if (layers > 1 && !hasLayers(architecture)) {
    throw new RangeError(`layers: expected 1 with the architecture "${architecture}", got ${layers}`);
  }
  const shape = { architecture, layers, hidden, context, chunk, orders, tableBits: 0 };
  const work = chunkWork(shape, symbols);
  if (work <= MOST_CHUNK_WORK) return shape;
  throw new RangeError(`chunk: expected at most ${MOST_CHUNK_WORK} for it times the network's weights, got ${work}`);
}

/** Rows for each context, that few are where two others want to be. */
const SLACK = 4;

function tableBitsFor(
  symbols: number,
  length: number,
  orders: number,
  bytes: number,
  wanted: number | undefined,
): number {
  if (orders === 0) return 0;
  if (wanted !== undefined) return Math.min(wanted, tableBitsWithin(Infinity, symbols));
  // Rows beyond those of the contexts that there can be would only cost memory.
  let contexts = 0;
  for (let order = 1; order <= orders; order++) contexts += Math.min(length, SLACK * symbols ** order);
  const useful = Math.ceil(Math.log2(Math.max(contexts, 1)));
  return Math.max(LEAST_TABLE_BITS, Math.min(useful, tableBitsWithin(bytes, symbols)));
}

/** The paper's (section 3.5); but that its rate falls until the end. */
const TRAINING_RATE = Math.fround(0.01);
const EPOCHS = 40;

function trainingFor(options: NeuralSettings): Training {
  const { rate, leastRate } = ratesFor(options, TRAINING_RATE);
  return { epochs: options.epochs ?? EPOCHS, rate, leastRate, decay: options.decay };
}

function ratesFor(options: NeuralSettings, usual: number): LearningRates {
  const { rate = usual, decay = DEFAULT_RATES.decay } = options;
  const fastest = Math.fround(rate);
  const slowest = Math.fround(options.leastRate ?? Math.min(DEFAULT_RATES.leastRate, fastest));
  if (slowest > fastest) throw new RangeError(`leastRate: expected at most ${rate}, the rate, got ${slowest}`);
  return { rate: fastest, leastRate: slowest, decay: Math.fround(decay) };
}

/** How many values of bytes occur. */
function countBytes(input: Uint8Array): number {
  const seen = new Uint8Array(MOST_BYTES);
  for (const byte of input) seen[byte] = 1;
  return seen.reduce((sum, one) => sum + one, 0);
}

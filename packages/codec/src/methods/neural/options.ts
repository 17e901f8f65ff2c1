import { checkInteger, checkOneOf } from "@pith/core";
import { NEURAL_ARCHITECTURES, type NeuralArchitecture } from "@pith/predictors";
import type { CustomNetwork } from "./custom-network.ts";
import {
  LEAST_TABLE_BITS,
  MOST_CHUNK,
  MOST_CONTEXT,
  MOST_HIDDEN,
  MOST_LAYERS,
  MOST_ORDERS,
  MOST_SYMBOLS,
  MOST_TABLE_BITS,
} from "./network.ts";
import { CODERS, type RankCoder } from "./parameters.ts";

/** What a static network has of its own. */
const OWN = [
  "architecture",
  "layers",
  "hidden",
  "context",
  "chunk",
  "vocabulary",
  "rate",
  "leastRate",
  "decay",
] as const;

const MOST_EPOCHS = 1000;

/** How a network learns. */
const LEARNINGS = ["adaptive", "dynamic", "static"] as const;
export type NeuralLearning = (typeof LEARNINGS)[number];

/** Options of the methods `neural` and `rank`. What is left out, the level decides. */
export interface NeuralOptions {
  /**
   * "adaptive", the default: the network starts from nothing and learns while it codes, and again while it decodes.
   * "dynamic": it is trained on each block first, and stored in it. "static": it was trained on English, or for blocks of
   * the letters A, C, G and T alone on sequences of these, and comes by a dynamic import; or it is `network`.
   */
  readonly learning?: NeuralLearning | undefined;
  /**
   * A network of one's own over the 256 bytes, as `packNeuralModel` of @pith/predictors and `pith train` write it; it
   * makes learning "static". The file only names it: who decompresses gives it in `networks`.
   */
  readonly network?: Uint8Array | undefined;
  /** What stands beside the linear and the dense network. */
  readonly architecture?: NeuralArchitecture | undefined;
  /** Layers of the recurrent or the attentive part, 1 to 8; the other architectures have none. Default 1. */
  readonly layers?: number | undefined;
  /** Units of a layer, 1 to 512, in steps of 32 as far as time goes. */
  readonly hidden?: number | undefined;
  /** Recent symbols that the network sees directly, 1 to 16. Default 1. */
  readonly context?: number | undefined;
  /** Symbols that are learnt from at a time, 1 to 1024. */
  readonly chunk?: number | undefined;
  /** Sparse inputs: the last 1, 2, … `orders` symbols, 0 to 8, each as one input of its own. */
  readonly orders?: number | undefined;
  /**
   * Log2 of the rows that these share, 4 to 22, of 16 bytes and 4 for each symbol, in steps of 32; fewer where 1 GiB has
   * no room for so many.
   */
  readonly tableBits?: number | undefined;
  /** Of learning at the first step, above 0, 1 at most. Default 0.003; "dynamic": 0.01. */
  readonly rate?: number | undefined;
  /** Below which the rate does not fall, 0 to `rate`. Default 0.00005, or `rate` if that is less. */
  readonly leastRate?: number | undefined;
  /**
   * What the rate is multiplied by at each step, above 0, 1 at most. Default 0.9999; "dynamic": such that the rate falls
   * to the end of the training.
   */
  readonly decay?: number | undefined;
  /** Times that a "dynamic" network is trained on the block, 1 to 1000. Default 40. */
  readonly epochs?: number | undefined;
  /**
   * Makes tokens of bytes first, so many at most, to 2048; "auto" is 150 to 1500, as the block is long. Default 0: bytes
   * are the symbols.
   */
  readonly vocabulary?: number | "auto" | undefined;
  /**
   * What codes ranks; of the method `rank` alone. "dictionary" makes them symbols that a coder of copies finds cheap, as section
   * 7.1 of the paper proposes, and needs bytes as symbols. Default "adaptive".
   */
  readonly coder?: RankCoder | undefined;
}

/** {@link NeuralOptions}, the network unpacked: plain data, since it goes to workers. */
export interface NeuralSettings extends Omit<NeuralOptions, "network"> {
  readonly network?: CustomNetwork | undefined;
}

/**
 * Checks options, each for itself, but for the bytes of a network.
 *
 * @param method for which they are
 * @throws TypeError, RangeError
 */
export function checkNeuralOptions(options: NeuralOptions, method: string): void {
  const whole = (name: keyof NeuralOptions, least: number, most: number): void => {
    const value = options[name];
    if (value !== undefined) checkInteger(name, value as number, least, most);
  };
  const share = (name: keyof NeuralOptions, least: string, holds: (value: number) => boolean): void => {
    const value = options[name];
    if (value === undefined || (typeof value === "number" && holds(Math.fround(value)) && value <= 1)) return;
    throw new RangeError(`${name}: expected a number ${least}, 1 at most, got ${String(value)}`);
  };
  if (method !== "neural" && method !== "rank") {
    throw new TypeError(`neural: expected with the method "neural" or "rank", got with "${method}"`);
  }
  if (options.coder !== undefined && method !== "rank") {
    throw new TypeError(`coder: expected with the method "rank", got with "${method}"`);
  }
  const usual = options.network === undefined ? "adaptive" : "static";
  const learning = checkOneOf("learning", options.learning ?? usual, LEARNINGS);
  if (options.network !== undefined && learning !== "static") {
    throw new TypeError(`network: expected with learning "static", got with "${learning}"`);
  }
  if (options.epochs !== undefined && learning !== "dynamic") {
    throw new TypeError(`epochs: expected with learning "dynamic", got with "${learning}"`);
  }
  for (const name of OWN) {
    if (options[name] !== undefined && learning === "static") {
      throw new TypeError(`${name}: expected with a network that is not given, got with learning "static"`);
    }
  }
  for (const name of ["orders", "tableBits"] as const) {
    if (options[name] !== undefined && learning !== "adaptive") {
      throw new TypeError(`${name}: expected with learning "adaptive", got with "${learning}"`);
    }
  }
  checkOneOf("architecture", options.architecture ?? "none", NEURAL_ARCHITECTURES);
  checkOneOf("coder", options.coder ?? "adaptive", CODERS);
  if (options.coder === "dictionary" && (options.vocabulary ?? 0) !== 0) {
    throw new TypeError(`vocabulary: expected none with the coder "dictionary", got ${String(options.vocabulary)}`);
  }
  whole("layers", 1, MOST_LAYERS);
  whole("hidden", 1, MOST_HIDDEN);
  whole("context", 1, MOST_CONTEXT);
  whole("chunk", 1, MOST_CHUNK);
  whole("orders", 0, MOST_ORDERS);
  whole("tableBits", LEAST_TABLE_BITS, MOST_TABLE_BITS);
  whole("epochs", 1, MOST_EPOCHS);
  if (options.vocabulary !== "auto") whole("vocabulary", 0, MOST_SYMBOLS);
  share("rate", "above 0", (value) => value > 0);
  share("leastRate", "from 0", (value) => value >= 0);
  share("decay", "above 0", (value) => value > 0);
}

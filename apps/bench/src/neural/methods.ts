/** The methods of the neural paper's Table 1, with its settings and with better ones, as data. */
import type { NeuralPredictorOptions } from "@pith/predictors";
import { UsageError } from "../commands/arguments.ts";
import type { FileKind } from "../measure/kind.ts";
import type { PaperMethod } from "./paper.ts";

/** A network without its alphabet. */
export type Network = Omit<NeuralPredictorOptions, "alphabetSize" | "weights" | "learns">;

/** A way to predict a file. */
export interface Prediction {
  readonly network: Network;
  /** Size of the tokenizer's vocabulary; undefined predicts characters. */
  readonly vocabulary?: number;
  /** Times that the network learns the whole file before it codes, and no more; undefined learns while it codes. */
  readonly epochs?: number;
  /** The network is one of those that were trained beforehand, and learns no more. */
  readonly pretrained?: boolean;
}

/** One that has a row in the table. */
export interface Method extends Prediction {
  /** For `--only` and the JSON. */
  readonly id: string;
  readonly name: string;
  /** The row of the paper's Table 1 that has the same method. */
  readonly paper: PaperMethod | undefined;
  /** The network for people, where its options do not say it. */
  readonly description?: string;
  /** It knows no symbols but those of text. */
  readonly bytesOnly?: boolean;
}

/** Section 3.5: 64 units, a rate that falls from 0.001 to 0.00005, by 0.9999 a step, batches of 128. */
export const PAPER_LEARNING: Network = { hidden: 64, rate: 0.001, leastRate: 0.00005, decay: 0.9999, chunk: 128 };

/** To learn sooner is slower and better. */
export const SOONER_LEARNING: Network = { ...PAPER_LEARNING, chunk: 16 };

/** What is better for recurrent networks on text: to learn faster, from more symbols at a time. */
export const TUNED_LEARNING: Network = { ...PAPER_LEARNING, chunk: 32, rate: 0.003 };

/** Section 3.5, again, but that it learns sooner: 1500 tokens. */
const ADAPTIVE: Network = { architecture: "residual", ...SOONER_LEARNING };
const ADAPTIVE_RNN: Network = { ...ADAPTIVE, architecture: "rnn" };
const ADAPTIVE_VOCABULARY = 1500;

/** Section 3.1 has a window of k symbols and does not say how many; the other rows see one, and what a recurrent part kept. */
const WINDOW = 8;

/** Section 3.5; what the networks that were trained beforehand have. */
const STATIC: Network = { architecture: "lstm", hidden: 128 };
/** That of DNA has fewer units than the paper's. */
const DNA_UNITS = 64;

/** Section 3.5: 58 units, a rate of 0.01, 40 epochs, 1000 tokens. The longer chunk is for speed. */
const DYNAMIC: Network = { architecture: "residual", hidden: 58, rate: 0.01, decay: 0.9999, chunk: 128 };
const DYNAMIC_RNN: Network = { ...DYNAMIC, architecture: "rnn" };
const DYNAMIC_VOCABULARY = 1000;
export const EPOCHS = 40;

/** And, the last 1 to 6 symbols as inputs of their own, straight into the output. */
const CONTEXTS: Network = { ...TUNED_LEARNING, orders: 6 };

export const METHODS: readonly Method[] = [
  { id: "static", name: "Static", paper: "static", network: STATIC, pretrained: true },
  { id: "dynamic", name: "Dynamic", paper: "dynamic", network: DYNAMIC, epochs: EPOCHS },
  { id: "dynamic-rnn", name: "Dynamic RNN", paper: "dynamic-rnn", network: DYNAMIC_RNN, epochs: EPOCHS },
  {
    id: "tokenized-dynamic",
    name: "Tokenized Dynamic",
    paper: "tokenized-dynamic",
    network: DYNAMIC,
    vocabulary: DYNAMIC_VOCABULARY,
    epochs: EPOCHS,
  },
  {
    id: "tokenized-dynamic-rnn",
    name: "Tokenized Dynamic RNN",
    paper: "tokenized-dynamic-rnn",
    network: DYNAMIC_RNN,
    vocabulary: DYNAMIC_VOCABULARY,
    epochs: EPOCHS,
  },
  { id: "adaptive", name: "Adaptive", paper: "adaptive", network: ADAPTIVE },
  {
    id: "adaptive-batches",
    name: "Adaptive, batches of 128",
    paper: "adaptive",
    network: { ...ADAPTIVE, ...PAPER_LEARNING },
  },
  {
    id: "adaptive-window",
    name: "Adaptive, batches of 128, window of 8",
    paper: "adaptive",
    network: { ...ADAPTIVE, ...PAPER_LEARNING, context: WINDOW },
  },
  { id: "adaptive-rnn", name: "Adaptive RNN", paper: "adaptive-rnn", network: ADAPTIVE_RNN },
  {
    id: "adaptive-rnn-batches",
    name: "Adaptive RNN, batches of 128",
    paper: "adaptive-rnn",
    network: { ...ADAPTIVE_RNN, ...PAPER_LEARNING },
  },
  {
    id: "tokenized-adaptive",
    name: "Tokenized Adaptive",
    paper: "tokenized-adaptive",
    network: ADAPTIVE,
    vocabulary: ADAPTIVE_VOCABULARY,
  },
  {
    id: "tokenized-adaptive-batches",
    name: "Tokenized Adaptive, batches of 128",
    paper: "tokenized-adaptive",
    network: { ...ADAPTIVE, ...PAPER_LEARNING },
    vocabulary: ADAPTIVE_VOCABULARY,
  },
  {
    id: "tokenized-adaptive-rnn",
    name: "Tokenized Adaptive RNN",
    paper: "tokenized-adaptive-rnn",
    network: ADAPTIVE_RNN,
    vocabulary: ADAPTIVE_VOCABULARY,
  },
  {
    id: "tokenized-adaptive-rnn-batches",
    name: "Tokenized Adaptive RNN, batches of 128",
    paper: "tokenized-adaptive-rnn",
    network: { ...ADAPTIVE_RNN, ...PAPER_LEARNING },
    vocabulary: ADAPTIVE_VOCABULARY,
  },
  { id: "adaptive-tuned", name: "Adaptive, tuned", paper: "adaptive", network: { ...ADAPTIVE, ...TUNED_LEARNING } },
  {
    id: "adaptive-rnn-tuned",
    name: "Adaptive RNN, tuned",
    paper: "adaptive-rnn",
    network: { ...ADAPTIVE_RNN, ...TUNED_LEARNING },
  },
  {
    id: "tokenized-adaptive-rnn-tuned",
    name: "Tokenized Adaptive RNN, tuned",
    paper: "tokenized-adaptive-rnn",
    network: { ...ADAPTIVE_RNN, ...TUNED_LEARNING },
    vocabulary: ADAPTIVE_VOCABULARY,
  },
  {
    id: "contexts",
    name: "Adaptive, hashed contexts",
    paper: undefined,
    network: { architecture: "none", ...CONTEXTS },
  },
  {
    id: "contexts-gru",
    name: "Adaptive GRU, hashed contexts",
    paper: undefined,
    network: { architecture: "gru", ...CONTEXTS },
  },
];

/** The paper's static network, of a command of its own: see `static`. */
export const STATIC_AS_PUBLISHED: Method = {
  id: "static-published",
  name: "Static, the paper's network",
  paper: "static",
  network: STATIC,
  pretrained: true,
  description: "embedding, lstm and two dense layers with ReLU, 128 units, trained on a bible: see neural-static",
  bytesOnly: true,
};

/** All that have rows in the table. */
export const ROWS: readonly Method[] = METHODS.flatMap((method) =>
  method.id === "static" ? [method, STATIC_AS_PUBLISHED] : [method],
);

/**
 * The paper's tokenizer found nothing to merge in DNA, and its table leaves it out; so does this one. And none of the
 * networks that were trained beforehand knows binaries.
 */
export function appliesTo(method: Method, kind: FileKind): boolean {
  if (method.bytesOnly === true) return kind === "text";
  if (method.pretrained === true) return kind !== "binary";
  return method.vocabulary === undefined || kind !== "dna";
}

/** The method of an id. @throws UsageError if there is none */
export function methodOf(option: string, name: string): Method {
  const method = METHODS.find(({ id }) => id === name);
  if (method === undefined) {
    throw new UsageError(`${option}: expected one of ${METHODS.map(({ id }) => id).join(", ")}, got ${name}`);
  }
  return method;
}

/**
 * A network for people.
 *
 * @param epochs how often it learnt the file, where that is another number than the method has
 */
export function describeNetwork(prediction: Prediction, epochs: readonly number[] = []): string {
  const { network, epochs: usual, pretrained = false } = prediction;
  const { architecture, hidden = 64, rate = 0.001, chunk = 16, orders = 0, context = 1 } = network;
  if (pretrained) {
    return `${architecture ?? ""}, trained beforehand: ${hidden} units on other English, ${DNA_UNITS} on other DNA`;
  }
  return [
    ...(architecture === undefined ? [] : [architecture]),
    `${hidden} units`,
    `rate ${rate}`,
    `${chunk} symbols at a time`,
    ...(context === 1 ? [] : [`the last ${context} symbols`]),
    ...(orders === 0 ? [] : [`the last 1 to ${orders} symbols hashed`]),
    ...(usual === undefined ? [] : [`${(epochs.length === 0 ? [usual] : epochs).join(" or ")} epochs on the file`]),
  ].join(", ");
}

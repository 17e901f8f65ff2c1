/** The option that describes the network of the methods `neural` and `rank`. */

import type { MethodName, NeuralOptions } from "@pith/codec";

import { UsageError } from "../errors.ts";
import type { Option } from "./options.ts";
import { parseChoice, parseInteger, parseNumber } from "./values.ts";

/** What it says. */
export interface NeuralSettings {
  /** Undefined: as the level has it. */
  neural: NeuralOptions | undefined;
}

export const NEURAL_DEFAULTS: Readonly<NeuralSettings> = { neural: undefined };

/** A value that may be given, and how it is read. */
interface Field {
  readonly key: keyof NeuralOptions;
  /** For the man page. */
  readonly range: string;
  read(name: string, text: string): string | number;
}

function choice(key: keyof NeuralOptions, ...choices: readonly string[]): Field {
  return { key, range: choices.join(", "), read: (name, text) => parseChoice(name, text, choices) };
}

function integer(key: keyof NeuralOptions, least: number, most: number): Field {
  return { key, range: `${least} to ${most}`, read: (name, text) => parseInteger(name, text, least, most) };
}

function share(key: keyof NeuralOptions): Field {
  return { key, range: "0 to 1", read: (name, text) => parseNumber(name, text, 0, 1) };
}

const MOST_TOKENS = 2048;

const FIELDS: readonly Field[] = [
  choice("learning", "adaptive", "dynamic", "static"),
  choice("architecture", "none", "residual", "rnn", "lstm", "gru", "transformer"),
  integer("layers", 1, 8),
  integer("hidden", 1, 512),
  integer("context", 1, 16),
  integer("chunk", 1, 1024),
  integer("orders", 0, 8),
  integer("tableBits", 4, 22),
  share("rate"),
  share("leastRate"),
  share("decay"),
  integer("epochs", 1, 1000),
  {
    key: "vocabulary",
    range: `auto, 0 to ${MOST_TOKENS}`,
    read: (name, text) => (text === "auto" ? text : parseInteger(name, text, 0, MOST_TOKENS)),
  },
  choice("coder", "adaptive", "huffman"),
];

/** @throws UsageError if it is not a list such as `architecture=gru,hidden=64` */
function parseNetwork(flag: string, text: string): NeuralOptions {
  const network: Partial<Record<keyof NeuralOptions, string | number>> = {};
  for (const part of text.split(",")) {
    const equals = part.indexOf("=");
    const field = FIELDS.find(({ key }) => key === part.slice(0, equals));
    if (field === undefined || equals < 0) {
      const keys = FIELDS.map(({ key }) => key).join(", ");
      throw new UsageError(`${flag}: expected KEY=VALUE with a KEY of ${keys}, got ${part === "" ? "nothing" : part}`);
    }
    network[field.key] = field.read(`${flag} ${field.key}`, part.slice(equals + 1));
  }
  return network as NeuralOptions;
}

/** @throws UsageError if a network is described, and the method has none */
export function refuseNetwork({ neural, method }: NeuralSettings & { readonly method: MethodName }): void {
  if (neural === undefined || method === "neural" || method === "rank") return;
  throw new UsageError(`--neural: expected with --method neural or rank, got with --method ${method}`);
}

export const NEURAL_OPTION: Option = {
  flags: ["--neural"],
  value: { name: "KEY=VALUE,…" },
  group: "How to compress",
  verbs: ["compress", "bench"],
  tolerated: ["decompress", "test"],
  text: "network of the methods neural and rank, such as architecture=gru,hidden=64",
  default: "by level",
  detail:
    `Keys and values: ${FIELDS.map(({ key, range }) => `${key} (${range})`).join("; ")}. adaptive networks start from ` +
    "nothing and learn while they code, dynamic ones are trained on each block first, for so many epochs, and stored in " +
    "it, static ones come with the program, for English or for bases. chunk is how many symbols are learnt from at a time, context how many the network sees, orders how many select " +
    "weights of their own. A vocabulary makes tokens of strings of bytes first. coder is what codes the ranks of the " +
    "method rank.",
  set: (settings, value) => void (settings.neural = parseNetwork("--neural", value)),
};

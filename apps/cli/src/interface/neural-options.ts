/** The options that say which network the methods `neural` and `rank` have. */

import type { MethodName, NeuralOptions } from "@pith/codec";

import { UsageError } from "../errors.ts";
import type { Option } from "./options.ts";
import { parseChoice, parseInteger, parseNumber } from "./values.ts";

/** What it says. */
export interface NeuralSettings {
  /** Undefined: as the level has it. */
  neural: NeuralOptions | undefined;
  /** Files of networks: one to compress with, those that may be needed to decompress. */
  networks: readonly string[];
}

export const NEURAL_DEFAULTS: Readonly<NeuralSettings> = { neural: undefined, networks: [] };

/** What describes a network; one that is there already is given by its file. */
type Key = Exclude<keyof NeuralOptions, "network">;

/** A value that may be given, and how it is read. */
interface Field {
  readonly key: Key;
  /** For the man page. */
  readonly range: string;
  read(name: string, text: string): string | number;
}

function choice(key: Key, ...choices: readonly string[]): Field {
  return { key, range: choices.join(", "), read: (name, text) => parseChoice(name, text, choices) };
}

function integer(key: Key, least: number, most: number): Field {
  return { key, range: `${least} to ${most}`, read: (name, text) => parseInteger(name, text, least, most) };
}

function share(key: Key): Field {
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
function parseDescription(flag: string, text: string): NeuralOptions {
  const network: Partial<Record<Key, string | number>> = {};
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

/** @throws UsageError if a network is described or given, and the method has none, or if there are two */
export function refuseNetwork(settings: Readonly<NeuralSettings> & { readonly method: MethodName }): void {
  const { neural, networks, method } = settings;
  if (networks.length > 1)
    throw new UsageError(`--network: expected one file to compress with, got ${networks.length}`);
  if (method === "neural" || method === "rank") return;
  if (neural === undefined && networks.length === 0) return;
  const flag = neural === undefined ? "--network" : "--neural";
  throw new UsageError(`${flag}: expected with --method neural or rank, got with --method ${method}`);
}

const NETWORK: Pick<Option, "flags" | "value" | "set"> = {
  flags: ["--network"],
  value: { name: "MODEL", file: true },
  set(settings, value) {
    if (value === "") throw new UsageError("--network: expected the name of a file, got an empty one");
    settings.networks = [...settings.networks, value];
  },
};

const DESCRIPTION: Option = {
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
  set: (settings, value) => void (settings.neural = parseDescription("--neural", value)),
};

export const NEURAL_OPTIONS: readonly Option[] = [
  DESCRIPTION,
  {
    ...NETWORK,
    group: "How to compress",
    verbs: ["compress"],
    text: "network of the methods neural and rank that pith train wrote",
    detail:
      "It learns nothing more. The output only names it, by the hash that pith train prints: whoever decompresses needs " +
      "MODEL, too.",
  },
  {
    ...NETWORK,
    group: "What to decode with",
    verbs: ["decompress", "test"],
    text: "network that the file was compressed with; may be given several times",
    detail: "The list of a file names the networks that it needs by their hashes, which pith train printed.",
  },
];

/** The network of the methods `neural` and `rank`, as `--neural` describes it. */

import type { NeuralOptions } from "@pith/codec";

import { UsageError } from "../../errors.ts";
import { parseChoice, parseInteger, parseNumber } from "../../interface/values.ts";

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
  choice("coder", "adaptive", "huffman", "dictionary"),
];

/** The keys with their values, for the man page. */
export const NETWORK_KEYS = FIELDS.map(({ key, range }) => `${key} (${range})`).join("; ");

/** @throws UsageError if it is not a list such as `architecture=gru,hidden=64` */
export function parseNetwork(text: string, name: string): NeuralOptions {
  const network: Partial<Record<Key, string | number>> = {};
  for (const part of text.split(",")) {
    const equals = part.indexOf("=");
    const field = FIELDS.find(({ key }) => key === part.slice(0, equals));
    if (field === undefined || equals < 0) {
      const keys = FIELDS.map(({ key }) => key).join(", ");
      throw new UsageError(`${name}: expected KEY=VALUE with a KEY of ${keys}, got ${part === "" ? "nothing" : part}`);
    }
    network[field.key] = field.read(`${name} ${field.key}`, part.slice(equals + 1));
  }
  return network as NeuralOptions;
}

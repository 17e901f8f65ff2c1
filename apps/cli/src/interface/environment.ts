/** Options that the environment gives to the main job, before those of the command line. */

import { UsageError } from "../errors.ts";
import { readWords, type Given } from "./arguments.ts";
import { heeds, nameOf, type OptionTable } from "./option.ts";
import { flagOfLevel, MAX_LEVEL, parseInteger } from "./values.ts";
import type { Verb } from "./verb.ts";

/** The environment variables, for the documents. */
export const ENVIRONMENT = [
  ["PITH_LEVEL", `Level to compress at, 1 to ${MAX_LEVEL}, where no option says one.`],
  [
    "PITH_OPTIONS",
    "Options with spaces between, read before those of the command line, by compress, decompress, test, list and bench: " +
      "each heeds those that it has. Only options that say how to compress, what may be taken, and what is said.",
  ],
  [
    "PITH_REDIS",
    "Where Redis is, for pith cluster, where --redis does not say it. It may have a password, which no option should.",
  ],
] as const;

/** Headings of options that may stand there. None chooses a verb, or decides what becomes of a file. */
const ALLOWED: readonly string[] = ["How to compress", "Resources", "Messages"];

/**
 * @param verb only what it heeds is returned
 * @throws UsageError that names the variable
 */
export function givenByEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  table: OptionTable,
  verb: Verb,
): readonly Given[] {
  const { PITH_LEVEL: level = "", PITH_OPTIONS: options = "" } = environment;
  const given = [
    ...(level === "" || verb.name !== "compress" ? [] : read("PITH_LEVEL", [flagOfWord(level)], table)),
    ...read("PITH_OPTIONS", options.split(/\s+/).filter(Boolean), table),
  ];
  return given.filter(({ option }) => heeds(verb.name, option));
}

function flagOfWord(level: string): string {
  return flagOfLevel(parseInteger("PITH_LEVEL", level, 1, MAX_LEVEL));
}

function read(variable: string, words: readonly string[], table: OptionTable): readonly Given[] {
  try {
    const { given, unknown, operands } = readWords(words, table);
    if (unknown.length > 0) throw new UsageError(`${unknown[0]}: no such option`);
    if (operands.length > 0) throw new UsageError(`expected options, got ${operands[0]}`);
    const foreign = given.find(({ option }) => !ALLOWED.includes(option.group));
    if (foreign !== undefined) {
      throw new UsageError(`${nameOf(foreign.option)}: expected on the command line, since it decides what is done`);
    }
    return given;
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`${variable}: ${error.message}`) : error;
  }
}

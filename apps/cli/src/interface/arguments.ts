/** Tells options from other words, by a table of options. What a verb makes of them is decided elsewhere. */

import { parseArgs } from "node:util";

import { UsageError } from "../errors.ts";
import { nameOf, type Option, type OptionTable } from "./option.ts";

/** An option as it was given. */
export interface Given {
  readonly key: string;
  readonly option: Option;
  /** The flag that was written. */
  readonly flag: string;
  /** The word that followed; empty for a switch. */
  readonly text: string;
}

/** The words of a command line, told apart. */
export interface Words {
  /** Options in their order. */
  readonly given: readonly Given[];
  /** Flags that the table does not have. */
  readonly unknown: readonly string[];
  /** All other words. */
  readonly operands: readonly string[];
}

/**
 * @param words what follows the command's name, without the verb
 * @throws UsageError if a value is missing, or one is given to a switch
 */
export function readWords(words: readonly string[], table: OptionTable): Words {
  const options: Record<string, { type: "string" | "boolean"; short?: string }> = {};
  const byFlag = new Map<string, readonly [string, Option]>();
  for (const [key, option] of Object.entries(table)) {
    for (const flag of option.flags) {
      byFlag.set(flag, [key, option]);
      const type = option.value === undefined ? "boolean" : "string";
      if (flag.startsWith("--")) options[flag.slice(2)] = { type };
      else options[`short ${flag[1]}`] = { type, short: flag[1] };
    }
  }
  const { tokens } = parseArgs({ args: [...words], options, strict: false, tokens: true });
  const given: Given[] = [];
  const unknown: string[] = [];
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") operands.push(token.value);
    if (token.kind !== "option") continue;
    // A name with a space in it is how a short option is known here; on the command line it is an unknown long one.
    const flag = token.rawName;
    const found = byFlag.get(flag);
    const level = /^-\d$/.test(flag) ? digitsAt(words, token.index, found === undefined ? flag : undefined) : undefined;
    if (level !== undefined) throw new UsageError(`level: expected -1 to -9 or --max, got ${level}`);
    if (found === undefined) {
      unknown.push(flag);
      continue;
    }
    const [key, option] = found;
    if (option.value === undefined && token.value !== undefined) {
      throw new UsageError(`${nameOf(option)}: takes no value, got ${token.value}`);
    }
    if (option.value !== undefined && token.value === undefined) {
      throw new UsageError(`${nameOf(option)}: expected ${option.value.name}, got nothing`);
    }
    given.push({ key, option, flag, text: token.value ?? "" });
  }
  return { given, unknown, operands };
}

/**
 * A number that is no level, such as `-19`, where a digit stands; undefined for `-1` and for `-9v`.
 *
 * @param unknown the digit as a flag, if the table does not have it
 */
function digitsAt(words: readonly string[], index: number, unknown: string | undefined): string | undefined {
  const word = words[index];
  return /^-\d\d+$/.test(word) ? word : unknown;
}

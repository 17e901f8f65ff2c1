/** From the arguments of the command to a verb, settings and operands, by the table of options. */

import { Command, CommanderError, Option as CommanderOption } from "commander";

import { UsageError } from "../errors.ts";
import { VERBS, type Verb } from "../verbs/registry.ts";
import { DEFAULTS, heeds, OPTIONS, type Option, type Settings } from "./options.ts";

/** A command line that makes sense. */
export interface Invocation {
  readonly verb: Verb;
  /** Whether it was named, by a word or an option. */
  readonly named: boolean;
  readonly settings: Readonly<Settings>;
  readonly operands: readonly string[];
}

/**
 * @param words the arguments after the command's name
 * @throws UsageError
 */
export function parse(words: readonly string[]): Invocation {
  const end = words.indexOf("--");
  const beforeEnd = end < 0 ? words : words.slice(0, end);
  const afterEnd = end < 0 ? [] : words.slice(end + 1);
  const level = beforeEnd.find((word) => /^-(0|\d\d+)$/.test(word));
  if (level !== undefined) throw new UsageError(`level: expected -1 to -9, got ${level}`);

  const settings: Settings = { ...DEFAULTS };
  const given: { option: Option; flag: string }[] = [];
  const operands = readOptions(beforeEnd, (option, value, flag) => {
    option.set(settings, value, flag);
    given.push({ option, flag });
  });

  let verb = VERBS.find(({ name }) => name === (settings.verb ?? operands[0]));
  const named = verb !== undefined;
  // A verb named by an option leaves every word a file: `pith -d list` decompresses the file list.
  if (named && settings.verb === undefined) operands.shift();
  verb ??= VERBS[0];
  for (const { option, flag } of given) {
    if (!heeds(verb.name, option) && !option.tolerated?.includes(verb.name)) {
      throw new UsageError(`${flag}: expected with ${option.verbs?.join(", ")}, got with ${verb.name}`);
    }
  }
  return { verb, named, settings, operands: [...operands, ...afterEnd] };
}

type Listener = (option: Option, value: string, flag: string) => void;

/** Calls `listener` for each option, in their order, and returns the other words. */
function readOptions(words: readonly string[], listener: Listener): string[] {
  const program = new Command("pith")
    .helpOption(false)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .argument("[file...]");
  for (const option of OPTIONS) {
    const forms = option.label === undefined ? [option.flags.join(", ")] : option.flags;
    for (const form of forms) {
      const known = new CommanderOption(option.value === undefined ? form : `${form} <${option.value.name}>`);
      program.addOption(known);
      program.on(`option:${known.name()}`, (value?: string) => {
        listener(option, value ?? "", known.long ?? form);
      });
    }
  }
  let operands: string[] = [];
  program.action((files: string[]) => void (operands = [...files]));
  try {
    program.parse(words, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) throw new UsageError(error.message.replace(/^error: /, ""));
    throw error;
  }
  return operands;
}

/** From the arguments of the command to a verb, settings and operands, by the table of options. */

import { Command, CommanderError, Option as CommanderOption } from "commander";

import { UsageError } from "../errors.ts";
import { VERBS, type Verb } from "../verbs/registry.ts";
import { DEFAULTS, heeds, OPTIONS, type Settings } from "./options.ts";

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
  if (level !== undefined) throw new UsageError(`level: expected -1 to -9 or --max, got ${level}`);

  const settings: Settings = { ...DEFAULTS };
  const { given, operands } = readOptions(beforeEnd);
  // Those of all verbs first: one of them may name the verb, and that says whose options the others are.
  const ofVerbs = given.filter(({ flag, value }) => {
    const option = OPTIONS.find(({ flags, verbs }) => verbs === undefined && flags.includes(flag));
    option?.set(settings, value, flag);
    return option === undefined;
  });

  // A verb named by an option leaves every word a file: `pith -d list` decompresses the file list.
  const byWords = settings.verb === undefined ? findVerb(operands) : undefined;
  operands.splice(0, byWords?.name.split(" ").length ?? 0);
  const chosen = byWords ?? VERBS.find(({ name }) => name === settings.verb);
  const verb = chosen ?? VERBS[0];
  for (const { flag, value } of ofVerbs) {
    const options = OPTIONS.filter(({ flags }) => flags.includes(flag));
    const heeded = options.find((option) => heeds(verb.name, option) || option.tolerated?.includes(verb.name));
    if (heeded === undefined) {
      const verbs = options.flatMap((option) => option.verbs ?? []).join(", ");
      throw new UsageError(`${flag}: expected with ${verbs}, got with ${verb.name}`);
    }
    heeded.set(settings, value, flag);
  }
  return { verb, named: chosen !== undefined, settings, operands: [...operands, ...afterEnd] };
}

/** The verb whose name the first words are; the longer name goes first, so that `stats count` is not only `stats`. */
function findVerb(words: readonly string[]): Verb | undefined {
  const matches = VERBS.filter(({ name }) => name.split(" ").every((word, i) => word === words[i]));
  return matches.sort((a, b) => b.name.length - a.name.length)[0];
}

/** An option as it was given: the long one of its flags, if it has one. */
interface Given {
  readonly flag: string;
  /** Empty for a switch. */
  readonly value: string;
}

/** Tells the options, in their order, from the other words. */
function readOptions(words: readonly string[]): { given: Given[]; operands: string[] } {
  const program = new Command("pith")
    .helpOption(false)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .argument("[file...]");
  const given: Given[] = [];
  const forms = OPTIONS.flatMap(({ flags, label, value }) =>
    (label === undefined ? [flags.join(", ")] : flags).map((form) => [form, value] as const),
  );
  for (const [form, value] of new Map(forms)) {
    const known = new CommanderOption(value === undefined ? form : `${form} <${value.name}>`);
    program.addOption(known);
    program.on(`option:${known.name()}`, (text?: string) => {
      given.push({ flag: known.long ?? form, value: text ?? "" });
    });
  }
  let operands: string[] = [];
  program.action((files: string[]) => void (operands = [...files]));
  try {
    program.parse(words, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) throw new UsageError(error.message.replace(/^error: /, ""));
    throw error;
  }
  return { given, operands };
}

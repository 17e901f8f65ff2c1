/**
 * What an option is. Every family of verbs has one table of them; the parser, the help, the man page, the completions
 * and the README are all made from the tables, so that an option is written down once.
 */

import type { VerbName } from "./verb-name.ts";

/** Headings of help, in their order. */
export const GROUPS = [
  "What to do",
  "How to compress",
  "What to decode with",
  "Analysis",
  "Statistics",
  "Decoding",
  "Pairs",
  "Training",
  "Results",
  "Letter pairs",
  "Short messages",
  "Archives",
  "Shards",
  "Cluster",
  "Which files",
  "Where the output goes",
  "Resources",
  "Messages",
  "Benchmark",
] as const;

/** The word that follows an option. */
export interface OptionValue {
  /** What stands for it in help: `FILE`. */
  readonly name: string;
  readonly choices?: readonly string[];
  /** It is the name of a file or folder. */
  readonly file?: true;
}

/** What must be given beside an option, or else the option would do nothing. */
interface Requirement {
  /** The verbs of which this is true; absent: all that heed the option. */
  readonly verbs?: readonly VerbName[];
  /** Any one of these: `--ladder`, or with one value of several `--by swaps`. */
  readonly oneOf: readonly string[];
}

/** One option. What was said of it on the command line lies in the arguments under its key in the table. */
export interface Option<Value = unknown> {
  /** All that mean the same, short ones first; or, with `label`, one a value. The last one is its name. */
  readonly flags: readonly string[];
  /** What help prints instead of the flags, where each flag is a value of its own. */
  readonly label?: string;
  /** The word that follows; absent for a switch. */
  readonly value?: OptionValue;
  readonly group: (typeof GROUPS)[number];
  /** The verbs of the family that heed it; absent: all. */
  readonly verbs?: readonly VerbName[];
  /** Verbs that accept it and need nothing of it: `tar -I "pith -9"` runs `pith -9 -d` to unpack. */
  readonly tolerated?: readonly VerbName[];
  /** Whether `pith --help` shows it, which is about what most people need. */
  readonly common?: true;
  /** A few words, without range and default. */
  readonly text: string;
  /** The values it takes. */
  readonly range?: string;
  readonly default?: string;
  /** Sentences for the man page. */
  readonly detail?: string;
  /** The verb that it stands for. */
  readonly verb?: VerbName;
  /** Whether all that is given is kept; otherwise the last one counts. */
  readonly several?: true;
  /** Keys of options that it takes back: the last one counts. */
  readonly overrides?: readonly string[];
  readonly requires?: readonly Requirement[];
  /** Options that make no sense beside it. */
  readonly conflicts?: readonly string[];
  /**
   * What the word means; absent for a switch, which is `true` where it is given.
   *
   * @param text the word that follows; empty where each flag is a value of its own
   * @param name the option as messages call it
   * @throws UsageError that shows what was expected and what came
   */
  readonly read?: (text: string, name: string) => Value;
}

/** The options of a family of verbs, by the keys under which the arguments have them. */
export type OptionTable = Readonly<Record<string, Option>>;

/** What an option of a table comes to where it is given. */
type ValueOf<Entry> = Entry extends { readonly read: (text: string, name: string) => infer Value }
  ? Entry extends { readonly several: true }
    ? readonly Value[]
    : Value
  : true;

/** What was given of the options of a table, and nothing else: what was not given is undefined, whatever its default. */
export type Arguments<Table extends OptionTable> = { readonly [Key in keyof Table]?: ValueOf<Table[Key]> };

/** Whether a verb heeds an option. */
export function heeds(verb: VerbName, { verbs }: Option): boolean {
  return verbs === undefined || verbs.includes(verb);
}

/** What messages call an option: its long flag, if it has one. */
export function nameOf({ flags }: Option): string {
  return flags[flags.length - 1];
}

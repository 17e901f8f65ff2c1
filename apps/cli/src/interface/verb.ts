/** What a verb is, and a family of verbs. */

import type { OptionTable } from "./option.ts";
import type { VerbName } from "./verb-name.ts";

export type { VerbName };

/** What follows a verb. */
export interface Operand {
  /** As help writes it: `[FILE…]`. */
  readonly name: string;
  /** The words that it can be, where these are few. */
  readonly choices?: readonly string[];
  /** How the names of files that the verb is for end: `.pith`. */
  readonly suffix?: string;
  /** How many there must be at least; 0 if absent. */
  readonly least?: number;
  /** How many there may be; any number if absent. */
  readonly most?: number;
}

/** What the command can do. */
export interface Verb {
  /** A word; or two, where the first is shared by a family of verbs: `stats count`. */
  readonly name: VerbName;
  /** A few words for help. */
  readonly text: string;
  readonly operand: Operand;
  /** Sentences for the man page. */
  readonly detail: string;
  /** Loads what runs it. */
  readonly load: () => Promise<Run>;
}

/**
 * Runs a verb.
 *
 * @param given what was given of the family's options, which are the arguments of its table
 * @returns the exit code
 */
export type Run = (verb: VerbName, given: object, operands: readonly string[]) => Promise<number>;

/** Verbs that share a table of options. */
export interface Family {
  /** The word that all verbs of two words begin with; absent where each verb is one word. */
  readonly name?: string;
  /** A few words for help, where it has a name. */
  readonly text?: string;
  /** Sentences for the man page, where it has a name. */
  readonly detail?: string;
  /** The first is the one that is meant where none is named, if that can be. */
  readonly verbs: readonly Verb[];
  /** Its table. Most runs need one, and load no other. */
  readonly loadOptions: () => Promise<OptionTable>;
}

/** The families, of which the first has the verb that is meant where none is named. */
export type Families = readonly [Family, ...Family[]];

/** The first words of a family's verbs: its name, or each verb's own. */
export function firstWordsOf({ name, verbs }: Family): readonly string[] {
  return name === undefined ? verbs.map((verb) => verb.name) : [name];
}

/** The second words of the verbs of a family with a name. */
export function secondWordsOf({ name, verbs }: Family): readonly string[] {
  return name === undefined ? [] : verbs.map((verb) => verb.name.slice(name.length + 1));
}

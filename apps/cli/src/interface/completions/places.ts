/** What can be written where, as all shells need it. */

import { optionsOf, type LoadedFamily } from "../command.ts";
import type { Option } from "../option.ts";
import { firstWordsOf, secondWordsOf, type Operand, type VerbName } from "../verb.ts";

/** What may follow a verb. */
export interface Place {
  readonly verb: VerbName;
  readonly operand: Operand;
  readonly options: readonly Option[];
}

export interface Places {
  /** The verb that is meant where none is named. */
  readonly usual: VerbName;
  /** A place for each verb. */
  readonly all: readonly Place[];
  /** First words, with what they are for, and the words of which one must follow. */
  readonly firstWords: readonly { readonly word: string; readonly text: string; readonly seconds: readonly string[] }[];
  /** Flags that stand for a verb: `-d`. */
  readonly verbFlags: readonly { readonly flag: string; readonly verb: VerbName }[];
  /** Letters of the short options that a value follows, of which no more letters are options. */
  readonly lettersWithValue: string;
}

export function placesOf(families: readonly LoadedFamily[]): Places {
  const [main] = families;
  return {
    usual: main.verbs[0].name,
    all: families.flatMap((family) =>
      family.verbs.map((verb) => ({ verb: verb.name, operand: verb.operand, options: optionsOf(verb, family) })),
    ),
    firstWords: families.flatMap((family) =>
      firstWordsOf(family).map((word, i) => ({
        word,
        text: family.text ?? family.verbs[i].text,
        seconds: secondWordsOf(family),
      })),
    ),
    verbFlags: main.options.flatMap(({ flags, verb }) =>
      verb === undefined ? [] : flags.map((flag) => ({ flag, verb })),
    ),
    lettersWithValue: main.options
      .filter(({ value }) => value !== undefined)
      .flatMap(({ flags }) => flags.filter((flag) => /^-[^-]$/.test(flag)).map((flag) => flag[1]))
      .join(""),
  };
}

export function choicesOf({ value }: Option): readonly string[] {
  return value?.choices ?? [];
}

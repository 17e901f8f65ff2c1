/** Refuses what was given and would do nothing, or contradict itself. */

import { either } from "../either.ts";
import { UsageError } from "../errors.ts";
import type { Given } from "./arguments.ts";
import { heeds, nameOf } from "./option.ts";
import type { Operand, VerbName } from "./verb.ts";

/** @throws UsageError if an option of the verb lacks what it needs, or has beside it what it cannot have */
export function checkOptions(verb: VerbName, given: readonly Given[]): void {
  for (const { option } of given) {
    if (!heeds(verb, option)) continue; // Tolerated, which means that it does nothing.
    for (const { verbs, oneOf } of option.requires ?? []) {
      if (verbs !== undefined && !verbs.includes(verb)) continue;
      if (!oneOf.some((form) => given.some((other) => says(other, form)))) {
        throw new UsageError(`${nameOf(option)}: expected with ${either(oneOf)}${gotInstead(given, oneOf)}`);
      }
    }
    for (const form of option.conflicts ?? []) {
      if (given.some((other) => says(other, form))) {
        throw new UsageError(`${nameOf(option)}: expected without ${form}, got both`);
      }
    }
  }
}

/** @throws UsageError if there are fewer or more operands than the verb takes */
export function checkOperands(verb: VerbName, { name, least = 0, most = Infinity }: Operand, count: number): void {
  if (count >= least && count <= most) return;
  const word = name.replace(/[[\]…]/g, "");
  throw new UsageError(`${verb}: expected ${most === 1 ? `one ${word}` : word}, got ${count === 0 ? "none" : count}`);
}

/** Whether an option was given, and with a value if the form has one. */
function says({ option, text }: Given, form: string): boolean {
  return form === nameOf(option) || form === `${nameOf(option)} ${text}`;
}

/** What there is instead of a value that is needed. */
function gotInstead(given: readonly Given[], forms: readonly string[]): string {
  const other = given.find(({ option }) => forms.some((form) => form.startsWith(`${nameOf(option)} `)));
  return other === undefined ? "" : `, got ${nameOf(other.option)} ${other.text}`;
}

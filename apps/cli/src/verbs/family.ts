import { UsageError } from "../errors.ts";
import type { Session } from "../session.ts";
import { membersOf, VERBS } from "./registry.ts";

/** A family alone says nothing: one of its verbs must follow. */
export function run({ verb, operands }: Session): Promise<void> {
  const expected = VERBS.filter(({ name }) => name === verb).flatMap((family) => membersOf(family));
  const names = expected.map(({ name }) => name.slice(verb.length + 1)).join(", ");
  throw new UsageError(`${verb}: expected ${names}, got ${operands.length === 0 ? "nothing" : operands[0]}`);
}

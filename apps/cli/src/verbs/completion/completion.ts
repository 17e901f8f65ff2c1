import { UsageError } from "../../errors.ts";
import { completionOf } from "../../interface/completions/completions.ts";
import { SHELLS } from "../../interface/shells.ts";
import type { Families } from "../../interface/verb.ts";
import type { Session } from "../../session.ts";

export async function printCompletion(session: Session, families: Families): Promise<void> {
  const [shell] = session.operands;
  const known = SHELLS.find((name) => name === shell);
  if (known === undefined) throw new UsageError(`completion: expected ${SHELLS.join(", ")}, got ${shell}`);
  await session.print(await completionOf(known, families));
}

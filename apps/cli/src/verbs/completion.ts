import { UsageError } from "../errors.ts";
import { completionOf, SHELLS } from "../interface/completions.ts";
import type { Session } from "../session.ts";

export async function run(session: Session): Promise<void> {
  const [shell] = session.operands;
  const known = SHELLS.find((name) => name === shell);
  if (known === undefined || session.operands.length > 1) {
    throw new UsageError(`completion: expected ${SHELLS.join(", ")}, got ${session.operands.join(" ") || "nothing"}`);
  }
  await session.print(completionOf(known));
}

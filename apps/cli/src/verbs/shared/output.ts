import { asker } from "../../ask.ts";
import { openTarget } from "../../files/target.ts";
import type { MessageSettings } from "../../interface/common-options.ts";
import type { Session } from "../../session.ts";

/**
 * Writes a whole file, which gets its name once it is on the disk.
 *
 * @param options replace: a file of this run or an earlier one, to be replaced without asking
 */
export async function writeOutput(
  session: Session<MessageSettings & { readonly force: boolean }>,
  path: string,
  content: Uint8Array,
  { replace = false }: { readonly replace?: boolean } = {},
): Promise<void> {
  const target = await openTarget(path, {
    force: replace || session.settings.force,
    transient: true,
    mode: 0o666,
    source: undefined,
    // Without operands standard input is the content, which no answer can come from.
    ask: session.operands.length === 0 || session.operands.includes("-") ? undefined : asker(session.settings.quiet),
  });
  try {
    await target.write(content);
    await target.commit(undefined);
  } finally {
    target.discard();
  }
}

import type { MessageSettings } from "../../interface/common-options.ts";
import type { Run } from "../../interface/verb.ts";
import { Session } from "../../session.ts";

/**
 * What loads a verb once it is chosen, and not before.
 *
 * @param settings loads what the family makes of the arguments
 * @param verb loads what is done with that
 */
export function loading<Settings extends MessageSettings>(
  settings: () => Promise<(given: never) => Settings>,
  verb: () => Promise<{ readonly run: (session: Session<Settings>) => Promise<void> }>,
): () => Promise<Run> {
  return async () => {
    const [settingsOf, { run }] = await Promise.all([settings(), verb()]);
    return async (name, given, operands) => {
      // The arguments were read by the family's table, and those are what its settings are made of.
      const session = new Session(name, settingsOf(given as never), operands);
      try {
        await run(session);
      } catch (error) {
        session.fail(error);
      }
      await session.finish();
      return session.exitCode;
    };
  };
}

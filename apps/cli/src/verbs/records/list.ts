import { Failure } from "../../errors.ts";
import type { Session } from "../../session.ts";
import { withStore } from "./inputs.ts";
import { writeRecords } from "./output.ts";
import type { RecordsSettings } from "./settings.ts";

export async function run(session: Session<RecordsSettings>): Promise<void> {
  await withStore(session.operands[0], session.settings, async (store) => {
    if (!store.lines) throw new Failure("records are no lines; write them out one by one: pith records get STORE N");
    await writeRecords(session, store, true);
  });
}

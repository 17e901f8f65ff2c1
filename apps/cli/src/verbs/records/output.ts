/** Writes records out. */

import { asker } from "../../ask.ts";
import { openTarget } from "../../files/target.ts";
import type { Session } from "../../session.ts";
import type { RecordsSettings } from "./settings.ts";

const LINE_FEED = 0x0a;

/** @param lines a line feed goes behind each */
export async function writeRecords(
  session: Session<RecordsSettings>,
  records: AsyncIterable<Uint8Array>,
  lines: boolean,
): Promise<void> {
  const { output, force, quiet } = session.settings;
  session.dataOnStandardOutput = output === "-";
  const target = await openTarget(output, {
    force,
    transient: true,
    mode: 0o666,
    source: undefined,
    ask: asker(quiet),
  });
  try {
    let count = 0;
    for await (const record of records) {
      await target.write(lines ? withLineFeed(record) : record);
      count++;
    }
    await target.commit(undefined);
    session.setResult({ output, outputLength: target.bytesWritten, records: count });
  } finally {
    target.discard();
  }
}

function withLineFeed(record: Uint8Array): Uint8Array {
  const line = new Uint8Array(record.length + 1);
  line.set(record);
  line[record.length] = LINE_FEED;
  return line;
}

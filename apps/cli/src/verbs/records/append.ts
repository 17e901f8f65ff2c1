import { closeSync, fstatSync, fsyncSync, openSync } from "node:fs";

import { Failure } from "../../errors.ts";
import { systemPath } from "../../files/system-path.ts";
import { writeAll } from "../../files/write-all.ts";
import { formatBytes } from "../../format.ts";
import type { Session } from "../../session.ts";
import { naming } from "../shared/advising.ts";
import { readRecords, withStore } from "./inputs.ts";
import type { RecordsSettings } from "./settings.ts";

export async function run(session: Session<RecordsSettings>): Promise<void> {
  const [path, ...files] = session.operands;
  await withStore(path, session.settings, async (store) => {
    const records = await readRecords(session, files, store.lines);
    if (records === undefined) return;
    const bytes = await store.append(records);
    const { head, records: coded, indexes, unused } = store.sizes;
    await naming(path, () => writeBehind(path, head + coded + indexes + unused, bytes));
    session.setResult({ output: path, outputLength: bytes.length, records: records.length });
    session.note(`${path}: ${records.length} records more, ${formatBytes(bytes.length)}`);
  });
}

/** @param size bytes of the file, behind which they go @throws Failure if it has others meanwhile */
async function writeBehind(path: string, size: number, bytes: Uint8Array): Promise<void> {
  const descriptor = openSync(systemPath(path), "r+");
  try {
    const now = fstatSync(descriptor).size;
    if (now !== size) {
      throw new Failure(`has changed meanwhile: expected ${size} bytes, got ${now}; it is as it was: append again`);
    }
    await writeAll(descriptor, bytes, size);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

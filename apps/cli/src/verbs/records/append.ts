import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync } from "node:fs";

import { Failure, systemCode } from "../../errors.ts";
import { systemPath } from "../../files/system-path.ts";
import { writeAll } from "../../files/write-all.ts";
import { formatBytes } from "../../format.ts";
import { displayName, type Session } from "../../session.ts";
import { codedWithBar, readRecords, withStore } from "./inputs.ts";
import type { RecordsSettings } from "./settings.ts";

export async function run(session: Session<RecordsSettings>): Promise<void> {
  const [path, ...files] = session.operands;
  await withStore(path, session.settings, async (store) => {
    const records = await readRecords(session, files, store.lines);
    if (records === undefined) return;
    const bytes = await codedWithBar(session, displayName(path), records, (onProgress) =>
      store.append(records, { onProgress }),
    );
    const { head, records: coded, indexes, unused } = store.sizes;
    await writeBehind(path, head + coded + indexes + unused, bytes);
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
    try {
      await writeAll(descriptor, bytes, size);
      fsyncSync(descriptor);
    } catch (error) {
      ftruncateSync(descriptor, size);
      const code = systemCode(error);
      if (code === undefined) throw error;
      const why = code === "ENOSPC" ? "no space is left on the disk" : (error as Error).message;
      throw new Failure(`nothing was appended, since ${why}; once that is mended, append again`, code);
    }
  } finally {
    closeSync(descriptor);
  }
}

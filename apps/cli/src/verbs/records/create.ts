import { Records } from "@pith/priors";

import { UsageError } from "../../errors.ts";
import { formatBytes } from "../../format.ts";
import { displayName, type Session } from "../../session.ts";
import { writeOutput } from "../shared/output.ts";
import { chosenPrior, codedWithBar, readRecords } from "./inputs.ts";
import type { RecordsSettings } from "./settings.ts";

export async function run(session: Session<RecordsSettings>): Promise<void> {
  const { settings, operands } = session;
  const { output, lines, size } = settings;
  if (output === "-") throw new UsageError("records create: expected -o FILE, got none");
  const prior = await chosenPrior(settings);
  const records = await readRecords(session, operands, lines);
  if (records === undefined) return;
  const bytes = await codedWithBar(session, displayName(output), records, (onProgress) =>
    Records.create(records, { prior, size, lines, onProgress }),
  );
  await writeOutput(session, output, bytes);
  session.setResult({ output, outputLength: bytes.length, records: records.length });
  session.note(`${output}: ${records.length} records, ${formatBytes(bytes.length)}`);
}

import type { Counts } from "@pith/statistics";

import { EXIT, Failure, UsageError } from "../../errors.ts";
import type { Session } from "../../session.ts";
import { readStatisticsFile } from "./inputs.ts";
import { requireOutput, writeOutput } from "./output.ts";

export async function run(session: Session): Promise<void> {
  const output = requireOutput(session);
  if (session.operands.length === 0) throw new UsageError("stats merge: expected FILE, got none");
  const { mergeCounts, writeStatistics } = await import("@pith/statistics");
  let sum: Counts | undefined;
  await session.forEach(session.operands, async (path) => {
    const { counts } = await readStatisticsFile(path);
    sum = sum === undefined ? counts : mergeCounts(sum, counts);
    return { characters: Number(counts.total) };
  });
  if (session.exitCode === EXIT.error || sum === undefined) {
    throw new Failure(`${output} was not written, since not every file was added`);
  }
  await writeOutput(session, output, await writeStatistics({ counts: sum }));
  session.note(`${output}: ${sum.total} characters`);
  session.setResult({ output, characters: sum.total });
}

import type { Counts } from "@pith/statistics";

import { EXIT, Failure } from "../../errors.ts";
import type { Session } from "../../session.ts";
import type { StatsSettings } from "./settings.ts";
import { readStatisticsFile } from "../shared/inputs.ts";
import { writeOutput } from "../shared/output.ts";
import { requireOutput } from "./required.ts";

export async function run(session: Session<StatsSettings>): Promise<void> {
  const output = requireOutput(session);
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

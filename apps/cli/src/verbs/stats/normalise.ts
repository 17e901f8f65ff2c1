import type { Session } from "../../session.ts";
import type { StatsSettings } from "./settings.ts";
import { readStatisticsFile } from "../shared/inputs.ts";
import { writeOutput } from "../shared/output.ts";
import { requireOutput } from "./required.ts";

export async function run(session: Session<StatsSettings>): Promise<void> {
  const output = requireOutput(session);
  const { quantity, normalised } = session.settings;
  const { tableOf, writeStatistics } = await import("@pith/statistics");
  await session.forEach(session.operands, async (path) => {
    const { counts } = await readStatisticsFile(path);
    const table = tableOf(counts, { quantity, normalised });
    await writeOutput(session, output, await writeStatistics({ counts, table }));
    return { output, quantity, normalised };
  });
}

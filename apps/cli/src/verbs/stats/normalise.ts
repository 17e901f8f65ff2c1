import type { Session } from "../../session.ts";
import { readStatisticsFile } from "./inputs.ts";
import { requireOperand, requireOutput, writeOutput } from "./output.ts";

export async function run(session: Session): Promise<void> {
  const output = requireOutput(session);
  const { quantity, normalised } = session.settings;
  const { tableOf, writeStatistics } = await import("@pith/statistics");
  await session.forEach([requireOperand(session)], async (path) => {
    const { counts } = await readStatisticsFile(path);
    const table = tableOf(counts, { quantity, normalised });
    await writeOutput(session, output, await writeStatistics({ counts, table }));
    return { output, quantity, normalised };
  });
}

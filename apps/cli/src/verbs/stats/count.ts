import type { Counts } from "@pith/statistics";

import { EXIT, Failure } from "../../errors.ts";
import { Source } from "../../files/source.ts";
import { formatBytes } from "../../format.ts";
import { showProgress } from "../../progress.ts";
import { displayName, type Session } from "../../session.ts";
import type { StatsSettings } from "./settings.ts";
import { writeOutput } from "../shared/output.ts";
import { requireOutput } from "./required.ts";

export async function run(session: Session<StatsSettings>): Promise<void> {
  const { settings, operands } = session;
  const output = requireOutput(session);
  const { emptyCounts, mergeCounts, writeStatistics } = await import("@pith/statistics");
  let sum = emptyCounts({ alphabet: settings.alphabet, window: settings.window });
  await session.forEach(operands, async (path) => {
    const counts = await count(session, path);
    sum = mergeCounts(sum, counts);
    return { characters: counts.total };
  });
  if (session.exitCode === EXIT.error) throw new Failure(`${output} was not written, since not every text was counted`);
  await writeOutput(session, output, await writeStatistics({ counts: sum }));
  session.note(`${output}: ${sum.total} characters`);
  session.setResult({ output, characters: sum.total });
}

async function count(session: Session<StatsSettings>, path: string): Promise<Counts> {
  const { countText } = await import("@pith/statistics");
  const { alphabet, window } = session.settings;
  const source = await Source.open(path, { streams: true });
  const bar = showProgress(session, displayName(path), source.size);
  try {
    const counts = await countText(source.chunks(), { alphabet, window, onProgress: ({ done }) => bar.update(done) });
    session.note(`${displayName(path)}: ${formatBytes(source.bytesRead)}, ${counts.total} characters`);
    return counts;
  } finally {
    bar.stop();
    await source.close();
  }
}

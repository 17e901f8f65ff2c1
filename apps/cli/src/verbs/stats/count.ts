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
  const { countText, utf16Of } = await import("@pith/statistics");
  const { alphabet, window } = session.settings;
  const source = await Source.open(path, { streams: true });
  const bar = showProgress(session, displayName(path), source.size);
  try {
    const chunks = utf8Chunks(path, source.chunks(), utf16Of);
    const counts = await countText(chunks, { alphabet, window, onProgress: ({ done }) => bar.update(done) });
    session.note(`${displayName(path)}: ${formatBytes(source.bytesRead)}, ${counts.total} characters`);
    if (alphabet === undefined) warnOfStrangeText(session, path, counts);
    return counts;
  } finally {
    bar.stop();
    await source.close();
  }
}

/** The chunks, unless the first begins as UTF-16 does: its letters would be counted as neighbours of zeros. */
async function* utf8Chunks(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  utf16Of: (head: Uint8Array) => string | undefined,
): AsyncGenerator<Uint8Array> {
  let first = true;
  for await (const chunk of chunks) {
    const encoding = first ? utf16Of(chunk) : undefined;
    if (encoding !== undefined) {
      throw new Failure(
        `${displayName(path)}: expected UTF-8, and this is ${encoding}; iconv -f ${encoding} -t UTF-8 makes a copy to count`,
      );
    }
    first = false;
    yield chunk;
  }
}

/** Texts of other scripts or encodings count for little, which is easily overlooked. */
function warnOfStrangeText(session: Session<StatsSettings>, path: string, { characters, total }: Counts): void {
  const counted = characters.reduce((sum, count) => sum + count, 0n);
  if (total === 0n || 2n * counted >= total) return;
  const percent = (100n * counted) / total;
  session.warn(
    path,
    `only ${percent} % of its characters are in the alphabet; texts are to be UTF-8, and --alphabet names theirs`,
  );
}

import { readFile } from "node:fs/promises";

import { systemPath } from "../../files/system-path.ts";
import { displayName, type Session } from "../../session.ts";
import type { StatsSettings } from "./settings.ts";
import { advising, type Advice } from "../shared/advising.ts";
import { refuseLarger } from "../shared/inputs.ts";
import { writeOutput } from "../shared/output.ts";
import { requireOutput } from "./required.ts";

const ADVICE: Advice = {
  "not-pith": "name an HDF5 file",
  truncated: "take the file again from where it came",
  "unknown-method": "rewrite it as that says",
  otherwise: "--dataset, --axes, --alphabet, --window and --values say what the table is",
};
/** Files of other programs may hold much beside the table; they are read whole. */
const LARGEST = 2 ** 30;

export async function run(session: Session<StatsSettings>): Promise<void> {
  const output = requireOutput(session);
  const { dataset, axes, alphabet, window, values } = session.settings;
  const { importStatistics, writeStatistics } = await import("@pith/statistics");
  await session.forEach(session.operands, async (path) => {
    await refuseLarger(path, LARGEST);
    const bytes = await readFile(systemPath(path));
    const imported = await advising(ADVICE, () => importStatistics(bytes, { dataset, axes, alphabet, window, values }));
    const { counts, table, leftOut } = imported;
    await writeOutput(session, output, await writeStatistics(table === undefined ? { counts } : { counts, table }));
    const parts = [
      `${displayName(path)}: ${imported.values} of dataset ${imported.dataset}`,
      `axes ${imported.axes.join(", ")}`,
      `${counts.alphabet.length} characters`,
      `${counts.window.before} before and ${counts.window.after} after`,
      ...(leftOut.break ? ["without the break"] : []),
      ...(leftOut.middle ? ["without the character's own place"] : []),
    ];
    session.note(parts.join("; "));
    return { output, dataset: imported.dataset, axes: imported.axes, values: imported.values, leftOut };
  });
}

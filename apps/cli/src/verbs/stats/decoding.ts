/** How letters are decoded, as options say it. */

import type { CodeTable } from "@pith/framing";
import type { LetterTable } from "@pith/predictors";
import type { Statistics } from "@pith/statistics";

import { UsageError } from "../../errors.ts";
import type { Session } from "../../session.ts";

/** A code table by its name, or as it is written. */
export async function parseCodes(text: string): Promise<CodeTable> {
  const { ALPHABETICAL_TABLE, parseCodeTable, THESIS_TABLE } = await import("@pith/framing");
  if (text === "thesis") return THESIS_TABLE;
  if (text === "alphabetical") return ALPHABETICAL_TABLE;
  try {
    const table = parseCodeTable(text);
    if (table.bits !== 4) throw new RangeError(`expected 15 groups, got ${table.groups.length}`);
    return table;
  } catch (error) {
    throw new UsageError(`--codes: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What a decoder needs but the groups: the table of the statistics, the activation and the multipliers. */
export async function lettersOf(
  { settings }: Session,
  { counts, table }: Statistics,
): Promise<Omit<LetterTable, "groups">> {
  const { decoderTable, tableOf } = await import("@pith/statistics");
  const letters = decoderTable(counts, (table ?? tableOf(counts)).values);
  const multipliers = await parseMultipliers(settings.multipliers, letters.distances.length);
  return { ...letters, activation: settings.activation, multipliers };
}

async function parseMultipliers(text: string, distances: number): Promise<readonly number[] | undefined> {
  if (text === "none") return undefined;
  const { THESIS_MULTIPLIERS } = await import("@pith/predictors");
  const multipliers =
    text === "base" || text === "plato"
      ? THESIS_MULTIPLIERS[text]
      : text.split(",").map((part) => (/^-?\d*\.?\d+$/.test(part) ? Number(part) : NaN));
  if (multipliers.length !== distances || !multipliers.every(Number.isFinite)) {
    throw new UsageError(`--multipliers: expected none, base, plato or ${distances} numbers with commas, got ${text}`);
  }
  return multipliers;
}

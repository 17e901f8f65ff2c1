/** How letters are decoded, as options say it. */

import type { LetterTable } from "@pith/predictors";
import type { Statistics } from "@pith/statistics";

import { UsageError } from "../../errors.ts";
import type { Session } from "../../session.ts";
import type { StatsSettings } from "./settings.ts";

/** What a decoder needs but the groups: the table of the statistics, the activation and the multipliers. */
export async function lettersOf(
  { settings }: Session<StatsSettings>,
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

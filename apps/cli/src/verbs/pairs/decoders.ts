/** What tells letters apart, as options say it. */

import { fnv1a } from "@pith/core";
import type { LetterTableModel, PairsDecoder } from "@pith/pairs";

import type { Session } from "../../session.ts";
import type { PairsSettings } from "./settings.ts";
import { readStatisticsFile } from "../shared/inputs.ts";

/** Undefined where the options say nothing. */
export async function chosenDecoder({ settings }: Session<PairsSettings>): Promise<PairsDecoder | undefined> {
  const { model, statistics } = settings;
  if (statistics !== undefined) return await statisticsDecoder(statistics);
  switch (model) {
    case "letter-table":
      return "table";
    case "resolver-small":
      return "small";
    case "resolver-medium":
      return "medium";
    case "resolver-large":
      return "large";
    case undefined:
      return undefined;
  }
}

/** The thesis's decoder by a file of statistics: its table, or z-scores of its counts along the neighbours. */
async function statisticsDecoder(path: string): Promise<LetterTableModel> {
  const [{ counts, table }, { decoderTable, tableOf }, { createTableDecoder }] = await Promise.all([
    readStatisticsFile(path),
    import("@pith/statistics"),
    import("@pith/predictors"),
  ]);
  const letters = decoderTable(counts, (table ?? tableOf(counts)).values);
  return { hash: hashOf(letters.table), create: (groups) => createTableDecoder({ ...letters, groups }) };
}

/** 32-bit FNV-1a of the table's bytes, the least significant of each number first. */
function hashOf(table: Float32Array): number {
  const bytes = new DataView(new ArrayBuffer(4 * table.length));
  table.forEach((value, i) => {
    bytes.setFloat32(4 * i, value, true);
  });
  return fnv1a(new Uint8Array(bytes.buffer));
}

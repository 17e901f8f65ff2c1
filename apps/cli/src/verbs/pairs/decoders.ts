/** What tells letters apart, as options say it. */

import { fnv1a } from "@pith/core";
import type { LetterTableModel, PairsDecoder } from "@pith/pairs";

import type { Session } from "../../session.ts";
import type { PairsSettings } from "./settings.ts";
import { naming } from "../shared/advising.ts";
import { readStatisticsFile } from "../shared/inputs.ts";
import { readAtMost } from "../shared/networks.ts";

/** Bytes of a list of words. */
const LARGEST_LIST = 2 ** 26;

/** Undefined where the options say nothing. */
export async function chosenDecoder({ settings }: Session<PairsSettings>): Promise<PairsDecoder | undefined> {
  const { model, statistics, words } = settings;
  const own = statistics === undefined ? undefined : await statisticsDecoder(statistics);
  if (words !== undefined) {
    const { letterTableModel } = await import("@pith/pairs");
    return await checkedDecoder(own ?? (await letterTableModel()), words);
  }
  if (own !== undefined) return own;
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

/** A decoder whose words are looked up: its name tells the words, too. */
async function checkedDecoder({ hash, create }: LetterTableModel, list: string): Promise<LetterTableModel> {
  const { createWordChecker } = await import("@pith/predictors");
  const words = await wordsOf(list);
  return {
    hash: (hash ^ fnv1a(new TextEncoder().encode(words.join("\n")))) >>> 0,
    create: (groups) => createWordChecker({ decoder: create(groups), groups, words }),
  };
}

async function wordsOf(list: string): Promise<readonly string[]> {
  if (list === "english") return await (await import("@pith/codec")).englishWords();
  const text = await naming(list, () => readAtMost(list, LARGEST_LIST));
  const words = new TextDecoder().decode(text).toLowerCase().split(/\s+/u);
  return words.filter((word) => word !== "");
}

/** 32-bit FNV-1a of the table's bytes, the least significant of each number first. */
function hashOf(table: Float32Array): number {
  const bytes = new DataView(new ArrayBuffer(4 * table.length));
  table.forEach((value, i) => {
    bytes.setFloat32(4 * i, value, true);
  });
  return fnv1a(new Uint8Array(bytes.buffer));
}

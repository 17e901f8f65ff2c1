/** Bare text in the thesis's framing: UTF-8 with codes in it, and nothing that says how they are to be read. */

import type { Losses } from "@pith/pairs";
import type { Decoding } from "@pith/statistics";

import { UsageError } from "../../errors.ts";
import type { Session } from "../../session.ts";
import { advising, type Advice } from "../shared/advising.ts";
import { parseCodes } from "../shared/codes.ts";
import { readStatisticsFile } from "../shared/inputs.ts";
import type { PairsSettings } from "./settings.ts";

const NOT_TEXT = "convert it to UTF-8 first; without --bare it is kept as it is";
const NOT_FRAMED: Advice = {
  "invalid-field": "pith pairs encode --bare writes such files; what it writes without --bare is read without",
  otherwise: "take the file again from where it came",
};

/** Codes and decoder as options say; the thesis's own by default. */
export async function bareDecoding({ settings }: Session<PairsSettings>): Promise<Decoding> {
  const { codes, model = "letter-table", statistics } = settings;
  const { loadTrainedDecoder, decoderTable, tableOf } = await import("@pith/statistics");
  const { createTableDecoder } = await import("@pith/predictors");
  if (statistics !== undefined) {
    const { counts, table } = await readStatisticsFile(statistics);
    const chosen = await parseCodes(codes ?? "thesis");
    const letters = decoderTable(counts, (table ?? tableOf(counts)).values);
    return { codes: chosen, decoder: createTableDecoder({ ...letters, groups: chosen.groups }) };
  }
  if (codes !== undefined) throw new UsageError(`--codes: with --bare expected beside --statistics, got with ${model}`);
  return await loadTrainedDecoder(model);
}

/** @returns the framed text, and what will not come back of it */
export async function encodeBare(
  text: Uint8Array,
  { codes, decoder }: Decoding,
): Promise<{ stream: Uint8Array<ArrayBuffer>; losses: Losses }> {
  const { decodeFraming, encodeFraming } = await import("@pith/framing");
  const stream = await advising(NOT_TEXT, () => encodeFraming(text, { table: codes }));
  const cells = decodeFraming(stream);
  const { LossCounter } = await import("@pith/pairs");
  const losses = new LossCounter();
  losses.add(cells, text, decoder.decode(cells));
  return { stream, losses };
}

/** @throws BadFile for what no writer writes */
export async function decodeBare(stream: Uint8Array, { decoder }: Decoding): Promise<Uint8Array> {
  const { decodeFraming } = await import("@pith/framing");
  return await advising(NOT_FRAMED, () => decoder.decode(decodeFraming(stream)));
}

import type { CodeTable } from "@pith/framing";
import type { LetterTable } from "@pith/predictors";
import type { DeciderKind, Decoding, Importance, Statistics, Table } from "@pith/statistics";

import { UsageError } from "../../errors.ts";
import { formatBytes } from "../../format.ts";
import { showProgress, type ProgressBar } from "../../progress.ts";
import { displayName, type Session } from "../../session.ts";
import type { StatsSettings } from "./settings.ts";
import { lettersOf } from "./decoding.ts";
import { describeEvaluation, describeImportance } from "./evaluation-report.ts";
import { writeOutput } from "../shared/output.ts";
import { naming } from "../shared/advising.ts";
import { parseCodes } from "../shared/codes.ts";
import { readStatisticsFile } from "../shared/inputs.ts";
import { readText, readTexts } from "./inputs.ts";
import { climb } from "./ladder.ts";
import { keepResults, lastResults } from "./results.ts";

export async function run(session: Session<StatsSettings>): Promise<void> {
  const { settings } = session;
  if (settings.statistics === undefined && settings.model === undefined && settings.decider === undefined) {
    throw new UsageError("stats evaluate: expected one of --statistics, --model and --decider, got none");
  }
  if (settings.decider !== undefined) {
    await evaluateFiles(session, await learning(session, settings.decider));
    return;
  }
  if (settings.model !== undefined) {
    const { loadTrainedDecoder } = await import("@pith/statistics");
    await evaluateFiles(session, await loadTrainedDecoder(settings.model));
    return;
  }
  const path = settings.statistics ?? "";
  const statistics = await naming(path, () => readStatisticsFile(path));
  if (settings.ladder) await climb(session, statistics);
  else await evaluateFiles(session, await decodingBy(session, statistics), statistics);
}

/** A decider that learns the texts of --train. */
async function learning(session: Session<StatsSettings>, kind: DeciderKind): Promise<Decoding> {
  const { trainDecider } = await import("@pith/statistics");
  const { settings } = session;
  const codes = await parseCodes(settings.codes ?? "thesis");
  const text = await readTexts(settings.train, settings.sample);
  const { decoder, bytes } = trainDecider(kind, text, codes, settings.seed);
  session.note(`${kind}: ${formatBytes(bytes)} of numbers, learned from ${formatBytes(text.length)} of text`);
  return { codes, decoder };
}

/** How letters are decoded by statistics, trained before if that is asked for. */
async function decodingBy(session: Session<StatsSettings>, statistics: Statistics): Promise<Decoding> {
  const { createTableDecoder } = await import("@pith/predictors");
  const { settings } = session;
  const codes = await parseCodes(settings.codes ?? "thesis");
  const letters = await lettersOf(session, statistics);
  const table = settings.train.length === 0 ? letters.table : await train(session, codes, letters);
  if (settings.output !== undefined) await writeTable(session, settings.output, statistics, table);
  return { codes, decoder: createTableDecoder({ ...letters, table, groups: codes.groups }) };
}

/** Writes the trained table beside the counts. */
async function writeTable(
  session: Session<StatsSettings>,
  path: string,
  { counts }: Statistics,
  table: Float32Array,
): Promise<void> {
  const { valuesOf, writeStatistics } = await import("@pith/statistics");
  const trained: Table = { values: valuesOf(counts, table), quantity: "score", normalised: "none" };
  await writeOutput(session, path, await writeStatistics({ counts, table: trained }));
}

async function evaluateFiles(
  session: Session<StatsSettings>,
  decoding: Decoding,
  statistics?: Statistics,
): Promise<void> {
  const { evaluate } = await import("@pith/statistics");
  const { importance: wanted, results } = session.settings;
  await session.forEach(session.operands, async (path) => {
    const text = await readText(path);
    const before = await lastResults(results, path);
    const evaluation = evaluate(text, decoding.codes, decoding.decoder);
    await keepResults(session, path, evaluation);
    await session.print(await describeEvaluation(displayName(path), evaluation, before));
    if (!wanted || statistics === undefined) return { ...evaluation };
    const importance = await importanceOf(text, decoding, statistics, session.settings.seed);
    await session.print(`\n${describeImportance(importance)}`);
    return { ...evaluation, importance };
  });
}

async function importanceOf(
  text: Uint8Array,
  { codes, decoder }: Decoding,
  { counts }: Statistics,
  seed: number,
): Promise<Importance[]> {
  const { codeText, importanceByDistance, knownDecisions } = await import("@pith/statistics");
  const decisions = knownDecisions(codeText(text, codes), codes, counts.window);
  return importanceByDistance(decisions, codes, decoder, counts.window, seed);
}

/** Trains the table, and says how well it did. */
async function train(
  session: Session<StatsSettings>,
  codes: CodeTable,
  letters: Omit<LetterTable, "groups">,
): Promise<Float32Array> {
  const { trainLetterTable } = await import("@pith/predictors");
  const { codeText, hideLetters } = await import("@pith/statistics");
  const { settings } = session;
  const hide = (text: Uint8Array): { cells: Uint16Array; truth: Uint8Array } => ({
    cells: hideLetters(codeText(text, codes), codes),
    truth: text,
  });
  const text = await readTexts(settings.train, settings.sample);
  const { heldOut } = settings;
  let bar: ProgressBar | undefined;
  try {
    const { table, epochs, accuracies } = await trainLetterTable({
      ...letters,
      groups: codes.groups,
      ...hide(text),
      heldOut: heldOut === undefined ? undefined : hide(await naming(heldOut, () => readText(heldOut))),
      epochs: settings.epochs,
      step: settings.rate,
      onProgress: ({ done, total }) => (bar ??= showProgress(session, "training", total)).update(done),
    });
    const { training, heldOut: other } = accuracies[epochs - 1];
    const others = other === undefined ? "" : `, of the held-out text ${(100 * other).toFixed(2)} %`;
    session.note(`trained for ${epochs} epochs: ${(100 * training).toFixed(2)} % of the decisions right${others}`);
    return table;
  } finally {
    bar?.stop();
  }
}

/** `pith stats evaluate --ladder` */

import { basename } from "node:path";

import type { Ladder, NamedText, Rung, Statistics } from "@pith/statistics";

import { encode, formatTable, type Column } from "../../format.ts";
import { showProgress, type ProgressBar } from "../../progress.ts";
import type { Session } from "../../session.ts";
import type { StatsSettings } from "./settings.ts";
import { describeImportance } from "./evaluation-report.ts";
import { readText, readTexts } from "./inputs.ts";
import { ladderMarkdown } from "./ladder-markdown.ts";
import { writeOutput } from "../shared/output.ts";

export async function climb(session: Session<StatsSettings>, statistics: Statistics): Promise<void> {
  const { settings, operands } = session;
  const { climbLadder, searchFigure } = await import("@pith/statistics");
  const texts: NamedText[] = [];
  await session.forEach(operands, async (path) => {
    const text = await readText(path);
    texts.push({ name: basename(path), text });
    return { length: text.length };
  });
  if (texts.length < operands.length) return;
  const searchText = await readTexts(settings.search, settings.sample);
  const trainingText = await readTexts(settings.train, settings.sample);

  let bar: ProgressBar | undefined;
  let ladder: Ladder;
  try {
    ladder = await climbLadder({
      statistics,
      texts,
      searchText,
      trainingText,
      steps: settings.steps,
      epochs: settings.epochs,
      step: settings.rate,
      seed: settings.seed,
      onProgress: ({ done, total }) => (bar ??= showProgress(session, "climbing", total)).update(done),
    });
  } finally {
    bar?.stop();
  }
  const figure = settings.svg === undefined ? undefined : basename(settings.svg);
  if (settings.output !== undefined) {
    const sizes = { search: searchText.length, training: trainingText.length };
    const report = await ladderMarkdown({ ladder, texts, statistics, settings, sizes, figure });
    await writeOutput(session, settings.output, encode(report));
  }
  if (settings.svg !== undefined) await writeOutput(session, settings.svg, encode(searchFigure(ladder.searches)));
  await session.print(await describe(ladder, texts));
  if (settings.importance) await session.print(`\n${describeImportance(ladder.importance)}`);
  session.setResult({ ...ladder });
}

async function describe(
  { rungs, withThesisTable, withSwapSearch }: Ladder,
  texts: readonly NamedText[],
): Promise<string> {
  const { formatCodeTable } = await import("@pith/framing");
  const { shareOf } = await import("@pith/statistics");
  const columns: Column[] = [
    { title: "", align: "left" },
    { title: "thesis", align: "right" },
    ...texts.map(({ name }): Column => ({ title: name, align: "right" })),
    { title: "codes", align: "left" },
  ];
  const row = ({ name, thesis, table, evaluations }: Rung): string[] => [
    name,
    thesis === undefined ? "–" : thesis.toFixed(2),
    ...evaluations.map(({ characters }) => (100 * shareOf(characters)).toFixed(2)),
    formatCodeTable(table),
  ];
  return [
    "Right characters among all of the text, percent:\n",
    formatTable(columns, rungs.map(row)),
    "\nThe last rungs with the pairs of the thesis:\n",
    formatTable(columns, withThesisTable.map(row)),
    "\nThe last rungs with the pairs of the swap search:\n",
    formatTable(columns, withSwapSearch.map(row)),
  ].join("");
}

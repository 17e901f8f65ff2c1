/** Results that are kept from run to run. */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";

import type { Evaluation } from "@pith/statistics";

import { Failure } from "../../errors.ts";
import { systemPath } from "../../files/system-path.ts";
import { encode } from "../../format.ts";
import type { Session } from "../../session.ts";
import type { StatsSettings } from "./settings.ts";
import { writeOutput } from "../shared/output.ts";

interface Run {
  readonly source: string;
  readonly evaluation: Evaluation;
}

/** The last results for a text in a file of results; undefined if there are none. */
export async function lastResults(path: string | undefined, source: string): Promise<Evaluation | undefined> {
  return path === undefined ? undefined : (await readRuns(path)).findLast((run) => run.source === source)?.evaluation;
}

/** Adds results to the file that --results names. */
export async function keepResults(
  session: Session<StatsSettings>,
  source: string,
  evaluation: Evaluation,
): Promise<void> {
  const { results } = session.settings;
  if (results === undefined) return;
  const runs = [...(await readRuns(results)), { source, evaluation }];
  await writeOutput(session, results, encode(`${JSON.stringify({ runs }, undefined, 2)}\n`), { replace: true });
}

async function readRuns(path: string): Promise<readonly Run[]> {
  if (!existsSync(systemPath(path))) return [];
  try {
    const { runs } = JSON.parse(await readFile(systemPath(path), "utf8")) as { runs: Run[] };
    if (runs.every(isRun)) return runs;
  } catch {
    // Said below, like all else that is not as it was written.
  }
  throw new Failure(`${path}: expected results as pith stats evaluate --results keeps them, got something else`);
}

function isRun({ source, evaluation }: Partial<Run>): boolean {
  const accuracies = [evaluation?.characters, evaluation?.coded, evaluation?.ambiguous, evaluation?.words];
  return (
    typeof source === "string" && accuracies.every((each) => Number.isFinite(each?.right) && Number.isFinite(each?.of))
  );
}

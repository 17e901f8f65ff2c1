import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";

import type { Pairing, Statistics, SwapState } from "@pith/statistics";

import { UsageError } from "../../errors.ts";
import { systemPath } from "../../files/system-path.ts";
import { encode } from "../../format.ts";
import { showProgress } from "../../progress.ts";
import type { Facts, Session } from "../../session.ts";
import type { StatsSettings } from "./settings.ts";
import { lettersOf } from "./decoding.ts";
import { advising, naming } from "../shared/advising.ts";
import { parseCodes } from "../shared/codes.ts";
import { readStatisticsFile } from "../shared/inputs.ts";
import { readTexts } from "./inputs.ts";
import { writeOutput } from "../shared/output.ts";

export async function run(session: Session<StatsSettings>): Promise<void> {
  const { pairing, search } = session.settings;
  if (pairing === "swaps" && search.length === 0) throw new UsageError("--by swaps: expected --search FILE, got none");
  await session.forEach(session.operands, async (path) => {
    const statistics = await readStatisticsFile(path);
    return pairing === "swaps" ? searchPairs(session, statistics) : choosePairs(session, statistics, pairing);
  });
}

async function choosePairs(
  session: Session<StatsSettings>,
  { counts, table }: Statistics,
  pairing: Pairing,
): Promise<Facts> {
  const { pairCharacters, tableOf } = await import("@pith/statistics");
  const { formatCodeTable } = await import("@pith/framing");
  const paired = pairCharacters(counts, table ?? tableOf(counts), pairing, session.settings.singles);
  const codes = formatCodeTable(paired.table);
  await session.print(`${codes}\n`);
  session.note(`primary difference of the pairs: ${paired.difference.toFixed(3)}`);
  return { codes, difference: paired.difference };
}

/** Milliseconds between two times that a search is kept, and lets the event loop in. */
const KEEP_EVERY = 5000;
const TURN_EVERY = 50;

async function searchPairs(session: Session<StatsSettings>, statistics: Statistics): Promise<Facts> {
  const { accuracyOn, codeText, parseSwapState, searchFigure, startSwapSearch, stepSwapSearch } =
    await import("@pith/statistics");
  const { formatCodeTable } = await import("@pith/framing");
  const { settings } = session;
  const start = await startOf(session, statistics);
  const text = await readTexts(settings.search, settings.sample);
  if (text.length === 0) throw new UsageError("--search: expected text, got an empty file");
  const measure = accuracyOn(codeText(text, start), await lettersOf(session, statistics));

  const kept = settings.state !== undefined && existsSync(systemPath(settings.state)) ? settings.state : undefined;
  let state: SwapState =
    kept === undefined
      ? startSwapSearch(start, settings.swapSize, settings.seed, measure)
      : await naming(kept, async () => {
          const text = await readFile(systemPath(kept), "utf8");
          return advising("name another file, or delete it to start again", () => parseSwapState(text, measure));
        });
  const keep = async (): Promise<void> => {
    if (settings.state === undefined) return;
    await writeOutput(session, settings.state, encode(`${JSON.stringify(state, undefined, 2)}\n`), { replace: true });
  };

  const bar = showProgress(session, "searching", settings.steps * text.length);
  let keptAt = performance.now();
  let turnAt = keptAt;
  try {
    while (state.steps < settings.steps) {
      const next = stepSwapSearch(state, measure);
      if (next.accuracy > state.accuracy) {
        session.note(`step ${next.steps}: ${percent(next.accuracy)}  ${formatCodeTable(next.table)}`);
      }
      state = next;
      bar.update(state.steps * text.length);
      const now = performance.now();
      if (now - keptAt > KEEP_EVERY) {
        await keep();
        keptAt = now;
      }
      if (now - turnAt > TURN_EVERY) {
        await new Promise(setImmediate);
        turnAt = now;
      }
    }
  } finally {
    bar.stop();
    await keep();
  }
  if (settings.svg !== undefined) await writeOutput(session, settings.svg, encode(searchFigure([state])));
  const codes = formatCodeTable(state.table);
  await session.print(`${codes}\n`);
  session.note(`${percent(state.accuracy)} of the text after ${state.steps} steps`);
  return { codes, accuracy: state.accuracy, steps: state.steps, curve: state.curve };
}

/** Where a search starts: what --codes says, or exact pairs. */
async function startOf(
  { settings }: Session<StatsSettings>,
  { counts, table }: Statistics,
): Promise<SwapState["table"]> {
  const { pairCharacters, tableOf } = await import("@pith/statistics");
  if (settings.codes !== undefined) return parseCodes(settings.codes);
  return pairCharacters(counts, table ?? tableOf(counts), "exact", settings.singles).table;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(3)} %`;
}

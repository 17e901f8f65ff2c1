/** What the verbs of `pith records` read. */

import type { Progress } from "@pith/core";
import { Prior, Records } from "@pith/priors";

import { Failure } from "../../errors.ts";
import { Source } from "../../files/source.ts";
import { formatBytes } from "../../format.ts";
import { showProgress } from "../../progress.ts";
import type { Session } from "../../session.ts";
import { advising, naming } from "../shared/advising.ts";
import { readPrior } from "../shared/prior.ts";
import { readPath } from "../shared/whole.ts";
import type { RecordsSettings } from "./settings.ts";

/** Bytes of one file of records. */
const LARGEST = 2 ** 28;
const MOST_OF_RECORD = 65_536;
const LINE_FEED = 0x0a;

const ADVICE = {
  "unknown-method": "give --prior as the store was written with",
  "unsupported-version": "another version of pith may read it",
  otherwise: "is it a store that pith records create wrote?",
};

/** Names that --prior has for what is no file. */
const NO_FILES: readonly (string | undefined)[] = ["own", "auto", "none", undefined];

/** The prior that --prior names a file of. */
async function givenPrior({ prior }: RecordsSettings): Promise<Prior | undefined> {
  return prior === undefined || NO_FILES.includes(prior) ? undefined : await readPrior(prior);
}

/** What a new store is to be written with. */
export async function chosenPrior(settings: RecordsSettings): Promise<"own" | "auto" | "none" | Prior> {
  const { prior } = settings;
  if (prior === "auto" || prior === "none") return prior;
  return (await givenPrior(settings)) ?? "own";
}

/**
 * Reads records of files, all of them before any is coded.
 *
 * @param lines each line is a record; else each file
 * @returns undefined if something could not be read, which is reported
 */
export async function readRecords(
  session: Session<RecordsSettings>,
  paths: readonly string[],
  lines: boolean,
): Promise<Uint8Array[] | undefined> {
  const records: Uint8Array[] = [];
  await session.forEach(paths, async (path) => {
    const content = await readPath(path, LARGEST);
    const found = lines ? linesOf(content) : [content];
    for (const [i, { length }] of found.entries()) {
      if (length <= MOST_OF_RECORD) continue;
      const which = lines ? `line ${i + 1}: ` : "";
      throw new Failure(
        `${which}expected a record of at most ${formatBytes(MOST_OF_RECORD)}, got ${formatBytes(length)}`,
      );
    }
    for (const record of found) records.push(record);
    return { length: content.length, records: found.length };
  });
  return session.exitCode === 0 ? records : undefined;
}

/** All lines, also empty ones; behind the last line feed, there is one if there are bytes. */
function linesOf(content: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < content.length;) {
    const found = content.indexOf(LINE_FEED, start);
    const end = found < 0 ? content.length : found;
    lines.push(content.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

/** Codes records, of which a bar shows how far that is. */
export async function codedWithBar(
  session: Session<RecordsSettings>,
  label: string,
  records: readonly Uint8Array[],
  code: (onProgress: (progress: Progress) => void) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const total = records.reduce((sum, { length }) => sum + length, 0);
  const bar = showProgress(session, label, total);
  try {
    return await code(({ done }) => {
      bar.update(done);
    });
  } finally {
    bar.stop();
  }
}

/** Opens a store for as long as something takes. @throws Failure that names it */
export async function withStore<Result>(
  path: string,
  settings: RecordsSettings,
  use: (store: Records) => Promise<Result>,
): Promise<Result> {
  const prior = await givenPrior(settings);
  return await naming(path, async () => {
    const source = await Source.open(path, { streams: false });
    try {
      return await advising(ADVICE, async () => await use(await Records.open(source.randomAccess(), { prior })));
    } finally {
      await source.close();
    }
  });
}

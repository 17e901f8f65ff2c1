/** What a run found, as `dedupe.json` holds it; the page is made from this alone. */
import type { Measurement } from "../measure/child.ts";
import type { Where } from "../measure/where.ts";
import type { Clock } from "../report/results.ts";
import type { StageResult } from "./stage.ts";

/** Archives that can be made, in the order of the page. */
export const SET_NAMES = ["backups", "logs"] as const;
export type SetName = (typeof SET_NAMES)[number];

/** One contestant: how small, and what it cost; or why it did not finish. */
export interface DedupeRow {
  readonly name: string;
  readonly version: string;
  readonly outcome:
    | { readonly size: number; readonly compress: Measurement; readonly decompress: Measurement }
    | { readonly failure: string };
}

/** All contestants on one archive. */
export interface DedupeRun extends Where {
  /** Name of the folder whose files the archive is made of; undefined in runs of before it was kept. */
  readonly source?: string;
  readonly versions: number;
  /** Bytes of one version, about. */
  readonly versionSize: number;
  /** Bytes of the archive. */
  readonly size: number;
  readonly clock: Clock;
  /** Deduplication alone. */
  readonly stage: StageResult;
  readonly rows: readonly DedupeRow[];
}

/** The latest run on each archive. */
export interface DedupeResults {
  readonly format: 1;
  readonly runs: Readonly<Partial<Record<SetName, DedupeRun>>>;
}

/** What predicting a byte takes, as `predictors.json` holds it; the page is made from this alone. */
import type { MixModel } from "@pith/predictors";
import type { Where } from "../measure/where.ts";

/** What is timed: all probabilities; the likeliest bytes and the place of the one that comes; learning it. */
export const CALLS = ["predict", "place", "update"] as const;
export type Call = (typeof CALLS)[number];

/** One model: seconds of the processor for each call on every byte, one a round. */
export interface PredictorRow {
  readonly model: MixModel;
  readonly seconds: Readonly<Record<Call, readonly number[]>>;
}

export interface PredictorsResults extends Where {
  readonly format: 1;
  readonly file: string;
  /** Bytes that were learnt before, without being timed, and bytes that were timed. */
  readonly before: number;
  readonly length: number;
  readonly rows: readonly PredictorRow[];
}

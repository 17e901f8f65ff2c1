/** Speed, memory and growth of the analysis of a stream, beside md5sum on the same stream. */
import type { DataKind } from "@pith/analyzer";
import type { Machine } from "../measure/child.ts";
import { median, medianRatio } from "../measure/statistics.ts";
import { growthExponent } from "./growth.ts";
import { type Reader, runPipeline } from "./pipeline.ts";

/** One kind of data. */
export interface SpeedRow {
  readonly kind: DataKind;
  readonly size: number;
  /** Seconds of each round. */
  readonly analyzerSeconds: readonly number[];
  readonly md5sumSeconds: readonly number[];
  /** Median, in 10^6 bytes a second. */
  readonly analyzerSpeed: number;
  readonly md5sumSpeed: number;
  /** Median over the rounds of the analyzer's speed / md5sum's. */
  readonly ratio: number;
  /** Median processor time of the reader alone, nanoseconds a byte. */
  readonly analyzerCost: number | undefined;
  readonly md5sumCost: number | undefined;
  /** Largest resident set of the analyzer's process in any round, bytes. */
  readonly peakMemory: number | undefined;
}

/** How time grows with size. */
export interface Growth {
  readonly kind: DataKind;
  readonly points: readonly { readonly size: number; readonly seconds: number }[];
  readonly exponent: number;
}

/** What to measure. */
export interface SpeedRequest {
  readonly kinds: readonly DataKind[];
  readonly size: number;
  readonly rounds: number;
  /** Sizes for the growth, of the first kind; none to leave it out. */
  readonly growth: readonly number[];
  readonly folder: string;
  readonly machine: Machine;
  readonly onRun: (what: string) => void;
}

const READERS: readonly Reader[] = ["md5sum", "analyzer"];

/** Runs both readers on every kind, by turns, and the analyzer on growing sizes. */
export async function measureSpeed(request: SpeedRequest): Promise<{ rows: SpeedRow[]; growth: Growth | undefined }> {
  const { kinds, size, rounds, growth, folder, machine, onRun } = request;
  const rows: SpeedRow[] = [];
  for (const kind of kinds) {
    const seconds: Record<Reader, number[]> = { md5sum: [], analyzer: [] };
    const cpuSeconds: Record<Reader, number[]> = { md5sum: [], analyzer: [] };
    let peakMemory: number | undefined;
    for (let round = 0; round < rounds; round++) {
      for (const reader of READERS) {
        onRun(`${kind}, round ${round + 1} of ${rounds}: ${reader}`);
        const run = await runPipeline(reader, kind, size, folder, machine);
        seconds[reader].push(run.seconds);
        if (run.cpuSeconds !== undefined) cpuSeconds[reader].push(run.cpuSeconds);
        if (reader === "analyzer" && run.peakMemory !== undefined) {
          peakMemory = Math.max(peakMemory ?? 0, run.peakMemory);
        }
      }
    }
    const cost = (reader: Reader): number | undefined =>
      cpuSeconds[reader].length === 0 ? undefined : (1e9 * median(cpuSeconds[reader])) / size;
    const speeds = (reader: Reader): number[] => seconds[reader].map((s) => size / 1e6 / s);
    rows.push({
      kind,
      size,
      analyzerSeconds: seconds.analyzer,
      md5sumSeconds: seconds.md5sum,
      analyzerSpeed: median(speeds("analyzer")),
      md5sumSpeed: median(speeds("md5sum")),
      ratio: medianRatio(speeds("analyzer"), speeds("md5sum")),
      analyzerCost: cost("analyzer"),
      md5sumCost: cost("md5sum"),
      peakMemory,
    });
  }
  const points: { size: number; seconds: number }[] = [];
  for (const size of growth) {
    onRun(`growth: ${size} bytes of ${kinds[0]}`);
    points.push({ size, seconds: (await runPipeline("analyzer", kinds[0], size, folder, machine)).seconds });
  }
  return {
    rows,
    growth: points.length < 2 ? undefined : { kind: kinds[0], points, exponent: growthExponent(points) },
  };
}

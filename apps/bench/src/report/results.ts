/** What a race found, as the JSON holds it; tables and picture are drawn from this alone. */
import type { Entrant } from "../contestants/installed.ts";
import type { Contestant } from "../contestants/contestant.ts";
import { REFERENCE } from "../contestants/peers.ts";
import type { Measurement } from "../measure/child.ts";
import type { CorpusFile } from "../measure/corpus.ts";
import type { FileKind } from "../measure/kind.ts";
import type { Course } from "../measure/race.ts";
import { median, medianRatio } from "../measure/statistics.ts";

/** Which time counts: of the clock, or of the processor (for a machine that others use meanwhile). */
export type Clock = "wall" | "cpu";

/** One direction of one contestant on one file. */
export interface Direction {
  /** Median, in 10^6 bytes of original content a second. */
  readonly speed: number;
  /** Median over the rounds of speed ÷ the reference's speed in the same round; undefined without a reference. */
  readonly toReference: number | undefined;
  /** Largest resident set of any round, bytes. */
  readonly peakMemory: number | undefined;
  /** The seconds of each round that the speed comes from. */
  readonly seconds: readonly number[];
}

/** One contestant on one file. */
export interface Row {
  readonly file: string;
  /** Id of the contestant. */
  readonly contestant: string;
  /** Bytes of the compressed file. */
  readonly size: number;
  readonly bitsPerCharacter: number;
  readonly compress: Direction;
  readonly decompress: Direction;
}

/** A whole run. */
export interface Results {
  readonly format: 1;
  /** ISO 8601. */
  readonly date: string;
  readonly processor: string;
  readonly system: string;
  readonly node: string;
  readonly rounds: number;
  readonly clock: Clock;
  /** Children were pinned to one core. */
  readonly pinned: boolean;
  /** Id of the contestant that speeds are compared with. */
  readonly reference: string;
  readonly contestants: readonly { readonly id: string; readonly name: string; readonly version: string }[];
  readonly skipped: readonly { readonly id: string; readonly name: string; readonly aptPackage: string | undefined }[];
  readonly files: readonly { readonly name: string; readonly size: number; readonly kind: FileKind }[];
  readonly rows: readonly Row[];
  readonly failures: readonly { readonly file: string; readonly contestant: string; readonly message: string }[];
}

/** What is known of a run beside its trials. */
export type Setting = Pick<Results, "date" | "processor" | "system" | "node" | "rounds" | "clock" | "pinned">;

/** Sums up a race. Contestants that failed on a file have no row for it but a failure. */
export function summarise(
  courses: readonly Course[],
  files: readonly CorpusFile[],
  entrants: readonly Entrant[],
  missing: readonly Contestant[],
  setting: Setting,
): Results {
  const { clock } = setting;
  const rows: Row[] = [];
  const failures: Results["failures"][number][] = [];
  for (const course of courses) {
    const { file, entrant, trials, failure } = course;
    if (failure !== undefined) {
      failures.push({ file: file.name, contestant: entrant.contestant.id, message: failure });
      continue;
    }
    const reference = courses.find((other) => other.file === file && other.entrant.contestant.id === REFERENCE);
    const direction = (of: "compress" | "decompress"): Direction => {
      const measurements = trials.map((trial) => trial[of]);
      const seconds = measurements.map((measurement) => timeOf(measurement, clock));
      const speeds = seconds.map((s) => file.size / 1e6 / s);
      const isCompared = reference?.trials.length === trials.length;
      const references = reference?.trials.map((trial) => file.size / 1e6 / timeOf(trial[of], clock)) ?? [];
      return {
        speed: median(speeds),
        toReference: isCompared ? medianRatio(speeds, references) : undefined,
        peakMemory: largest(measurements.map(({ peakMemory }) => peakMemory)),
        seconds,
      };
    };
    const size = median(trials.map((trial) => trial.size));
    rows.push({
      file: file.name,
      contestant: entrant.contestant.id,
      size,
      bitsPerCharacter: (size * 8) / file.size,
      compress: direction("compress"),
      decompress: direction("decompress"),
    });
  }
  return {
    format: 1,
    ...setting,
    reference: REFERENCE,
    contestants: entrants.map(({ contestant: { id, name }, version }) => ({ id, name, version })),
    skipped: missing.map(({ id, name, aptPackage }) => ({ id, name, aptPackage })),
    files: files.map(({ name, size, kind }) => ({ name, size, kind })),
    rows,
    failures,
  };
}

/** Processor time comes in steps of 10 ms; a run of less is taken as one step. */
export function timeOf(measurement: Measurement, clock: Clock): number {
  if (clock === "cpu" && measurement.cpuSeconds !== undefined) return Math.max(0.01, measurement.cpuSeconds);
  return measurement.seconds;
}

function largest(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

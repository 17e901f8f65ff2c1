/** Contestants on files, interleaved, round by round, so that whatever else the machine does hits all alike. */
import type { Entrant } from "../contestants/installed.ts";
import type { Machine } from "./child.ts";
import type { CorpusFile } from "./corpus.ts";
import { type Trial, runTrial } from "./trial.ts";

/** All rounds of one contestant on one file. */
export interface Course {
  readonly file: CorpusFile;
  readonly entrant: Entrant;
  /** One a round, in order. */
  readonly trials: Trial[];
  /** Why it did not finish; it then sits out the rest. */
  failure: string | undefined;
}

/** How far a race is. */
export interface Position {
  readonly round: number;
  readonly file: string;
  readonly contestant: string;
  /** Trials done, and trials in all. */
  readonly done: number;
  readonly total: number;
}

/** What a race needs beside its field. */
export interface RaceOptions {
  readonly rounds: number;
  /** For compressed and restored files. */
  readonly folder: string;
  readonly machine: Machine;
  readonly onTrial?: (position: Position) => void;
}

/** Every contestant on every file in every round; each round starts with another contestant. */
export async function race(
  files: readonly CorpusFile[],
  entrants: readonly Entrant[],
  { rounds, folder, machine, onTrial }: RaceOptions,
): Promise<Course[]> {
  const courses = files.map((file) =>
    entrants.map((entrant): Course => ({ file, entrant, trials: [], failure: undefined })),
  );
  const total = rounds * files.length * entrants.length;
  let done = 0;
  for (let round = 0; round < rounds; round++) {
    for (const lanes of courses) {
      for (let i = 0; i < lanes.length; i++) {
        const course = lanes[(i + round) % lanes.length];
        const { contestant } = course.entrant;
        onTrial?.({ round: round + 1, file: course.file.name, contestant: contestant.name, done: done++, total });
        if (course.failure !== undefined) continue;
        try {
          course.trials.push(await runTrial(contestant, course.file.path, folder, machine));
        } catch (error) {
          course.failure = error instanceof Error ? error.message : String(error);
        }
      }
    }
  }
  return courses.flat();
}

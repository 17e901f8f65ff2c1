/** One file at every level, to see what each makes of it and how long it takes. */
import { LEVELS } from "@pith/codec";
import { explain } from "../shared/problems.ts";
import { Store } from "../shared/store.ts";
import { DEFAULT_CHOICES } from "./choices.ts";
import { RemoteRunner } from "./remote-runner.ts";
import type { Outcome } from "./runner.ts";

/** What a level made. */
export interface LevelPoint {
  readonly level: number;
  readonly bytes: number;
  readonly seconds: number;
}

export interface LevelsRun {
  readonly file: File;
  /** Of the levels that are done, in their order. */
  readonly points: readonly LevelPoint[];
  readonly gzip: number | undefined;
  /** The level in work; undefined when all are done, or none will be any more. */
  readonly level: number | undefined;
  /** Why it stopped. */
  readonly problem: string | undefined;
}

/** The one that is shown; stays while other views are. */
export const levelsRun = new Store<LevelsRun | undefined>(undefined);

/** Apart from the files of the list, whose results stay. */
const runner = new RemoteRunner();
let lastId = 0;

/** Starts with a file, and stops what ran before. */
export async function runLevels(file: File): Promise<void> {
  closeLevels();
  let run: LevelsRun = { file, points: [], gzip: undefined, level: undefined, problem: undefined };
  const show = (change: Partial<LevelsRun>): void => levelsRun.set((run = { ...run, ...change }));
  for (const { level } of LEVELS) {
    show({ level });
    // First a little of it: loading the level's parts is no time of the level.
    await compress(new File([file.slice(0, WARM)], file.name), level);
    if (levelsRun.value !== run) return;
    const outcome = await compress(file, level);
    // Another took its place.
    if (levelsRun.value !== run) return;
    if (outcome.type === "failed") {
      show({ level: undefined, problem: `${outcome.problem.what}. ${outcome.problem.remedy}` });
      return;
    }
    if (outcome.type === "cancelled") return;
    const { result, seconds, gzipLength } = outcome;
    show({ points: [...run.points, { level, bytes: result.size, seconds }], gzip: gzipLength });
  }
  show({ level: undefined });
}

/** Bytes that load all that a level needs. */
const WARM = 4096;

async function compress(file: File, level: number): Promise<Outcome> {
  const id = ++lastId;
  try {
    const task = { type: "compress", choices: { ...DEFAULT_CHOICES, level }, anyway: true } as const;
    return await runner.run(id, file, task, () => undefined);
  } catch (error) {
    return { type: "failed", problem: explain(error), partial: undefined };
  } finally {
    void runner.discard(id);
  }
}

/** Stops what runs, and takes it away. */
export function closeLevels(): void {
  levelsRun.set(undefined);
  void runner.cancel(lastId);
}

import { UsageError } from "../../errors.ts";
import { programVersion } from "../../program-version.ts";
import { showProgress } from "../../progress.ts";
import type { Facts, Session } from "../../session.ts";
import { describeCoded } from "../shared/summary.ts";
import { readPlan, readReceipt, shardFolder, shardPaths, type ReadPlan } from "./plan-file.ts";
import type { ShardSettings } from "./settings.ts";
import { doUnit } from "./unit.ts";

/** Which task of an array of jobs of Slurm this is. */
const TASK = "SLURM_ARRAY_TASK_ID";

export async function run(session: Session<ShardSettings>): Promise<void> {
  const [path, word = process.env[TASK]] = session.operands;
  if (word === undefined) throw new UsageError(`shard run: expected N, all, or the variable ${TASK}, got none`);
  const plan = await readPlan(path, programVersion());
  const folder = shardFolder(path, session.settings.shards);
  const units = await unitsNamed(word, plan, folder);
  await session.forEach(
    units.map((unit) => `unit ${unit}`),
    (_name, i) => runUnit(session, plan, folder, units[i]),
  );
}

/** @throws UsageError if it is no unit of the plan */
async function unitsNamed(word: string, plan: ReadPlan, folder: string): Promise<number[]> {
  const { length } = plan.units;
  if (word === "all") {
    const left: number[] = [];
    for (let unit = 0; unit < length; unit++) {
      if ((await readReceipt(shardPaths(folder, unit).receipt, plan, unit)) === undefined) left.push(unit);
    }
    return left;
  }
  const unit = /^\d{1,15}$/.test(word) ? Number(word) : NaN;
  if (unit < length) return [unit];
  throw new UsageError(`shard run: expected a unit from 0 to ${length - 1}, or all, got ${word}`);
}

async function runUnit(session: Session<ShardSettings>, plan: ReadPlan, folder: string, unit: number): Promise<Facts> {
  const { start, end } = plan.units[unit];
  const started = performance.now();
  const bar = showProgress(session, `unit ${unit}`, end - start);
  try {
    const threads = session.settings.workerThreads;
    const done = await doUnit(plan, folder, unit, { threads, onProgress: (bytes) => bar.update(bytes) });
    const seconds = (performance.now() - started) / 1000;
    const { contentLength: read, fileLength: written } = done;
    session.note(describeCoded({ name: `unit ${unit}`, read, written, content: "source", seconds }));
    return { ...done, seconds };
  } finally {
    bar.stop();
  }
}

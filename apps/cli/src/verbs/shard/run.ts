import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";

import type { CompressOptions } from "@pith/codec";
import { PithError } from "@pith/core";

import { Failure, UsageError } from "../../errors.ts";
import { printableName, systemPath } from "../../files/system-path.ts";
import { openTarget } from "../../files/target.ts";
import { programVersion } from "../../program-version.ts";
import { showProgress } from "../../progress.ts";
import type { Facts, Session } from "../../session.ts";
import { transfer } from "../../transfer.ts";
import { writeOutput } from "../shared/output.ts";
import { describeCoded } from "../shared/summary.ts";
import { readPlan, readReceipt, shardFolder, shardPaths, writeReceipt, type ReadPlan } from "./plan-file.ts";
import { chunksOf, withRange } from "./range.ts";
import type { ShardSettings } from "./settings.ts";

/** Which task of an array of jobs of Slurm this is. */
const TASK = "SLURM_ARRAY_TASK_ID";

export async function run(session: Session<ShardSettings>): Promise<void> {
  const [path, word = process.env[TASK]] = session.operands;
  if (word === undefined) throw new UsageError(`shard run: expected N, all, or the variable ${TASK}, got none`);
  const plan = readPlan(path, programVersion());
  const folder = shardFolder(path, session.settings.shards);
  const units = unitsNamed(word, plan, folder);
  mkdirSync(systemPath(folder), { recursive: true });
  await session.forEach(
    units.map((unit) => `unit ${unit}`),
    (_name, i) => runUnit(session, plan, folder, units[i]),
  );
}

/** @throws UsageError if it is no unit of the plan */
function unitsNamed(word: string, plan: ReadPlan, folder: string): number[] {
  const { length } = plan.units;
  if (word === "all") {
    const all = Array.from({ length }, (_, unit) => unit);
    return all.filter((unit) => readReceipt(shardPaths(folder, unit).receipt, plan, unit) === undefined);
  }
  const unit = /^\d{1,15}$/.test(word) ? Number(word) : NaN;
  if (unit < length) return [unit];
  throw new UsageError(`shard run: expected a unit from 0 to ${length - 1}, or all, got ${word}`);
}

async function runUnit(session: Session<ShardSettings>, plan: ReadPlan, folder: string, unit: number): Promise<Facts> {
  const { input, start, end, sha256 } = plan.units[unit];
  const { path } = plan.inputs[input];
  const { shard, receipt } = shardPaths(folder, unit);
  const started = performance.now();
  // It may be done again: then it becomes the same.
  const target = await openTarget(shard, {
    force: true,
    transient: true,
    mode: 0o666,
    source: undefined,
    ask: undefined,
  });
  const [before, after] = [createHash("sha256"), createHash("sha256")];
  const bar = showProgress(session, `unit ${unit}`, end - start);
  try {
    await withRange(path, start, end, async (range) => {
      const { CompressStream, sampleRepeats } = await import("@pith/codec");
      const options: CompressOptions = { ...optionsOf(plan), threads: session.settings.workerThreads };
      const repeats = await sampleRepeats(range, options).catch((error: unknown) => {
        // The input ends too early: what it is compared with below says so better.
        if (error instanceof PithError) return undefined;
        throw error;
      });
      const stream = new CompressStream({ ...options, repeats, onProgress: ({ done }) => bar.update(done) });
      await transfer(hashing(chunksOf(range), before), stream, async (chunk) => {
        after.update(chunk);
        await target.write(chunk);
      });
    });
    if (before.digest("hex") !== sha256) {
      throw new Failure(
        `${printableName(path)} is not what it was when the plan was made; make a new plan with pith shard plan`,
      );
    }
    await target.commit(undefined);
  } finally {
    bar.stop();
    target.discard();
  }
  const length = target.bytesWritten;
  const done = writeReceipt({ plan: plan.hash, unit, length, sha256: after.digest("hex") });
  await writeOutput(session, receipt, done, { replace: true });
  const seconds = (performance.now() - started) / 1000;
  session.note(describeCoded({ name: `unit ${unit}`, read: end - start, written: length, content: "source", seconds }));
  return { output: shard, contentLength: end - start, fileLength: length, seconds };
}

/** Nothing of the machine decides which bytes a unit becomes. */
function optionsOf({ settings: { level, open, blockSize, memoryLimit } }: ReadPlan): CompressOptions {
  return { level, open, memoryLimit, ...(blockSize !== null && { blockSize }) };
}

async function* hashing(
  chunks: AsyncIterable<Uint8Array>,
  hash: { update(chunk: Uint8Array): unknown },
): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

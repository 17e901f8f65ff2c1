/** Does a unit, whoever asks for it. */

import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";

import { Failure } from "../../errors.ts";
import { printableName, systemPath } from "../../files/system-path.ts";
import { isObject } from "../../places/object-name.ts";
import { chunksOf, sizeAt, withRange, writing } from "../../places/place.ts";
import type { UnitInput } from "./kinds/kind.ts";
import { UNIT_KINDS } from "./kinds/registry.ts";
import { readReceipt, shardPaths, writeReceipt, type ReadPlan } from "./plan-file.ts";

/** What a unit came to. */
export interface DoneUnit {
  readonly output: string;
  /** Bytes of the input, and of what came of them. */
  readonly contentLength: number;
  readonly fileLength: number;
}

/** It may be there already. */
const REPLACING = { force: true };

export type UnitOptions = Pick<UnitInput, "threads" | "onProgress"> & Partial<Pick<UnitInput, "signal">>;

/** Whether a unit has been done, and what came of it is there. */
export async function isDone(plan: ReadPlan, folder: string, unit: number): Promise<boolean> {
  const { shard, receipt } = shardPaths(folder, unit);
  const done = await readReceipt(receipt, plan, unit);
  return done !== undefined && (await sizeAt(shard)) === done.length;
}

/**
 * Does a unit. It may be done again, and by several at once: then it becomes the same.
 *
 * @param folder of units; it is made if it is not there
 * @throws Failure if the input is not what it was when the plan was made
 */
export async function doUnit(plan: ReadPlan, folder: string, unit: number, options: UnitOptions): Promise<DoneUnit> {
  const { input, start, end, sha256 } = plan.units[unit];
  const { path } = plan.inputs[input];
  const { shard, receipt } = shardPaths(folder, unit);
  const kind = await UNIT_KINDS[plan.settings.unit]();
  if (!isObject(folder)) mkdirSync(systemPath(folder), { recursive: true });
  const [before, after] = [createHash("sha256"), createHash("sha256")];
  const length = await writing(shard, REPLACING, async (target) => {
    const write = async (chunk: Uint8Array): Promise<void> => {
      after.update(chunk);
      await target.write(chunk);
    };
    await withRange(path, 0, end, async (file) => {
      const range = { size: end - start, read: (at: number, size: number) => file.read(start + at, size) };
      const chunks = hashing(chunksOf(range), before);
      await kind.run(plan.settings, { signal: undefined, ...options, file, range, start, chunks }, write);
    });
    if (before.digest("hex") !== sha256) {
      throw new Failure(
        `${printableName(path)} is not what it was when the plan was made; make a new plan with pith shard plan`,
      );
    }
  });
  const done = writeReceipt({ plan: plan.hash, unit, length, sha256: after.digest("hex") });
  await writing(receipt, REPLACING, (target) => target.write(done));
  return { output: shard, contentLength: end - start, fileLength: length };
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

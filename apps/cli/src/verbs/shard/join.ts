/** Joins what came of units, whoever did them. */

import { createHash } from "node:crypto";
import { statSync } from "node:fs";

import { Failure } from "../../errors.ts";
import { printableName, systemPath } from "../../files/system-path.ts";
import type { Target } from "../../files/target.ts";
import { readReceipt, shardPaths, type ReadPlan, type Receipt } from "./plan-file.ts";
import { chunksOf, withRange } from "./range.ts";

/** Units that an error names, of many. */
const NAMED = 20;

/** @throws Failure if units are missing, or are of another plan */
export function allReceipts(plan: ReadPlan, folder: string): Receipt[] {
  const receipts: Receipt[] = [];
  const missing: number[] = [];
  for (let unit = 0; unit < plan.units.length; unit++) {
    const receipt = readReceipt(shardPaths(folder, unit).receipt, plan, unit);
    if (receipt === undefined) missing.push(unit);
    else receipts.push(receipt);
  }
  if (missing.length === 0) return receipts;
  const more = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : "";
  throw new Failure(
    `expected ${plan.units.length} units of this plan in ${printableName(folder)}, and these are not there or of another plan: ` +
      `${missing.slice(0, NAMED).join(", ")}${more}; pith shard run PLAN all does them`,
  );
}

export function joinedLength(receipts: readonly Receipt[]): number {
  return receipts.reduce((sum, { length }) => sum + length, 0);
}

/**
 * Writes what came of all units, one behind the other.
 *
 * @throws Failure if one is not what its receipt says
 */
export async function join(
  folder: string,
  receipts: readonly Receipt[],
  target: Target,
  onProgress: (done: number) => void,
): Promise<void> {
  for (const { unit, length, sha256 } of receipts) {
    const { shard, receipt } = shardPaths(folder, unit);
    const size = statSync(systemPath(shard)).size;
    if (size !== length || (await hashOf(shard, 0, length, (chunk) => target.write(chunk))) !== sha256) {
      throw new Failure(
        `${printableName(shard)} is not what came of unit ${unit}; delete ${printableName(receipt)} and do the unit again`,
      );
    }
    onProgress(target.bytesWritten);
  }
}

/** Whether a file is what joining would make. */
export async function isJoined(path: string, receipts: readonly Receipt[]): Promise<boolean> {
  if (statSync(systemPath(path), { throwIfNoEntry: false })?.size !== joinedLength(receipts)) return false;
  let start = 0;
  for (const { length, sha256 } of receipts) {
    if ((await hashOf(path, start, start + length)) !== sha256) return false;
    start += length;
  }
  return true;
}

async function hashOf(
  path: string,
  start: number,
  end: number,
  take?: (chunk: Uint8Array) => Promise<void>,
): Promise<string> {
  const hash = createHash("sha256");
  await withRange(path, start, end, async (range) => {
    for await (const chunk of chunksOf(range)) {
      hash.update(chunk);
      await take?.(chunk);
    }
  });
  return hash.digest("hex");
}

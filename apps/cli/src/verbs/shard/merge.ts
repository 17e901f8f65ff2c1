import { createHash } from "node:crypto";
import { statSync } from "node:fs";

import { Failure, UsageError } from "../../errors.ts";
import { printableName, systemPath } from "../../files/system-path.ts";
import { openTarget, type Target } from "../../files/target.ts";
import { formatBytes } from "../../format.ts";
import { programVersion } from "../../program-version.ts";
import { showProgress } from "../../progress.ts";
import type { Facts, Session } from "../../session.ts";
import { readPlan, readReceipt, shardFolder, shardPaths, type ReadPlan, type Receipt } from "./plan-file.ts";
import { chunksOf, withRange } from "./range.ts";
import type { ShardSettings } from "./settings.ts";

/** Units that an error names, of many. */
const NAMED = 20;

export async function run(session: Session<ShardSettings>): Promise<void> {
  const { operands, settings } = session;
  const { output, force } = settings;
  if (output === undefined) throw new UsageError("shard merge: expected -o FILE, got none");
  await session.forEach(operands, async (path): Promise<Facts> => {
    const plan = readPlan(path, programVersion());
    const folder = shardFolder(path, settings.shards);
    const receipts = allReceipts(plan, folder);
    const target = await openTarget(output, { force, transient: true, mode: 0o666, source: undefined, ask: undefined });
    const total = receipts.reduce((sum, { length }) => sum + length, 0);
    const bar = showProgress(session, printableName(output), total);
    try {
      for (const receipt of receipts) {
        await append(folder, receipt, target);
        bar.update(target.bytesWritten);
      }
      await target.commit(undefined);
    } finally {
      bar.stop();
      target.discard();
    }
    const contentLength = plan.inputs.reduce((sum, { size }) => sum + size, 0);
    session.note(`${plan.units.length} units: ${formatBytes(contentLength)} → ${formatBytes(total)}`);
    return { output, units: plan.units.length, contentLength, fileLength: total };
  });
}

/** @throws Failure if units are missing, or are of another plan */
function allReceipts(plan: ReadPlan, folder: string): Receipt[] {
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

/** @throws Failure if the unit is not what its receipt says */
async function append(folder: string, { unit, length, sha256 }: Receipt, target: Target): Promise<void> {
  const { shard, receipt } = shardPaths(folder, unit);
  const hash = createHash("sha256");
  const size = statSync(systemPath(shard)).size;
  if (size === length) {
    await withRange(shard, 0, length, async (range) => {
      for await (const chunk of chunksOf(range)) {
        hash.update(chunk);
        await target.write(chunk);
      }
    });
  }
  if (hash.digest("hex") === sha256) return;
  throw new Failure(
    `${printableName(shard)} is not what came of unit ${unit}; delete ${printableName(receipt)} and do the unit again`,
  );
}

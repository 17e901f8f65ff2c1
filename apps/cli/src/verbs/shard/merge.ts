import { UsageError } from "../../errors.ts";
import { printableName } from "../../files/system-path.ts";
import { openTarget } from "../../files/target.ts";
import { formatBytes } from "../../format.ts";
import { programVersion } from "../../program-version.ts";
import { showProgress } from "../../progress.ts";
import type { Facts, Session } from "../../session.ts";
import { allReceipts, join, joinedLength } from "./join.ts";
import { readPlan, shardFolder } from "./plan-file.ts";
import type { ShardSettings } from "./settings.ts";

export async function run(session: Session<ShardSettings>): Promise<void> {
  const { operands, settings } = session;
  const { output, force } = settings;
  if (output === undefined) throw new UsageError("shard merge: expected -o FILE, got none");
  await session.forEach(operands, async (path): Promise<Facts> => {
    const plan = readPlan(path, programVersion());
    const folder = shardFolder(path, settings.shards);
    const receipts = allReceipts(plan, folder);
    const target = await openTarget(output, { force, transient: true, mode: 0o666, source: undefined, ask: undefined });
    const total = joinedLength(receipts);
    const bar = showProgress(session, printableName(output), total);
    try {
      await join(folder, receipts, target, (done) => bar.update(done));
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

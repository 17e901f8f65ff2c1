import { UsageError } from "../../errors.ts";
import { printableName } from "../../files/system-path.ts";
import { formatBytes } from "../../format.ts";
import { programVersion } from "../../program-version.ts";
import { showProgress } from "../../progress.ts";
import type { Facts, Session } from "../../session.ts";
import { join } from "./join.ts";
import { readPlan, shardFolder } from "./plan-file.ts";
import type { ShardSettings } from "./settings.ts";

export async function run(session: Session<ShardSettings>): Promise<void> {
  const { operands, settings } = session;
  const { output, force } = settings;
  if (output === undefined) throw new UsageError("shard merge: expected -o FILE, got none");
  await session.forEach(operands, async (path): Promise<Facts> => {
    const plan = await readPlan(path, programVersion());
    const folder = shardFolder(path, settings.shards);
    const bar = showProgress(session, printableName(output), plan.units.length, { rate: false });
    let total: number;
    try {
      total = await join(plan, folder, output, { force, mayBeThere: false, onProgress: (done) => bar.update(done) });
    } finally {
      bar.stop();
    }
    const contentLength = plan.inputs.reduce((sum, { size }) => sum + size, 0);
    session.note(`${plan.units.length} units: ${formatBytes(contentLength)} → ${formatBytes(total)}`);
    return { output, units: plan.units.length, contentLength, fileLength: total };
  });
}

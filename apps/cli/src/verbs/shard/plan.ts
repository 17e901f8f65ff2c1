import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { resolve } from "node:path";

import { Failure, UsageError } from "../../errors.ts";
import { systemPath } from "../../files/system-path.ts";
import { formatBytes } from "../../format.ts";
import { programVersion } from "../../program-version.ts";
import type { Facts, Session } from "../../session.ts";
import { showProgress } from "../../progress.ts";
import { writeOutput } from "../shared/output.ts";
import { writePlan, type Plan, type Unit } from "./plan-file.ts";
import { chunksOf, withRange } from "./range.ts";
import type { ShardSettings } from "./settings.ts";

export async function run(session: Session<ShardSettings>): Promise<void> {
  const { operands, settings } = session;
  const { output } = settings;
  if (output === undefined) throw new UsageError("shard plan: expected -o PLAN, got none");
  const inputs: { path: string; size: number }[] = [];
  const units: Unit[] = [];
  await session.forEach(operands, async (operand): Promise<Facts> => {
    const stats = statSync(systemPath(operand));
    if (!stats.isFile())
      throw new Failure("is no regular file, of which a unit could be read anywhere; save it to one first");
    const path = resolve(operand);
    const ranges = await unitsOf(session, path, stats.size, inputs.length);
    inputs.push({ path, size: stats.size });
    units.push(...ranges);
    return { size: stats.size, units: ranges.length };
  });
  if (inputs.length < operands.length) return;
  const { level, open, blockSize = null, memoryLimit } = settings;
  const plan: Plan = { program: programVersion(), settings: { level, open, blockSize, memoryLimit }, inputs, units };
  await writeOutput(session, output, writePlan(plan));
  const length = inputs.reduce((sum, { size }) => sum + size, 0);
  session.setResult({ plan: output, units: units.length, contentLength: length });
  await session.print(`${units.length} units, 0 to ${units.length - 1}, of ${formatBytes(length)}\n`);
}

/** An empty input is one empty unit. */
async function unitsOf(session: Session<ShardSettings>, path: string, length: number, input: number): Promise<Unit[]> {
  const units: Unit[] = [];
  const bar = showProgress(session, path, length);
  try {
    for (let start = 0; start < length || start === 0; start += session.settings.size) {
      const end = Math.min(length, start + session.settings.size);
      const hash = createHash("sha256");
      let done = start;
      await withRange(path, start, end, async (range) => {
        for await (const chunk of chunksOf(range)) {
          hash.update(chunk);
          done += chunk.length;
          bar.update(done);
        }
      });
      if (done < end) throw new Failure(`shrank while it was read: ${length} bytes at first, ${done} at last`);
      units.push({ input, start, end, sha256: hash.digest("hex") });
    }
  } finally {
    bar.stop();
  }
  return units;
}

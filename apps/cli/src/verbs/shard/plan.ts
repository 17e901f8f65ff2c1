import { createHash } from "node:crypto";

import { Failure, UsageError } from "../../errors.ts";
import { formatBytes } from "../../format.ts";
import { programVersion } from "../../program-version.ts";
import type { Facts, Session } from "../../session.ts";
import { showProgress } from "../../progress.ts";
import { DEFAULTS } from "../analyze/options.ts";
import { asker } from "../../ask.ts";
import { writePlan, type Plan, type Unit } from "./plan-file.ts";
import { absolute, chunksOf, isThere, notThere, sizeAt, withRange, writing } from "../../places/place.ts";
import type { ShardSettings } from "./settings.ts";

export async function run(session: Session<ShardSettings>): Promise<void> {
  const { operands, settings } = session;
  const { output } = settings;
  if (output === undefined) throw new UsageError("shard plan: expected -o PLAN, got none");
  const size = await sizeOfUnit(session);
  const inputs: { path: string; size: number }[] = [];
  const units: Unit[] = [];
  await session.forEach(operands, async (operand): Promise<Facts> => {
    const length = await sizeAt(operand);
    if (length === undefined) {
      throw new Failure(
        (await isThere(operand))
          ? "is no regular file, of which a unit could be read anywhere; save it to one first"
          : notThere(operand),
      );
    }
    const path = absolute(operand);
    const ranges = await unitsOf(session, path, size, length, inputs.length);
    inputs.push({ path, size: length });
    units.push(...ranges);
    return { size: length, units: ranges.length };
  });
  if (inputs.length < operands.length) return;
  const { unit, level, open, blockSize = null, memoryLimit, alphabet = null, window = null } = settings;
  const work = { unit, level, open, blockSize, memoryLimit, alphabet, window };
  const plan: Plan = { program: programVersion(), settings: work, inputs, units };
  const { force, quiet } = settings;
  await writing(output, { force, ask: asker(quiet) }, (target) => target.write(writePlan(plan)));
  const length = inputs.reduce((sum, { size }) => sum + size, 0);
  session.setResult({ plan: output, units: units.length, contentLength: length });
  await session.print(`${units.length} units, 0 to ${units.length - 1}, of ${formatBytes(length)}\n`);
}

/** Bytes of a unit. @throws UsageError for inputs that cannot be done so */
async function sizeOfUnit({ settings: { unit, size }, operands }: Session<ShardSettings>): Promise<number> {
  if (unit !== "analyze") return size;
  if (operands.length > 1) throw new UsageError(`--unit analyze: expected one INPUT, got ${operands.length}`);
  const { shardUnit } = await import("@pith/analyzer");
  const step = shardUnit(DEFAULTS.patternSize);
  return Math.max(1, Math.floor(size / step)) * step;
}

/** An empty input is one empty unit. */
async function unitsOf(
  session: Session<ShardSettings>,
  path: string,
  size: number,
  length: number,
  input: number,
): Promise<Unit[]> {
  const units: Unit[] = [];
  const bar = showProgress(session, path, length);
  try {
    for (let start = 0; start < length || start === 0; start += size) {
      const end = Math.min(length, start + size);
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

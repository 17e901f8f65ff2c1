/** Joins what came of units, whoever did them. */

import { createHash } from "node:crypto";

import { Failure } from "../../errors.ts";
import { printableName } from "../../files/system-path.ts";
import { chunksOf, openRange, sizeAt, withRange, writing } from "../../places/place.ts";
import type { UnitKind, UnitOutput, Write } from "./kinds/kind.ts";
import { UNIT_KINDS } from "./kinds/registry.ts";
import { readReceipt, shardPaths, type ReadPlan, type Receipt } from "./plan-file.ts";

/** Units that an error names, of many. */
const NAMED = 20;

/** How to join. */
export interface JoinOptions {
  readonly force: boolean;
  /** Whether a file will do that is there and is what joining makes. */
  readonly mayBeThere: boolean;
  readonly signal?: AbortSignal;
  /** @param done units */
  readonly onProgress: (done: number) => void;
}

/**
 * Writes what came of all units of a plan, joined.
 *
 * @returns bytes of the file
 * @throws Failure if units are missing, of another plan, or not what their receipts say
 */
export async function join(plan: ReadPlan, folder: string, output: string, options: JoinOptions): Promise<number> {
  const receipts = await allReceipts(plan, folder);
  const kind = await UNIT_KINDS[plan.settings.unit]();
  const write = (take: Write): Promise<void> => kind.merge(plan, outputs(folder, receipts, options), output, take);
  const there = options.mayBeThere ? await sizeAt(output) : undefined;
  if (there !== undefined && (await isWritten(output, there, write, kind.isSame))) return there;
  return await writing(output, options, (target) => write((chunk) => target.write(chunk)));
}

/** @throws Failure if units are missing, or are of another plan */
async function allReceipts(plan: ReadPlan, folder: string): Promise<Receipt[]> {
  const receipts: Receipt[] = [];
  const missing: number[] = [];
  for (let unit = 0; unit < plan.units.length; unit++) {
    const receipt = await readReceipt(shardPaths(folder, unit).receipt, plan, unit);
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

function* outputs(
  folder: string,
  receipts: readonly Receipt[],
  { signal, onProgress }: JoinOptions,
): Generator<UnitOutput, void> {
  for (const [i, receipt] of receipts.entries()) {
    signal?.throwIfAborted();
    yield { unit: receipt.unit, chunks: () => checked(folder, receipt) };
    onProgress(i + 1);
  }
}

/** @throws Failure if it is not what the receipt says */
async function* checked(folder: string, { unit, length, sha256 }: Receipt): AsyncGenerator<Uint8Array, void> {
  const { shard, receipt } = shardPaths(folder, unit);
  const hash = createHash("sha256");
  if ((await sizeAt(shard)) === length) {
    const { range, close } = await openRange(shard, 0, length);
    try {
      for await (const chunk of chunksOf(range)) {
        hash.update(chunk);
        yield chunk;
      }
    } finally {
      close();
    }
  }
  if (hash.digest("hex") === sha256) return;
  throw new Failure(
    `${printableName(shard)} is not what came of unit ${unit}; delete ${printableName(receipt)} and do the unit again`,
  );
}

/** Whether a file holds what would be written. */
async function isWritten(
  path: string,
  size: number,
  write: (take: Write) => Promise<void>,
  isSame: UnitKind["isSame"],
): Promise<boolean> {
  const made: Uint8Array[] = [];
  const seen = { length: 0, isSame: true };
  return await withRange(path, 0, size, async (range) => {
    await write(async (chunk) => {
      if (isSame !== undefined) made.push(chunk);
      seen.isSame &&= Buffer.compare(chunk, await range.read(seen.length, chunk.length)) === 0;
      seen.length += chunk.length;
    });
    if (isSame === undefined) return seen.isSame && seen.length === size;
    return await isSame(await range.read(0, size), new Uint8Array(Buffer.concat(made)));
  });
}

/** Decodes of a deduplicated block only the parts that some of its content is made of. */

import { inTurns, runInOrder } from "@pith/core/steps";
import { asDamage } from "../block/damage.ts";
import { type Part, readParts } from "../block/parts.ts";
import { headerMemory, inputLength } from "../format/block-header.ts";
import { isMethod } from "../methods/method.ts";
import type { DecompressSettings } from "../plan/options.ts";
import { readHead, restore } from "../transforms/dedupe/decode.ts";
import { dedupe } from "../transforms/dedupe/index.ts";
import { neededInput, readAssembly, restoreRange, type Range } from "../transforms/dedupe/needed.ts";
import { PithError } from "@pith/core";
import type { DecodeTask } from "../workers/tasks.ts";
import { newInput, type Running } from "./decode-job.ts";

type Block = DecodeTask["block"];

/** Whether a block is made of parts that some of its content can do without. */
export function isDeduplicated({ header: { method, stages } }: Block): boolean {
  return !isMethod(method) && stages.length === 1 && stages[0].transform.id === dedupe.id;
}

/**
 * Content from `from` up to, but without, `to`. The checksums of the parts are compared, each part once; that of the block, which
 * is of all of its content, is not.
 *
 * @param block one that {@link isDeduplicated}
 * @returns undefined if all parts are needed, or finding out would take too long
 * @throws PithError
 */
export async function decodeSomeParts(
  block: Block,
  from: number,
  to: number,
  running: Running,
  settings: DecompressSettings,
): Promise<Uint8Array | undefined> {
  const { header, payloadOffset } = block;
  const { contentLength } = header;
  const parts = placed(readParts(block, settings));
  const input = newInput(inputLength(header), payloadOffset);
  const bounds = { ...settings, memoryLimit: settings.memoryLimit - headerMemory(header) };
  try {
    const first = await decodeHead(parts, input, running, bounds);
    const wanted = { start: from, end: to };
    const known = input.subarray(0, parts[first - 1].end);
    const assembly = readAssembly(known, input.length, contentLength, payloadOffset);
    const ranges = assembly && neededInput(assembly, wanted);
    if (assembly === undefined || ranges === undefined) return undefined;
    const needed = parts.slice(first).filter((part) => ranges.some((range) => overlap(part, range)));
    if (needed.length === parts.length - first) return undefined;
    await decodeInto(input, needed, running, bounds);
    const content =
      restoreRange(assembly, input, wanted) ??
      (await inTurns(restore(input, contentLength, payloadOffset))).slice(from, to);
    running.meter.block(contentLength)(contentLength);
    return content;
  } catch (error) {
    throw asDamage(error, block);
  }
}

/** A part, and where what it holds lies in the block's input. */
interface PlacedPart extends Range {
  readonly part: Part;
}

function placed(parts: readonly Part[]): PlacedPart[] {
  let start = 0;
  return parts.map((part) => {
    const end = start + part.header.contentLength;
    const range = { part, start, end };
    start = end;
    return range;
  });
}

function overlap(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Decodes the parts that hold the instructions. @returns how many these are */
async function decodeHead(
  parts: readonly PlacedPart[],
  input: Uint8Array,
  running: Running,
  settings: DecompressSettings,
): Promise<number> {
  for (let count = 1; ; count++) {
    await decodeInto(input, parts.slice(count - 1, count), running, settings);
    if (count === parts.length || holdsInstructions(input.subarray(0, parts[count - 1].end))) return count;
  }
}

function holdsInstructions(start: Uint8Array): boolean {
  try {
    readHead(start, 0);
    return true;
  } catch (error) {
    if (error instanceof PithError && error.code === "truncated") return false;
    throw error;
  }
}

async function decodeInto(
  input: Uint8Array,
  parts: readonly PlacedPart[],
  { executor }: Running,
  settings: DecompressSettings,
): Promise<void> {
  const jobs = parts.map(({ part, start }) => ({
    memory: part.memory,
    start: async () => ({ start, content: await executor.run({ type: "decode", block: part }, () => undefined) }),
  }));
  for await (const { start, content } of runInOrder(jobs, settings)) input.set(content, start);
}

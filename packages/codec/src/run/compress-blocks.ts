import { giveSpare } from "@pith/core/bytes";
import { type Job, type OnDone, ProgressMeter, runInOrder } from "@pith/core/steps";
import type { Executor } from "@pith/core/workers";
import { readReference } from "../bytes/reference.ts";
import { encodeByPrior } from "../block/by-prior.ts";
import type { Block } from "../block/encode.ts";
import { smallest } from "../block/encode-unit.ts";
import { type PartedBlock, joinParts } from "../block/parted.ts";
import { FrameWriter } from "../format/frame-writer.ts";
import { PRIOR_MEMORY } from "../methods/prior/index.ts";
import { unitMemory } from "../plan/opening.ts";
import type { BlockSettings } from "../plan/settings.ts";
import { settingsOfBlock, type CompressSettings } from "../plan/options.ts";
import type { Task } from "../workers/tasks.ts";
import { checkCoded } from "./check-coded.ts";
import type { Running } from "./decode-job.ts";
import type { Unit } from "./gather.ts";

interface EncodedUnit {
  readonly bytes: Uint8Array;
  readonly contentLength: number;
  readonly last: boolean;
}

/** Blocks in, the parts of a file out. */
export async function* compressBlocks(
  units: AsyncIterable<Unit> | Iterable<Unit>,
  settings: CompressSettings,
  { executor, meter }: Running,
): AsyncGenerator<Uint8Array> {
  const priorMemory = settings.prior === undefined ? 0 : PRIOR_MEMORY;
  async function* jobs(): AsyncGenerator<Job<EncodedUnit>> {
    let next = 0;
    for await (const unit of units) {
      const position = next;
      const whole = "content" in unit;
      const contentLength = whole ? unit.content.length : unit.contentLength;
      next += contentLength;
      const usual = settingsOfBlock(settings, contentLength);
      // What has parts has the bounds to itself, for its parts.
      const memory = whole ? unitMemory(usual, contentLength) + baseMemory(unit) + priorMemory : settings.memoryLimit;
      // One block alone leaves the other threads with nothing to do, and so do those that are alone with the memory.
      const isAlone = (unit.number === 0 && unit.last) || 2 * memory > settings.memoryLimit;
      const block = { ...usual, hasThread: settings.threads > 1 && isAlone };
      yield {
        memory,
        start: async () => {
          const onDone = meter.block(contentLength);
          // First, since the content may go to a worker then.
          const [first, second] = halves(onDone, settings.prior === undefined ? 0 : contentLength >> 1, contentLength);
          const byPrior = whole
            ? await encodeByPrior(unit, settings.prior, { position, onDone: first })
            : new Uint8Array(0);
          const bytes = whole
            ? smallest(
                await executor.run({ type: "encode", block: await withBase(unit, settings), settings: block }, second),
                byPrior,
              )
            : smallest(await encodeParts(unit, settings, executor, onDone), await encodeOpened(unit, block, executor));
          // In a worker it has gone there, and comes back from there.
          if (whole && unit.isOwn === true) giveSpare(unit.content);
          await checkCoded(bytes, unit.number, settings, executor);
          onDone(contentLength);
          return { bytes, contentLength, last: unit.last };
        },
      };
    }
  }
  const writer = new FrameWriter();
  for await (const { bytes, contentLength, last } of runInOrder(jobs(), settings)) {
    yield* writer.add(bytes, contentLength, last);
  }
  meter.end();
}

/** Tells of two ways to code a block, one after the other, as of one: the first takes it to a place, the second to its end. */
function halves(onDone: OnDone, place: number, length: number): readonly [OnDone, OnDone] {
  const share = place === 0 ? 0 : place / length;
  return [(done) => onDone(Math.floor(done * share)), (done) => onDone(place + Math.floor(done * (1 - share)))];
}

/** Bytes that what a block differs from takes, and the difference. */
function baseMemory({ base, content }: Block): number {
  return base === undefined ? 0 : 2 * content.length;
}

/** A block with what it differs from. */
async function withBase(block: Block, { reference }: CompressSettings): Promise<Block> {
  if (block.base === undefined || reference === undefined) return block;
  return { ...block, baseBytes: await readReference(reference, block.base, block.content.length) };
}

/** The same content with what is packed in it opened; empty where there is nothing, or too much of it to look. */
async function encodeOpened(
  { closed }: PartedBlock,
  settings: BlockSettings,
  executor: Executor<Task>,
): Promise<Uint8Array> {
  if (closed === undefined) return new Uint8Array(0);
  return await executor.run({ type: "encode", block: closed, settings: { ...settings, onlyOpened: true } }, () => {});
}

async function encodeParts(
  block: PartedBlock,
  { memoryLimit, threads }: CompressSettings,
  executor: Executor<Task>,
  onDone: OnDone,
): Promise<Uint8Array> {
  const { contentLength, input, parts } = block;
  const scale = contentLength / input.length;
  const meter = new ProgressMeter(({ done }) => onDone(Math.floor(done * scale)), input.length);
  const jobs = parts.map(({ block: part, settings }) => ({
    memory: unitMemory(settings, part.content.length),
    start: () => executor.run({ type: "encode", block: part, settings }, meter.block(part.content.length)),
  }));
  const coded: Uint8Array[] = [];
  // What is left is there twice at most, as it is and coded.
  const bounds = { threads, memoryLimit: memoryLimit - 2 * input.length };
  for await (const bytes of runInOrder(jobs, bounds)) coded.push(bytes);
  return joinParts(block, coded);
}

import { type Bounds, type Job, type OnDone, ProgressMeter, runInOrder } from "@pith/core/steps";
import type { Executor } from "@pith/core/workers";
import type { DecodeMeans } from "../block/admit.ts";
import { asPithError } from "../block/decode.ts";
import { readParts } from "../block/parts.ts";
import { type BlockHeader, headerMemory, inputLength } from "../format/block-header.ts";
import { isMethod } from "../methods/method.ts";
import type { DecodeTask, Task } from "../workers/tasks.ts";

/** How a pipeline runs. */
export interface Running {
  readonly executor: Executor<Task>;
  readonly meter: ProgressMeter;
}

/** A block and its content. */
export interface DecodedBlock {
  readonly header: BlockHeader;
  readonly content: Uint8Array;
}

type Block = DecodeTask["block"];
/** What all blocks have together. */
type Means = Bounds & DecodeMeans;

/** Decodes one block. A block of parts has the bounds to itself, for its parts. */
export function decodeJob(block: Block, { executor, meter }: Running, means: Means): Job<DecodedBlock> {
  const { header } = block;
  const whole = isMethod(header.method);
  return {
    memory: whole ? headerMemory(header) : means.memoryLimit,
    start: async () => {
      const onDone = meter.block(header.contentLength);
      const content = whole
        ? await executor.run({ type: "decode", block }, onDone)
        : await decodeParts(block, executor, means, onDone);
      onDone(header.contentLength);
      return { header, content };
    },
  };
}

async function decodeParts(block: Block, executor: Executor<Task>, means: Means, onDone: OnDone): Promise<Uint8Array> {
  const { header, payloadOffset } = block;
  const parts = readParts(block, means);
  const input = newInput(inputLength(header), payloadOffset);
  const scale = header.contentLength / input.length;
  const meter = new ProgressMeter(({ done }) => onDone(Math.floor(done * scale)), input.length);
  const jobs = parts.map((part) => ({
    memory: headerMemory(part.header),
    start: () => executor.run({ type: "decode", block: part }, meter.block(part.header.contentLength)),
  }));
  let at = 0;
  for await (const content of runInOrder(jobs, { ...means, memoryLimit: means.memoryLimit - headerMemory(header) })) {
    input.set(content, at);
    at += content.length;
  }
  return await executor.run({ type: "restore", block, input }, () => undefined);
}

function newInput(length: number, offset: number): Uint8Array {
  try {
    return new Uint8Array(length);
  } catch (error) {
    throw asPithError(error, offset);
  }
}

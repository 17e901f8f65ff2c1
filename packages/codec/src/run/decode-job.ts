import { type Bounds, type Job, type OnDone, ProgressMeter, runInOrder } from "@pith/core/steps";
import type { Executor } from "@pith/core/workers";
import { PithError } from "@pith/core";
import { checksum } from "../bytes/checksum.ts";
import { readReference, sizeOfReference } from "../bytes/reference.ts";
import type { DecodeMeans } from "../format/decode-means.ts";
import { decodeByPrior } from "../block/by-prior.ts";
import { asPithError } from "../block/decode.ts";
import { type Part, readParts } from "../block/parts.ts";
import { type BlockHeader, headerMemory, inputLength } from "../format/block-header.ts";
import { isMethod } from "../methods/method.ts";
import { prior } from "../methods/prior/index.ts";
import { stored } from "../methods/stored/index.ts";
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

/** Decodes one block. A block of several coded parts has the bounds to itself, for its parts. */
export function decodeJob(block: Block, { executor, meter }: Running, means: Means): Job<DecodedBlock> {
  const { header } = block;
  const memory = memoryAtOnce(block, means);
  return {
    memory: memory ?? means.memoryLimit,
    start: async () => {
      const onDone = meter.block(header.contentLength);
      const content =
        header.method === prior
          ? await decodeByPrior(block, means.prior, onDone)
          : memory !== undefined
            ? await executor.run({ type: "decode", block: await withBase(block, means) }, onDone)
            : await decodeParts(block, executor, means, onDone);
      onDone(header.contentLength);
      return { header, content };
    },
  };
}

/**
 * A block with what it is the difference to.
 *
 * @throws PithError `unknown-method` if that is not there, or another
 */
async function withBase(block: Block, { reference }: DecodeMeans): Promise<Block> {
  const { header, offset } = block;
  const { method, parameters, contentLength } = header;
  const base = method.base?.(parameters);
  if (base === undefined || reference === undefined || method.withBase === undefined) return block;
  const bytes =
    base.offset + contentLength <= sizeOfReference(reference)
      ? await readReference(reference, base.offset, contentLength)
      : undefined;
  const got = bytes === undefined ? `a file of ${sizeOfReference(reference)} bytes` : checksum(bytes, 0);
  if (bytes !== undefined && got === base.checksum) {
    return { ...block, header: { ...header, parameters: method.withBase(parameters, bytes.slice()) } };
  }
  throw new PithError("unknown-method", "the reference is not the file that the block is the difference to", {
    offset,
    expected: `the checksum ${base.checksum} of the ${contentLength} bytes from ${base.offset} on`,
    got,
  });
}

/** Bytes of memory that a block takes as a whole; undefined if its parts are better decoded at the same time. */
function memoryAtOnce(block: Block, means: Means): number | undefined {
  const { header } = block;
  if (isMethod(header.method)) return headerMemory(header);
  let parts: Part[];
  try {
    parts = readParts(block, means);
  } catch {
    // It is thrown when its turn comes.
    return undefined;
  }
  const coded = parts.filter((part) => part.header.method !== stored);
  if (coded.length > 1 || coded.some((part) => part.header.method.withNetworks !== undefined)) return undefined;
  return headerMemory(header) + Math.max(...parts.map((part) => part.memory));
}

async function decodeParts(block: Block, executor: Executor<Task>, means: Means, onDone: OnDone): Promise<Uint8Array> {
  const { header, payloadOffset } = block;
  const parts = readParts(block, means);
  const input = newInput(inputLength(header), payloadOffset);
  const scale = header.contentLength / input.length;
  const meter = new ProgressMeter(({ done }) => onDone(Math.floor(done * scale)), input.length);
  const jobs = parts.map((part) => ({
    memory: part.memory,
    start: () => executor.run({ type: "decode", block: part }, meter.block(part.header.contentLength)),
  }));
  let at = 0;
  for await (const content of runInOrder(jobs, { ...means, memoryLimit: means.memoryLimit - headerMemory(header) })) {
    input.set(content, at);
    at += content.length;
  }
  return await executor.run({ type: "restore", block, input }, () => undefined);
}

/** Memory for what a block's method coded. @throws PithError `memory-limit` */
export function newInput(length: number, offset: number): Uint8Array {
  try {
    return new Uint8Array(length);
  } catch (error) {
    throw asPithError(error, offset);
  }
}

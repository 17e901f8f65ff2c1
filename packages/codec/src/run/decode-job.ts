import { headerMemory, type BlockHeader } from "../format/block-header.ts";
import type { DecodeTask, Executor } from "./executor.ts";
import type { Job } from "./in-order.ts";
import type { ProgressMeter } from "./progress.ts";

/** How a pipeline runs. */
export interface Running {
  readonly executor: Executor;
  readonly meter: ProgressMeter;
}

/** A block and its content. */
export interface DecodedBlock {
  readonly header: BlockHeader;
  readonly content: Uint8Array;
}

/** Decodes one block. */
export function decodeJob(block: DecodeTask["block"], { executor, meter }: Running): Job<DecodedBlock> {
  return {
    memory: headerMemory(block.header),
    start: async () => {
      const { contentLength } = block.header;
      const onDone = meter.block(contentLength);
      const content = await executor.run({ type: "decode", block }, onDone);
      onDone(contentLength);
      return { header: block.header, content };
    },
  };
}

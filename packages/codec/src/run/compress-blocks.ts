import type { Block } from "../block/encode.ts";
import { FrameWriter } from "../format/frame-writer.ts";
import type { CompressSettings } from "../options.ts";
import type { Running } from "./decode-job.ts";
import { runInOrder, type Job } from "./in-order.ts";

interface EncodedBlock {
  readonly block: Block;
  readonly bytes: Uint8Array;
}

/** Blocks in, the parts of a file out. */
export async function* compressBlocks(
  blocks: AsyncIterable<Block> | Iterable<Block>,
  settings: CompressSettings,
  { executor, meter }: Running,
): AsyncGenerator<Uint8Array> {
  async function* jobs(): AsyncGenerator<Job<EncodedBlock>> {
    for await (const block of blocks) {
      const { length } = block.content;
      yield {
        memory: settings.memory,
        start: async () => {
          const onDone = meter.block(length);
          const bytes = await executor.run({ type: "encode", block, settings: settings.block }, onDone);
          onDone(length);
          return { block, bytes };
        },
      };
    }
  }
  const writer = new FrameWriter();
  for await (const { block, bytes } of runInOrder(jobs(), settings)) {
    yield* writer.add(bytes, block.content.length, block.last);
  }
  meter.end();
}

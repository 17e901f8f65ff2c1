import { admitBlocks } from "../block/admit.ts";
import { FrameParser } from "../format/frame-parser.ts";
import type { DecompressSettings } from "../plan/options.ts";
import { decodeJob, type DecodedBlock, type Running } from "./decode-job.ts";
import { runInOrder, type Job } from "@pith/core/steps";

/** A file in chunks in, its blocks' content out. */
export async function* decompressBlocks(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  settings: DecompressSettings,
  running: Running,
): AsyncGenerator<DecodedBlock> {
  const parser = new FrameParser(settings.formats, admitBlocks(settings, settings.maxLength));
  function* received(): Generator<Job<DecodedBlock>> {
    for (let block = parser.next(); block !== undefined; block = parser.next())
      yield decodeJob(block, running, settings);
  }
  async function* jobs(): AsyncGenerator<Job<DecodedBlock>> {
    for await (const chunk of chunks) {
      parser.push(chunk);
      yield* received();
    }
    parser.end();
    yield* received();
  }
  yield* runInOrder(jobs(), settings);
  running.meter.end();
}

import { abortable, turn } from "@pith/core/steps";
import { type CompressOptions, compressSettings } from "./plan/options.ts";
import { chunksOf, type FileSource, openSource } from "./random-access/source.ts";
import { RepeatSample } from "./transforms/dedupe/repeat-sample.ts";
import { MOST_SAMPLED, RepeatSampler, type Repeated } from "./transforms/dedupe/sampler.ts";

/**
 * Looks through content that a stream is going to compress, at about 1 GB/s. Given as the option `repeats`, what comes of
 * it lets the stream know of what comes again at any distance, as `compress` does, and it need not hold content back.
 *
 * @param options those of the stream
 * @returns undefined where it would be of no use: where the content is one block, or the method is not "auto"
 * @throws TypeError, RangeError for wrong options; the reason of `signal` when that aborts; what the source throws
 * @example
 * const repeats = await sampleRepeats(blob, { level: 5 });
 * await blob.stream().pipeThrough(new CompressStream({ level: 5, repeats })).pipeTo(destination);
 */
export async function sampleRepeats(
  source: FileSource,
  options: CompressOptions = {},
): Promise<RepeatSample | undefined> {
  const file = openSource(source);
  const { blockSize, dedupe } = compressSettings(options, file.size);
  if (dedupe === undefined || dedupe.always || file.size <= blockSize) return undefined;
  const { signal, onProgress } = options;
  return await abortable(signal, async () => {
    const blocks: Repeated[] = [];
    let sampler = new RepeatSampler();
    let done = 0;
    for await (const chunk of chunksOf(file)) {
      for (let at = 0; at < chunk.length;) {
        const before = done % blockSize;
        if (before === 0) {
          if (sampler.length + blockSize > MOST_SAMPLED) sampler = new RepeatSampler();
          sampler.begin();
          blocks.push({ before: 0, within: 0 });
        }
        const slice = chunk.subarray(at, at + Math.min(blockSize - before, sampler.sliceLength));
        sampler.look(slice, blocks[blocks.length - 1]);
        at += slice.length;
        done += slice.length;
      }
      onProgress?.({ done, total: file.size });
      await turn();
      signal?.throwIfAborted();
    }
    return new RepeatSample(blockSize, blocks);
  });
}

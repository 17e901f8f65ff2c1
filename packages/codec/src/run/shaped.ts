/** Marks the blocks in which samples go on that began in the first one: a header says how long they are. */
import type { SampleShape } from "../bytes/sample-shape.ts";
import type { Block } from "../block/encode.ts";
import type { CompressSettings } from "../plan/options.ts";
import { mayBeSamples } from "../plan/samples.ts";

/** Follows samples from block to block. */
class Follower {
  readonly #settings: CompressSettings;
  #isFirst = true;
  #shape: SampleShape | undefined;
  /** Bytes of samples that are still to come. */
  #left = 0;

  constructor(settings: CompressSettings) {
    this.#settings = settings;
  }

  mark(block: Block): Block {
    const { content } = block;
    if (this.#isFirst) {
      this.#isFirst = false;
      const found = this.#settings.block.open === true ? mayBeSamples(content, this.#settings.block) : undefined;
      this.#shape = found?.shape;
      this.#left = found === undefined ? 0 : found.start + found.said - content.length;
      return block;
    }
    // What stands behind samples may be anything; but little of it in a block of samples does no harm.
    const isOfSamples = 2 * this.#left > content.length;
    this.#left -= content.length;
    return isOfSamples ? { ...block, shape: this.#shape } : block;
  }
}

export async function* shaped(
  blocks: AsyncIterable<Block> | Iterable<Block>,
  settings: CompressSettings,
): AsyncGenerator<Block> {
  const follower = new Follower(settings);
  for await (const block of blocks) yield follower.mark(block);
}

/** As {@link shaped}, at once. */
export function* shapedSync(blocks: Iterable<Block>, settings: CompressSettings): Generator<Block> {
  const follower = new Follower(settings);
  for (const block of blocks) yield follower.mark(block);
}

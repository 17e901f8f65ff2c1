import type { Block } from "../block/encode.ts";
import { MAX_BLOCKS } from "../format/constants.ts";

/** Between chunks: what came so far is to be decodable, though more may follow. */
export const FLUSH = Symbol("flush");

/** First size of a buffer for a stream that may be short. */
const FIRST_BUFFER = 65_536;

/**
 * Cuts content into blocks, which are views of it. Empty content is one empty block.
 *
 * @param blocksPerFrame blocks after which a new frame begins
 */
export function* splitContent(
  content: Uint8Array,
  blockSize: number,
  blocksPerFrame: number = MAX_BLOCKS,
): Generator<Block> {
  let count = 0;
  for (let at = 0; at < content.length || count === 0; at += blockSize) {
    yield place(content.subarray(at, at + blockSize), count++, at + blockSize >= content.length, blocksPerFrame);
  }
}

/**
 * Cuts content that arrives in chunks into the same blocks as {@link splitContent}, which are copies. At {@link FLUSH} a frame
 * ends.
 */
export async function* splitChunks(
  chunks: AsyncIterable<Uint8Array | typeof FLUSH>,
  blockSize: number,
  blocksPerFrame: number = MAX_BLOCKS,
): AsyncGenerator<Block> {
  let buffer = new Uint8Array(Math.min(blockSize, FIRST_BUFFER));
  let length = 0;
  let count = 0;
  let isFlushed = false;
  for await (const chunk of chunks) {
    if (chunk === FLUSH) {
      if (length === 0) continue;
      yield { ...place(buffer.subarray(0, length), count, true, blocksPerFrame), flushed: true };
      buffer = new Uint8Array(Math.min(blockSize, FIRST_BUFFER));
      length = 0;
      count = 0;
      isFlushed = true;
      continue;
    }
    for (let at = 0; at < chunk.length;) {
      // A full block waits for the byte after it, for only then is it known not to be the last.
      if (length === blockSize) {
        yield place(buffer, count++, false, blocksPerFrame);
        buffer = new Uint8Array(blockSize);
        length = 0;
      }
      const taken = Math.min(chunk.length - at, blockSize - length);
      if (length + taken > buffer.length) {
        const grown = new Uint8Array(Math.min(blockSize, Math.max(2 * buffer.length, length + taken)));
        grown.set(buffer);
        buffer = grown;
      }
      buffer.set(chunk.subarray(at, at + taken), length);
      length += taken;
      at += taken;
    }
  }
  if (length > 0 || !isFlushed) yield place(buffer.subarray(0, length), count, true, blocksPerFrame);
}

function place(content: Uint8Array, count: number, end: boolean, blocksPerFrame: number): Block {
  return { content, ...placeOf(count, end, blocksPerFrame) };
}

/** The place of a block that `count` others come before; with `end`, none comes after. */
export function placeOf(count: number, end: boolean, blocksPerFrame: number): Pick<Block, "number" | "last"> {
  const number = count % blocksPerFrame;
  return { number, last: end || number === blocksPerFrame - 1 };
}

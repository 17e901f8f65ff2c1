import type { Block } from "../block/encode.ts";
import { MAX_BLOCKS } from "../format/constants.ts";

/** Between chunks: what came so far is to be decodable, though more may follow. */
export const FLUSH = Symbol("flush");

/** First size of a buffer for a stream that may be short. */
const FIRST_BUFFER = 65_536;

/** How content is cut into blocks. */
export interface Cutting {
  /** Bytes of a block, where nothing is known of it. */
  readonly blockSize: number;
  /** Blocks after which a new frame begins; default {@link MAX_BLOCKS}. */
  readonly blocksPerFrame?: number;
  /** Bytes of a block that begins with so many as blocks usually have, when more follow; default: these. */
  readonly lengthOf?: ((start: Uint8Array) => number) | undefined;
}

/** Cuts content into blocks, which are views of it. Empty content is one empty block. */
export function* splitContent(content: Uint8Array, cutting: Cutting): Generator<Block> {
  const { blockSize, blocksPerFrame, lengthOf } = cutting;
  let count = 0;
  for (let at = 0; at < content.length || count === 0;) {
    const start = content.subarray(at, at + blockSize);
    const isEnd = at + blockSize >= content.length;
    const length = isEnd || lengthOf === undefined ? blockSize : lengthOf(start);
    yield place(content.subarray(at, at + length), count++, at + length >= content.length, blocksPerFrame);
    at += length;
  }
}

/**
 * Cuts content that arrives in chunks into the same blocks as {@link splitContent}, which are copies. At {@link FLUSH} a frame
 * ends.
 */
export async function* splitChunks(
  chunks: AsyncIterable<Uint8Array | typeof FLUSH>,
  { blockSize, blocksPerFrame, lengthOf = () => blockSize }: Cutting,
): AsyncGenerator<Block> {
  let buffer = new Uint8Array(Math.min(blockSize, FIRST_BUFFER));
  let length = 0;
  let count = 0;
  let isFlushed = false;
  // Bytes of the block, and whether that is decided: it is once there are as many as usual, and one more.
  let most = blockSize;
  let isDecided = false;
  for await (const chunk of chunks) {
    if (chunk === FLUSH) {
      if (length === 0) continue;
      yield { ...place(buffer.subarray(0, length), count, true, blocksPerFrame), flushed: true };
      buffer = new Uint8Array(Math.min(blockSize, FIRST_BUFFER));
      length = 0;
      count = 0;
      isFlushed = true;
      [most, isDecided] = [blockSize, false];
      continue;
    }
    for (let at = 0; at < chunk.length;) {
      // A full block waits for the byte after it, for only then is it known not to be the last.
      if (length === most && !isDecided) [most, isDecided] = [lengthOf(buffer.subarray(0, length)), true];
      if (length >= most) {
        yield place(buffer.subarray(0, most), count++, false, blocksPerFrame);
        const rest = buffer.subarray(most, length);
        buffer = new Uint8Array(blockSize);
        buffer.set(rest);
        length = rest.length;
        [most, isDecided] = [blockSize, false];
      }
      const taken = Math.min(chunk.length - at, most - length);
      if (length + taken > buffer.length) {
        const grown = new Uint8Array(Math.min(most, Math.max(2 * buffer.length, length + taken)));
        grown.set(buffer.subarray(0, length));
        buffer = grown;
      }
      buffer.set(chunk.subarray(at, at + taken), length);
      length += taken;
      at += taken;
    }
  }
  if (length > 0 || !isFlushed) yield place(buffer.subarray(0, length), count, true, blocksPerFrame);
}

function place(content: Uint8Array, count: number, end: boolean, blocksPerFrame: number = MAX_BLOCKS): Block {
  return { content, ...placeOf(count, end, blocksPerFrame) };
}

/** The place of a block that `count` others come before; with `end`, none comes after. */
export function placeOf(count: number, end: boolean, blocksPerFrame: number): Pick<Block, "number" | "last"> {
  const number = count % blocksPerFrame;
  return { number, last: end || number === blocksPerFrame - 1 };
}

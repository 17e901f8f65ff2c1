import { giveSpare, takeSpare } from "@pith/core/bytes";
import type { Block } from "../block/encode.ts";
import { MAX_BLOCKS } from "../format/constants.ts";

/** Between chunks: what came so far is to be decodable, though more may follow. */
export const FLUSH = Symbol("flush");

/** First size of a buffer for a stream that may be short. */
const FIRST_BUFFER = 65_536;

/** Where a block ends, and what it is known to hold. */
interface Cut extends Pick<Block, "values" | "tensors" | "base"> {
  /** Bytes of the block: 1 or more. */
  readonly length: number;
}

/**
 * Cuts one content: it is told of each block in turn, and may remember those before.
 *
 * @param start the block, if it ends where blocks usually do, or all that is left
 * @param isEnd nothing follows
 */
export type Cutter = (start: Uint8Array, isEnd: boolean) => Cut;

/** How content is cut into blocks. */
export interface Cutting {
  /** Bytes of a block, where nothing is known of it. */
  readonly blockSize: number;
  /** Blocks after which a new frame begins; default {@link MAX_BLOCKS}. */
  readonly blocksPerFrame?: number;
  /** Makes what cuts a content; default: blocks end where they usually do. */
  readonly cutter?: (() => Cutter) | undefined;
}

/** Cuts content into blocks, which are views of it. Empty content is one empty block. */
export function* splitContent(content: Uint8Array, cutting: Cutting): Generator<Block> {
  const { blockSize, blocksPerFrame } = cutting;
  const cut = cutterOf(cutting);
  let count = 0;
  for (let at = 0; at < content.length || count === 0;) {
    const start = content.subarray(at, at + blockSize);
    const isEnd = at + blockSize >= content.length;
    const { length, values, tensors, base } = cut(start, isEnd);
    const end = at + length >= content.length;
    yield { ...place(content.subarray(at, at + length), count++, end, blocksPerFrame), values, tensors, base };
    at += length;
  }
}

/**
 * Cuts content that arrives in chunks into the same blocks as {@link splitContent}, which are copies. At {@link FLUSH} a frame
 * ends.
 */
export async function* splitChunks(
  chunks: AsyncIterable<Uint8Array | typeof FLUSH>,
  cutting: Cutting,
): AsyncGenerator<Block> {
  const { blockSize, blocksPerFrame } = cutting;
  const cut = cutterOf(cutting);
  let buffer: Uint8Array = new Uint8Array(Math.min(blockSize, FIRST_BUFFER));
  let length = 0;
  let count = 0;
  let isFlushed = false;
  // How the block is cut, once that is decided: it is once there are as many bytes as usual, and one more.
  let decided: Cut | undefined;
  /** Cuts what there is into blocks of which the last is the last of its frame. */
  function* finish(): Generator<Block> {
    for (let at = 0; at < length || count === 0;) {
      const { length: most, values, tensors, base } = decided ?? cut(buffer.subarray(at, length), true);
      const end = Math.min(length, at + most);
      yield { ...place(buffer.subarray(at, end), count++, end === length, blocksPerFrame), values, tensors, base };
      decided = undefined;
      at = end;
    }
  }
  for await (const chunk of chunks) {
    if (chunk === FLUSH) {
      if (length === 0) continue;
      for (const block of finish()) yield { ...block, flushed: block.last };
      buffer = new Uint8Array(Math.min(blockSize, FIRST_BUFFER));
      length = 0;
      count = 0;
      isFlushed = true;
      continue;
    }
    for (let at = 0; at < chunk.length;) {
      // A full block waits for the byte after it, for only then is it known not to be the last.
      if (length === blockSize) decided ??= cut(buffer.subarray(0, length), false);
      const most = decided?.length ?? blockSize;
      if (length >= most) {
        const full = buffer;
        buffer = takeSpare(blockSize);
        buffer.set(full.subarray(most, length));
        length -= most;
        const { values, tensors, base } = decided ?? {};
        decided = undefined;
        yield { ...place(full.subarray(0, most), count++, false, blocksPerFrame), values, tensors, base, isOwn: true };
        continue;
      }
      const taken = Math.min(chunk.length - at, most - length);
      if (length + taken > buffer.length) {
        const grown = takeSpare(Math.min(most, Math.max(2 * buffer.length, length + taken)));
        grown.set(buffer.subarray(0, length));
        giveSpare(buffer);
        buffer = grown;
      }
      buffer.set(chunk.subarray(at, at + taken), length);
      length += taken;
      at += taken;
    }
  }
  if (length > 0 || !isFlushed) yield* finish();
}

function cutterOf({ blockSize, cutter }: Cutting): Cutter {
  return cutter?.() ?? (() => ({ length: blockSize }));
}

function place(content: Uint8Array, count: number, end: boolean, blocksPerFrame: number = MAX_BLOCKS): Block {
  return { content, ...placeOf(count, end, blocksPerFrame) };
}

/** The place of a block that `count` others come before; with `end`, none comes after. */
export function placeOf(count: number, end: boolean, blocksPerFrame: number): Pick<Block, "number" | "last"> {
  const number = count % blocksPerFrame;
  return { number, last: end || number === blocksPerFrame - 1 };
}

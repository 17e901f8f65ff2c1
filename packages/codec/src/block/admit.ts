import { PithError } from "@pith/core";
import { headerMemory, type BlockHeader } from "../format/block-header.ts";
import type { DecodeMeans } from "../format/decode-means.ts";

/** A block whose header was read. */
interface Placed {
  readonly header: BlockHeader;
  /** Of the header, in the file. */
  readonly offset: number;
}

/**
 * A block with all that decoding it takes, before memory is taken for it.
 *
 * @throws PithError `unknown-method` if it names a network that is not there, `memory-limit` if it takes too much memory
 */
export function admitBlock<Block extends Placed>(
  block: Block,
  { memoryLimit, networks }: Omit<DecodeMeans, "formats">,
): Block {
  const { offset } = block;
  const { method, parameters } = block.header;
  const header =
    method.withNetworks === undefined
      ? block.header
      : { ...block.header, parameters: method.withNetworks(parameters, networks, offset) };
  const memory = headerMemory(header);
  if (memory <= memoryLimit) return { ...block, header };
  throw new PithError("memory-limit", "decoding the block takes more memory than is allowed", {
    offset,
    expected: `at most ${memoryLimit} bytes`,
    got: memory,
  });
}

/**
 * Admits the blocks of a file in turn, as {@link admitBlock}, until their content is longer than is allowed.
 *
 * @returns throws PithError `length-limit` for the first block that is too much
 */
export function admitBlocks<Block extends Placed>(means: DecodeMeans, maxLength: number): (block: Block) => Block {
  let length = 0;
  return (block) => {
    length += block.header.contentLength;
    checkContentLength(length, maxLength, block.offset);
    return admitBlock(block, means);
  };
}

/** @throws PithError `length-limit` */
export function checkContentLength(length: number, maxLength: number, offset: number): void {
  if (length <= maxLength) return;
  throw new PithError("length-limit", "the content is longer than is allowed", {
    offset,
    expected: `at most ${maxLength} bytes`,
    got: `${length} or more`,
  });
}

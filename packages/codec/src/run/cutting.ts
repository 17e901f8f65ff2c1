import { endOfBlock } from "../kinds/cuts.ts";
import type { CompressSettings } from "../plan/options.ts";
import type { Cutting } from "./split.ts";

/** How content is cut into blocks: where it is opened, so that little of what is packed is cut. */
export function cuttingOf({ block, blockSize, mostBlock }: CompressSettings): Cutting {
  if (block.open !== true) return { blockSize };
  return { blockSize, lengthOf: (start) => endOfBlock(start, mostBlock) };
}
